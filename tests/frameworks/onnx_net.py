"""Small ONNX models in the making, and the table of those that are recorded: name -> function that makes one."""

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
