"""ONNX models of operators that move, repeat or pick elements, and of what only passes values on."""

import numpy as np
from onnx import TensorProto

from onnx_net import FLOAT, Net, case


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
def embedding():
    net = Net(["N", 3], types=[TensorProto.INT64])
    return net.add("Gather", net.weights(100, 2), "x0")

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
