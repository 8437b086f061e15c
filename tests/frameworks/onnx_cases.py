"""Small ONNX models, one per operator and option, as functions that a table lists: name -> (model, inputs of some events)."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

QONNX = "qonnx.custom_op.general"
CASES = {}
FLOAT = TensorProto.FLOAT


def case(function):
    """Adds a function without parameters that returns a `Net` to the table under its own name."""
    CASES[function.__name__] = function
    return function


class Net:
    """A model in the making. `inputs` are shapes in the file, the batch axis first ("N" or the recorded size)."""

    def __init__(self, *shapes, opset=17, types=None, scale=2.0, outputs=1, grid=None):
        self.shapes = shapes
        self.opset = opset
        self.types = types or [FLOAT] * len(shapes)
        self.scale = scale
        self.num_outputs = outputs
        self.grid = grid
        self.nodes = []
        self.initializers = []
        self.random = np.random.default_rng(7)
        self.value = "x0"
        self.output_types = [FLOAT] * outputs
        self.outputs = None
        self.opsets = {}
        self.has_batch = True

    def weights(self, *shape, dtype=np.float32):
        """Names a new constant of normal random numbers."""
        return self.constant(self.random.normal(size=shape).astype(dtype))

    def constant(self, array, dtype=None):
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(array, dtype or (None if isinstance(array, np.ndarray) else np.float32)), name))
        return name

    def integers(self, values):
        return self.constant(np.array(values, np.int64))

    def tensor(self, proto):
        """Adds an initialiser as it is."""
        self.initializers.append(proto)
        return proto.name

    def add(self, op, *inputs, domain="", outputs=None, **attributes):
        """Appends a node on the inputs, or on the last value when none is named; returns the net for chaining."""
        number = len(self.nodes)
        names = outputs or [f"t{number}"]
        if domain:
            self.opsets[domain] = 1
        self.nodes.append(helper.make_node(op, list(inputs) or [self.value], names, f"{op}_{number}", domain=domain, **attributes))
        self.value = names[0]
        return self

    def then(self, op, *more, **attributes):
        """Appends a node whose first input is the last value."""
        return self.add(op, self.value, *more, **attributes)

    def model(self):
        names = self.outputs or [self.value]
        infos = [helper.make_tensor_value_info(f"x{i}", kind, shape) for i, (shape, kind) in enumerate(zip(self.shapes, self.types))]
        outputs = [helper.make_tensor_value_info(name, kind, None) for name, kind in zip(names, self.output_types)]
        graph = helper.make_graph(self.nodes, "case", infos, outputs, self.initializers)
        opsets = [helper.make_opsetid("", self.opset)] + [helper.make_opsetid(domain, version) for domain, version in self.opsets.items()]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="record_onnx.py")
        model.ir_version = 3 if self.opset <= 8 else 4 if self.opset <= 9 else 8 if self.opset <= 19 else 10
        if self.opset <= 8:
            graph.input.extend(helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in self.initializers)
        return model

    def events(self, count):
        """Random inputs, one array per input with `count` events; on a grid of binary fractions where results must be exact."""
        arrays = []
        for shape, kind in zip(self.shapes, self.types):
            full = [count] + list(shape[1:] if self.has_batch else shape)
            dtype = helper.tensor_dtype_to_np_dtype(kind)
            x = self.random.normal(size=full) * self.scale
            if np.issubdtype(dtype, np.integer):
                x = self.random.integers(-5 if np.issubdtype(dtype, np.signedinteger) else 0, 100, size=full)
            elif self.grid:
                x = np.round(x / self.grid) * self.grid
            arrays.append(x.astype(dtype))
        return arrays

    @property
    def is_qonnx(self):
        return any(node.domain == QONNX for node in self.nodes)


# Fully connected layers ------------------------------------------------------------------------------------------------------------


@case
def gemm():
    net = Net(["N", 6])
    return net.then("Gemm", net.weights(6, 4), net.weights(4))


@case
def gemm_transposed_and_scaled():
    net = Net(["N", 6])
    return net.then("Gemm", net.weights(4, 6), net.weights(1, 4), transB=1, alpha=0.3, beta=1.7)


@case
def gemm_without_bias():
    net = Net([1, 6])
    return net.then("Gemm", net.weights(6, 4))


@case
def gemm_scalar_bias():
    net = Net([1, 6])
    return net.then("Gemm", net.weights(6, 4), net.constant(0.7))


@case
def gemm_transposed_input():
    net = Net([1, 6])
    return net.then("Transpose", perm=[1, 0]).then("Gemm", net.weights(6, 4), net.weights(4), transA=1)


@case
def gemm_adds_event():
    net = Net(["N", 6], ["N", 4])
    return net.then("Gemm", net.weights(6, 4), "x1")


@case
def gemm_opset_7():
    net = Net([1, 6], opset=7)
    return net.then("Gemm", net.weights(6, 4), net.weights(4))


@case
def matmul():
    net = Net(["N", 6])
    return net.then("MatMul", net.weights(6, 4))


@case
def matmul_add():
    net = Net(["N", 6])
    return net.then("MatMul", net.weights(6, 4)).add("Add", net.weights(4), net.value).then("Relu")


@case
def matmul_add_scalar():
    net = Net(["N", 6])
    return net.then("MatMul", net.weights(6, 4)).then("Add", net.constant(0.25))


@case
def matmul_positions():
    net = Net(["N", 3, 6])
    return net.then("MatMul", net.weights(6, 4)).then("Add", net.weights(4))


@case
def matmul_add_per_position():
    net = Net(["N", 3, 6])
    return net.then("MatMul", net.weights(6, 4)).then("Add", net.weights(3, 4))


@case
def matmul_used_twice():
    net = Net(["N", 6])
    net.then("MatMul", net.weights(6, 4))
    product = net.value
    return net.then("Add", net.weights(4)).then("Mul", product)


@case
def matmul_vector():
    net = Net(["N", 3, 6])
    return net.then("MatMul", net.weights(6))


@case
def matmul_from_left():
    net = Net(["N", 6])
    net.then("Transpose", perm=[1, 0]).add("MatMul", net.weights(4, 6), net.value)
    return net.then("Transpose")


@case
def matmul_columns():
    net = Net(["N", 6, 3])
    return net.then("Transpose", perm=[1, 2, 0]).then("Transpose", perm=[2, 1, 0]).then("MatMul", net.weights(6, 2))


# Arithmetic ------------------------------------------------------------------------------------------------------------------------


@case
def add_events():
    return Net(["N", 4], ["N", 4]).add("Add", "x0", "x1")


@case
def sub_events_broadcast():
    return Net(["N", 3, 4], ["N", 1, 4]).add("Sub", "x0", "x1")


@case
def mul_events():
    return Net(["N", 4], ["N", 4]).add("Mul", "x0", "x1")


@case
def arithmetic_with_constants():
    net = Net(["N", 4])
    net.then("Add", net.weights(4)).then("Mul", net.weights(1, 4)).add("Sub", net.constant(1.5), net.value)
    return net.then("Div", net.constant([3.0, -7.0, 0.5, 11.0]))


@case
def constant_of_more_axes():
    net = Net(["N", 4])
    return net.then("Add", net.weights(3, 1, 4))


@case
def division_by_power_of_two():
    net = Net(["N", 4])
    return net.then("Div", net.constant(8.0))


@case
def neg():
    return Net(["N", 4]).then("Neg")


@case
def powers():
    net = Net(["N", 4], outputs=4, scale=1)
    for i, power in enumerate([1.0, 2.0, 3.0, 4.0]):
        net.add("Pow", "x0", net.constant(power), outputs=[f"y{i}"])
    net.outputs = ["y0", "y1", "y2", "y3"]
    return net


# Activations -----------------------------------------------------------------------------------------------------------------------


@case
def relu():
    return Net(["N", 5]).then("Relu")


@case
def leaky_relu():
    return Net(["N", 5]).then("LeakyRelu", alpha=0.3).then("LeakyRelu")


@case
def clip_inputs():
    net = Net(["N", 5])
    return net.then("Clip", net.constant(-1.0), net.constant(1.5))


@case
def clip_one_side():
    net = Net(["N", 5])
    return net.then("Clip", "", net.constant(0.5))


@case
def clip_attributes():
    return Net([1, 5], opset=9).then("Clip", min=-0.5, max=1.0)


@case
def clip_default_attributes():
    return Net([1, 5], opset=9).then("Clip", max=1.0)


@case
def sigmoid():
    return Net(["N", 5]).then("Sigmoid")


@case
def tanh():
    return Net(["N", 5]).then("Tanh")


@case
def softmax():
    return Net(["N", 5]).then("Softmax")


@case
def softmax_inner_axis():
    return Net(["N", 3, 4]).then("Softmax", axis=1)


@case
def softmax_flattens():
    return Net([1, 3, 4], opset=11).then("Softmax", axis=1)


@case
def softmax_old_last_axis():
    return Net([1, 3, 4], opset=11).then("Softmax", axis=-1)


@case
def softmax_old_default():
    return Net([1, 4], opset=11).then("Softmax")


def activation(name, opset=17, **attributes):
    return Net(["N", 6], opset=opset).then(name, **attributes)


@case
def erf():
    return activation("Erf")


@case
def mish():
    return activation("Mish", opset=18)


@case
def softplus():
    return activation("Softplus")


@case
def gelu():
    return activation("Gelu", opset=20)


@case
def gelu_tanh():
    return activation("Gelu", opset=20, approximate="tanh")


@case
def gelu_of_erf():
    net = Net(["N", 6])
    net.then("Div", net.constant(np.sqrt(2))).then("Erf").then("Add", net.constant(1)).then("Mul", net.constant(0.5))
    return net.then("Mul", "x0")


@case
def elu():
    return activation("Elu", alpha=1.5)


@case
def selu():
    return activation("Selu")


@case
def celu():
    return activation("Celu", alpha=2.0)


@case
def hard_sigmoid():
    return activation("HardSigmoid", alpha=0.25)


@case
def hard_swish():
    return activation("HardSwish")


@case
def softsign():
    return activation("Softsign")


@case
def exp_log_sqrt():
    net = Net(["N", 6], scale=1.0)
    return net.then("Exp").then("Sqrt").then("Log")


@case
def reciprocal_and_roots():
    net = Net(["N", 6], outputs=3)
    net.then("Abs").then("Add", net.constant(0.25))
    x = net.value
    net.add("Reciprocal", x, outputs=["reciprocal"]).add("Pow", x, net.constant(-0.5), outputs=["rsqrt"]).add("Pow", x, net.constant(0.5), outputs=["sqrt"])
    net.outputs = ["reciprocal", "rsqrt", "sqrt"]
    return net


@case
def prelu():
    net = Net(["N", 2, 3])
    return net.then("PRelu", net.weights(3)).then("PRelu", net.constant(0.25))


@case
def thresholded_relu():
    return activation("ThresholdedRelu", alpha=0.7)


@case
def min_max_abs():
    net = Net(["N", 4], ["N", 4])
    net.add("Abs", "x1").add("Min", "x0", net.value, net.constant(1.5))
    return net.then("Max", "x1", net.weights(4))


@case
def mean_and_sum():
    net = Net(["N", 4], ["N", 1], ["N", 4])
    return net.add("Mean", "x0", "x1", "x2").then("Sum", "x0", "x2")


@case
def where_less():
    net = Net(["N", 4], ["N", 4])
    net.add("Less", "x0", "x1", outputs=["less"]).add("GreaterOrEqual", "x0", net.constant(0), outputs=["positive"])
    net.add("And", "less", "positive", outputs=["both"]).add("Where", "both", "x1", net.constant(-1), outputs=["picked"])
    net.add("Greater", "x0", "x1", outputs=["greater"]).add("Not", "greater", outputs=["not"]).add("Or", "not", "positive", outputs=["either"])
    return net.add("Where", "either", "picked", "x0")


@case
def where_equal():
    net = Net(["N", 4], ["N", 4], scale=1.0, grid=1.0)
    net.add("Equal", "x0", "x1", outputs=["same"]).add("Equal", "x0", net.constant(0), outputs=["zero"])
    net.add("Where", "same", net.constant(7), "x0", outputs=["picked"]).add("Equal", "same", "zero", outputs=["agree"])
    return net.add("Where", "agree", "picked", net.constant(-9))


@case
def pad():
    net = Net(["N", 2, 3])
    return net.then("Pad", net.integers([0, 1, 0, 0, 0, 2]), net.constant(0.5))


@case
def pad_axes():
    net = Net(["N", 2, 3], opset=19)
    return net.then("Pad", net.integers([1, 2]), "", net.integers([-1]))


@case
def pad_attributes():
    net = Net([1, 3], opset=10)
    return net.then("Pad", pads=[0, 2, 0, 1], value=-1.5, mode="constant")


@case
def expand():
    net = Net(["N", 1, 3], outputs=2)
    net.add("Expand", "x0", net.integers([2, 3]), outputs=["rows"]).add("Expand", "x0", net.integers([2, 1, 2, 1]), outputs=["blocks"])
    net.outputs = ["rows", "blocks"]
    return net


@case
def expand_to_shape():
    net = Net(["N", 1], ["N", 4])
    net.add("Shape", "x1", outputs=["shape"])
    return net.add("Expand", "x0", "shape").then("Mul", "x1")


@case
def tile():
    net = Net(["N", 2, 3])
    return net.then("Tile", net.integers([1, 2, 3]))


@case
def where_constant_mask():
    net = Net(["N", 4])
    mask = net.tensor(numpy_helper.from_array(np.array([True, False, True, False]), "mask"))
    return net.add("Where", mask, "x0", net.constant(0))


@case
def reductions():
    net = Net(["N", 3, 4], opset=18, outputs=4)
    net.add("ReduceSum", "x0", net.integers([2]), outputs=["sum"]).add("ReduceMean", "x0", net.integers([1, -1]), outputs=["mean"], keepdims=0)
    net.add("ReduceMax", "x0", net.integers([1]), outputs=["max"], keepdims=0).add("ReduceMin", "x0", net.integers([1, 2]), outputs=["min"])
    net.outputs = ["sum", "mean", "max", "min"]
    return net


@case
def reductions_by_attributes():
    net = Net(["N", 3, 4], opset=11, outputs=3)
    net.add("ReduceMean", "x0", outputs=["mean"], axes=[-1]).add("ReduceMax", "x0", outputs=["max"], axes=[1, 2], keepdims=0)
    net.add("ReduceSumSquare", "x0", outputs=["squares"], axes=[2])
    net.outputs = ["mean", "max", "squares"]
    return net


@case
def einsum_of_events():
    net = Net(["N", 3, 4], ["N", 5, 4])
    return net.add("Einsum", "x0", "x1", equation="nij, nkj -> nik")


@case
def einsum_with_kernel():
    net = Net(["N", 3, 4])
    return net.then("Einsum", net.weights(4, 2, 5), equation="btd,dhk->bhtk")


@case
def einsum_without_arrow():
    net = Net(["N", 3])
    return net.then("Einsum", net.weights(3), equation="ac,c")


@case
def matmul_of_events():
    net = Net(["N", 2, 3, 4], ["N", 2, 4, 5])
    return net.add("MatMul", "x0", "x1")


@case
def matmul_of_events_broadcast():
    net = Net(["N", 2, 3, 4], ["N", 1, 4, 5])
    return net.add("MatMul", "x0", "x1")


@case
def embedding():
    net = Net(["N", 3], types=[TensorProto.INT64])
    return net.add("Gather", net.weights(100, 2), "x0")


@case
def sign():
    net = Net(["N", 5], grid=1.0)
    return net.then("Sign")


# Choice ----------------------------------------------------------------------------------------------------------------------------


@case
def argmax():
    net = Net(["N", 5], grid=0.5)
    net.output_types = [TensorProto.INT64]
    return net.then("ArgMax", axis=1)


@case
def argmax_without_axis():
    net = Net(["N", 3, 5])
    net.output_types = [TensorProto.INT64]
    return net.then("ArgMax", axis=-1, keepdims=0)


@case
def topk_index():
    net = Net(["N", 5])
    net.output_types = [TensorProto.INT64]
    net.add("TopK", "x0", net.integers([1]), outputs=["values", "indices"])
    net.outputs = ["indices"]
    return net


@case
def topk_value_and_index():
    net = Net(["N", 5], outputs=2, grid=1 / 16)
    net.then("TopK", net.integers([1]), outputs=["value", "index"])
    net.outputs = ["value", "index"]
    net.output_types = [FLOAT, TensorProto.INT64]
    return net


@case
def argmin():
    net = Net(["N", 5], grid=1 / 16)
    net.output_types = [TensorProto.INT64]
    return net.then("ArgMin", axis=1)


@case
def argmax_cast():
    net = Net(["N", 5])
    return net.then("ArgMax", axis=1, keepdims=0).then("Cast", to=FLOAT)


# Normalisation ---------------------------------------------------------------------------------------------------------------------


def batch_normalization_of(net, channels, **attributes):
    variance = net.constant(np.abs(net.random.normal(size=channels)).astype(np.float32) + 0.1)
    return net.then("BatchNormalization", net.weights(channels), net.weights(channels), net.weights(channels), variance, **attributes)


@case
def layer_normalization():
    net = Net(["N", 6])
    return net.then("LayerNormalization", net.weights(6), net.weights(6))


@case
def layer_normalization_axes():
    net = Net(["N", 2, 3, 2])
    return net.then("LayerNormalization", net.weights(3, 2), axis=2, epsilon=0.01).then("LayerNormalization", net.weights(2), net.weights(1), axis=1)


@case
def rms_normalization():
    net = Net(["N", 2, 6], opset=23)
    return net.then("RMSNormalization", net.weights(6))


@case
def batch_normalization():
    return batch_normalization_of(Net(["N", 5]), 5)


@case
def batch_normalization_channels():
    return batch_normalization_of(Net(["N", 3, 4]), 3, epsilon=0.01)


@case
def batch_normalization_opset_7():
    return batch_normalization_of(Net([1, 5], opset=8), 5, momentum=0.8)


@case
def batch_normalization_between_transposes():
    net = Net(["N", 4, 3]).then("Transpose", perm=[0, 2, 1])
    return batch_normalization_of(net, 3).then("Transpose", perm=[0, 2, 1])


# Every opset ------------------------------------------------------------------------------------------------------------------------


def net_of_opset(opset):
    """One net of the operators whose form changed from opset to opset."""
    net = Net([1, 6], opset=opset)
    net.then("Gemm", net.weights(6, 4), net.weights(4))
    batch_normalization_of(net, 4)
    net.then("Relu")
    net.then(*["Dropout"] if opset < 12 else ["Dropout", net.constant(0.25)])
    if opset < 11:
        net.then("Clip", min=0.0, max=1.5)
    else:
        net.then("Clip", net.constant(0.0), net.constant(1.5))
    if opset < 13:
        net.then("Unsqueeze", axes=[1]).then("Squeeze", axes=[1])
    else:
        net.then("Unsqueeze", net.integers([1])).then("Squeeze", net.integers([1]))
    if opset < 10:
        net.then("Slice", axes=[1], starts=[1], ends=[4])
    else:
        net.then("Slice", net.integers([1]), net.integers([4]), net.integers([1]))
    return net.then("Reshape", net.integers([1, 3])).then("Softmax", axis=1)


for opset in range(7, 27):
    CASES[f"net_opset_{opset}"] = lambda opset=opset: net_of_opset(opset)


@case
def net_opset_6():
    """Older than the oldest that is read without a warning."""
    net = Net([1, 6], opset=6)
    return net.then("MatMul", net.weights(6, 4)).then("Relu").then("MatMul", net.weights(4, 3)).then("Sigmoid")


# Shapes ----------------------------------------------------------------------------------------------------------------------------


@case
def reshape_minus_one_batch():
    net = Net(["N", 3, 4])
    return net.then("Reshape", net.integers([-1, 12]))


@case
def reshape_zero_batch():
    net = Net(["N", 3, 4])
    return net.then("Reshape", net.integers([0, 2, -1]))


@case
def reshape_zero_in_the_middle():
    net = Net(["N", 3, 4])
    return net.then("Reshape", net.integers([0, 0, 2, 2]))


@case
def reshape_recorded_batch():
    net = Net([1, 3, 4])
    return net.then("Reshape", net.integers([1, 12]))


@case
def reshape_without_batch():
    net = Net([1, 3, 4])
    return net.then("Reshape", net.integers([12])).then("Reshape", net.integers([1, 12])).then("MatMul", net.weights(12, 2))


@case
def reshape_from_shape():
    net = Net(["N", 3, 4], opset=11)
    net.add("Shape", "x0", outputs=["s"]).add("Gather", "s", net.constant(np.array(0, np.int64)), outputs=["g"])
    net.add("Unsqueeze", "g", outputs=["u"], axes=[0]).add("Concat", "u", net.integers([-1]), outputs=["target"], axis=0)
    return net.add("Reshape", "x0", "target").then("Relu")


@case
def flatten():
    return Net(["N", 3, 4]).then("Flatten")


@case
def flatten_negative_axis():
    return Net(["N", 3, 4]).then("Flatten", axis=-2)


@case
def flatten_batch_of_one():
    return Net([1, 3, 4], opset=9).then("Flatten", axis=0)


@case
def squeeze_unsqueeze():
    net = Net(["N", 1, 4])
    return net.then("Squeeze", net.integers([1])).then("Unsqueeze", net.integers([1, -1])).then("Squeeze", net.integers([-1]))


@case
def squeeze_unsqueeze_attributes():
    return Net(["N", 1, 4], opset=11).then("Squeeze", axes=[1]).then("Unsqueeze", axes=[0]).then("Squeeze", axes=[0])


@case
def transpose():
    return Net(["N", 2, 3, 4]).then("Transpose", perm=[0, 3, 1, 2])


@case
def transpose_moves_the_batch():
    net = Net(["N", 2, 3]).then("Transpose", perm=[2, 0, 1]).then("Relu")
    return net.then("Transpose", perm=[1, 0, 2])


@case
def concat():
    net = Net(["N", 2], ["N", 3])
    return net.add("Concat", "x0", "x1", "x0", axis=1)


@case
def concat_inner():
    net = Net(["N", 2, 3], ["N", 2, 4])
    return net.add("Concat", "x0", "x1", axis=-1)


@case
def slices():
    net = Net(["N", 6, 5])
    net.then("Slice", net.integers([1, -1]), net.integers([5, -6]), net.integers([1, 2]), net.integers([2, -2]))
    return net


@case
def slice_attributes():
    return Net([1, 6], opset=9).then("Slice", starts=[0, 1], ends=[9223372036854775807, -1], axes=[0, 1])


@case
def split_equal():
    net = Net(["N", 6], outputs=2, opset=17)
    net.add("Split", "x0", outputs=["a", "b"], axis=1)
    net.outputs = ["b", "a"]
    return net


@case
def split_sizes():
    net = Net(["N", 6])
    net.add("Split", "x0", net.integers([1, 2, 3]), outputs=["a", "b", "c"], axis=1)
    return net.add("Concat", "c", "a", axis=1)


@case
def split_attribute():
    net = Net([1, 6], opset=11)
    net.add("Split", "x0", outputs=["a", "b"], axis=1, split=[2, 4])
    net.outputs = ["b"]
    return net


@case
def split_uneven():
    net = Net(["N", 5], opset=18, outputs=2)
    net.add("Split", "x0", outputs=["a", "b"], axis=1, num_outputs=2)
    net.outputs = ["a", "b"]
    return net


@case
def gather_one():
    net = Net(["N", 4, 3])
    return net.then("Gather", net.constant(np.array(2, np.int64)), axis=1)


@case
def gather_list():
    net = Net(["N", 6])
    return net.then("Gather", net.integers([4, 5, -6, 2]), axis=1)


# What only passes ------------------------------------------------------------------------------------------------------------------


@case
def identity_dropout_cast():
    net = Net(["N", 4])
    return net.then("Identity").then("Dropout", net.constant(0.5)).then("Cast", to=TensorProto.DOUBLE).then("Cast", to=FLOAT)


@case
def dropout_opset_9():
    return Net([1, 4], opset=9).then("Dropout", ratio=0.3)


@case
def one_dimension_is_one_event():
    net = Net([4])
    net.has_batch = False
    return net.then("MatMul", net.weights(4, 3))


@case
def integer_input():
    net = Net(["N", 4], types=[TensorProto.INT8])
    return net.then("Cast", to=FLOAT).then("MatMul", net.weights(4, 3))


@case
def double_model():
    net = Net(["N", 4], types=[TensorProto.DOUBLE])
    net.output_types = [TensorProto.DOUBLE]
    return net.then("MatMul", net.weights(4, 3, dtype=np.float64))


@case
def float16_model():
    net = Net(["N", 4], types=[TensorProto.FLOAT16], scale=0.5)
    net.output_types = [TensorProto.FLOAT16]
    return net.then("MatMul", net.weights(4, 3, dtype=np.float16)).then("Relu")


# Constants -------------------------------------------------------------------------------------------------------------------------


@case
def folded_arithmetic():
    net = Net(["N", 4])
    a, b = net.weights(4), net.weights(3, 1)
    net.add("Sqrt", net.constant(np.abs(net.random.normal(size=4)).astype(np.float32)), outputs=["s"])
    net.add("Mul", a, b, outputs=["m"]).add("Div", "m", "s", outputs=["d"]).add("Sub", "d", net.constant(0.1), outputs=["e"])
    net.add("Transpose", "e", outputs=["w"])
    return net.add("MatMul", "x0", "w")


@case
def folded_shapes():
    net = Net(["N", 4])
    net.add("Reshape", net.weights(2, 8), net.integers([4, -1]), outputs=["r"])
    net.add("Slice", "r", net.integers([3]), net.integers([-100]), net.integers([0]), net.integers([-1]), outputs=["s"])
    net.add("Concat", "s", "r", outputs=["c"], axis=1).add("Unsqueeze", "c", net.integers([0]), outputs=["u"])
    net.add("Squeeze", "u", outputs=["q"]).add("Gather", "q", net.integers([5, 0, -1]), outputs=["g"], axis=1)
    return net.add("MatMul", "x0", "g")


@case
def constant_nodes():
    net = Net(["N", 3])
    net.add("Constant", outputs=["a"], value=numpy_helper.from_array(np.array([1.5, -2, 3], np.float32)))
    net.nodes[-1].input[:] = []
    net.add("Constant", outputs=["b"], value_float=0.75)
    net.nodes[-1].input[:] = []
    net.add("ConstantOfShape", net.integers([3]), outputs=["c"], value=numpy_helper.from_array(np.array([2.5], np.float32)))
    net.add("Add", "x0", "a").then("Mul", "b")
    return net.then("Mul", "c")


@case
def typed_data():
    net = Net(["N", 3])
    a = net.tensor(helper.make_tensor("a", FLOAT, [3], [1.5, 2.5, -3.5]))
    b = net.tensor(helper.make_tensor("b", TensorProto.FLOAT16, [3], [0.1, 65504.0, 6e-8]))
    c = net.tensor(helper.make_tensor("c", TensorProto.DOUBLE, [3], [0.1, 0.2, 0.3]))
    net.add("Cast", b, outputs=["bf"], to=FLOAT).add("Cast", c, outputs=["cf"], to=FLOAT)
    return net.add("Mul", "x0", a).then("Add", "bf").then("Mul", "cf")


@case
def int4_weights():
    net = Net(["N", 4], opset=21)
    w = net.tensor(helper.make_tensor("w", TensorProto.INT4, [4, 3], [1, -8, 7, 3, -2, 0, 5, -7, 6, 2, -1, 4]))
    net.add("DequantizeLinear", w, net.constant(0.25), outputs=["wf"])
    return net.add("MatMul", "x0", "wf")


# QONNX -----------------------------------------------------------------------------------------------------------------------------


def quant_of(net, scale=0.25, zero_point=0.0, bits=4.0, signed=1, narrow=0, mode="ROUND", op="Quant"):
    parameters = [net.constant(np.asarray(p, np.float32)) for p in (scale, zero_point, bits)]
    return net.then(op, *parameters, domain=QONNX, signed=signed, narrow=narrow, rounding_mode=mode)


@case
def quant():
    return quant_of(Net([1, 6], grid=0.0625))


@case
def quant_unsigned_narrow():
    return quant_of(Net([1, 6], grid=0.0625), signed=0, narrow=1, bits=3.0)


@case
def quant_zero_point():
    return quant_of(Net([1, 6], grid=0.0625), zero_point=3.0, signed=0)


@case
def quant_any_scale():
    return quant_of(Net([1, 6]), scale=0.3)


@case
def quant_per_channel():
    return quant_of(Net([1, 3, 4], grid=0.0625), scale=np.array([[[0.25], [0.5], [1.0]]]), bits=3.0, narrow=1)


@case
def int_quant():
    return quant_of(Net([1, 6], grid=0.0625), op="IntQuant")


@case
def quant_one_bit():
    return quant_of(Net([1, 6], grid=0.0625), bits=1.0)


for mode in ("ROUND", "CEIL", "FLOOR", "UP", "DOWN", "HALF_UP", "HALF_DOWN"):
    CASES[f"quant_{mode.lower()}"] = lambda mode=mode: quant_of(Net([1, 12], grid=0.0625), mode=mode)


@case
def quant_weights():
    net = Net([1, 6], grid=0.125)
    quant_of(net, bits=6.0)
    x = net.value
    net.value = net.weights(6, 4)
    quant_of(net, scale=np.array([[0.25, 0.125, 0.5, 0.3]]), bits=3.0, narrow=1)
    weights = net.value
    net.value = net.weights(4)
    quant_of(net, scale=0.125, bits=5.0)
    bias = net.value
    return net.add("MatMul", x, weights).then("Add", bias).then("Relu")


@case
def bipolar_quant():
    net = Net([1, 6], grid=0.5)
    return net.then("BipolarQuant", net.constant(0.75), domain=QONNX)


@case
def bipolar_quant_weights():
    net = Net([1, 6])
    net.value = net.weights(6, 3)
    net.then("BipolarQuant", net.constant(0.5), domain=QONNX)
    return net.add("MatMul", "x0", net.value)


@case
def trunc():
    net = quant_of(Net([1, 6], grid=0.0625), scale=0.125, bits=8.0)
    parameters = [net.constant(np.float32(p)) for p in (0.125, 0.0, 8.0, 6.0)]
    return net.then("Trunc", *parameters, domain=QONNX, rounding_mode="FLOOR")


# QuantizeLinear and DequantizeLinear ----------------------------------------------------------------------------------------------


def qdq_of(net, scale, zero_point, clip=None, **attributes):
    scale = net.constant(np.asarray(scale, np.float32))
    zero_point = net.constant(np.asarray(zero_point))
    net.then("QuantizeLinear", scale, zero_point, **attributes)
    if clip:
        low, high = (net.constant(np.asarray(bound, net.clip_type)) for bound in clip)
        net.then("Clip", low, high)
    return net.then("DequantizeLinear", scale, zero_point, **attributes)


@case
def qdq_int8():
    return qdq_of(Net(["N", 6], grid=0.0625), 0.125, np.int8(0))


@case
def qdq_uint8():
    return qdq_of(Net(["N", 6], grid=0.0625), 0.125, np.uint8(128))


@case
def qdq_odd_zero_point():
    return qdq_of(Net(["N", 12], grid=0.0625), 0.125, np.uint8(7))


@case
def qdq_any_scale():
    return qdq_of(Net(["N", 6]), 0.037, np.int8(-4))


@case
def qdq_int16():
    return qdq_of(Net(["N", 6], opset=21), 0.001, np.int16(0))


@case
def qdq_without_zero_point():
    net = Net(["N", 6], grid=0.0625)
    scale = net.constant(0.125)
    return net.then("QuantizeLinear", scale).then("DequantizeLinear", scale)


@case
def qdq_per_channel():
    return qdq_of(Net(["N", 3, 4], grid=0.0625), [0.125, 0.25, 0.5], np.zeros(3, np.int8), axis=1)


@case
def qcdq():
    net = Net(["N", 6], grid=0.0625)
    net.clip_type = np.int8
    return qdq_of(net, 0.25, np.int8(0), clip=(-7, 7))


@case
def qcdq_unsigned():
    net = Net(["N", 6], grid=0.0625)
    net.clip_type = np.uint8
    return qdq_of(net, 0.25, np.uint8(0), clip=(0, 15))


@case
def qcdq_odd_range():
    net = Net(["N", 6], grid=0.0625)
    net.clip_type = np.int8
    return qdq_of(net, 0.25, np.int8(0), clip=(-5, 6))


@case
def qdq_weights():
    net = Net(["N", 6])
    weights = net.constant(net.random.integers(-100, 100, (6, 3)).astype(np.int8))
    bias = net.constant(net.random.integers(-5000, 5000, 3).astype(np.int32))
    net.add("DequantizeLinear", weights, net.constant([0.01, 0.02, 0.03]), net.constant(np.zeros(3, np.int8)), outputs=["w"], axis=1)
    net.add("DequantizeLinear", bias, net.constant(0.0005), outputs=["b"])
    return net.add("Gemm", "x0", "w", "b")


@case
def qcdq_folded_weights():
    """As Brevitas writes them: the clip stands on constant integers."""
    net = Net(["N", 6])
    net.clip_type = np.int8
    net.value = net.weights(6, 3)
    qdq_of(net, 0.25, np.int8(0), clip=(-7, 7))
    return net.add("MatMul", "x0", net.value)


@case
def clipped_constants():
    net = Net(["N", 3])
    net.value = net.weights(3)
    net.then("Clip", net.constant(-0.25), net.constant(0.5))
    return net.add("Add", "x0", net.value)


@case
def qdq_folded_weights():
    net = Net(["N", 6])
    net.value = net.weights(6, 3)
    qdq_of(net, [0.01, 0.02, 0.03], np.array([0, 3, -2], np.int8), axis=-1)
    return net.add("MatMul", "x0", net.value)
