"""ONNX models that compute constants: shapes, masks, positions. What depends on the event is small."""

import numpy as np
from onnx import TensorProto, numpy_helper

from onnx_net import FLOAT, Net, case


@case
def folded_expand_of_kept_axes():
    """How PyTorch exports expand(-1, 4, -1): where the size is -1, it is 1."""
    net = Net(["N", 1, 3])
    sizes = net.integers([-1, 4, -1])
    one = net.tensor(numpy_helper.from_array(np.array([1], np.int64), "one"))
    net.add("ConstantOfShape", net.integers([3]), outputs=["ones"], value=numpy_helper.from_array(np.array([1], np.int64)))
    net.add("Mul", "ones", net.integers(-1), outputs=["minus"]).add("Equal", sizes, "minus", outputs=["is_kept"])
    return net.add("Where", "is_kept", one, sizes, outputs=["shape"]).add("Expand", "x0", "shape")


@case
def folded_expand_of_batch():
    """The same with the size of the batch in the shape: it is never -1."""
    net = Net(["N", 3], ["N", 4, 3])
    net.add("Shape", "x1", outputs=["sizes"]).add("Equal", "sizes", net.integers([-1, -1, -1]), outputs=["is_kept"])
    net.add("Where", "is_kept", net.integers([1, 1, 1]), "sizes", outputs=["shape"]).add("Expand", net.weights(4, 1), "shape", outputs=["grown"])
    return net.add("Mul", "x1", "grown")


@case
def folded_positions():
    net = Net(["N", 3, 4])
    net.add("Shape", "x0", outputs=["shape"]).add("Gather", "shape", net.integers(2), outputs=["extent"])
    net.add("Range", net.integers(0), "extent", net.integers(1), outputs=["positions"]).add("Cast", "positions", outputs=["reals"], to=FLOAT)
    net.add("Mul", "reals", net.constant(0.25), outputs=["steps"]).add("Add", "x0", "steps", outputs=["moved"])
    net.add("Slice", "shape", net.integers([1]), net.integers([3]), outputs=["inner"]).add("ReduceProd", "inner", outputs=["size"])
    net.add("Concat", net.integers([-1]), "size", outputs=["flat"], axis=0)
    return net.add("Reshape", "moved", "flat")


@case
def folded_range_of_reals():
    net = Net(["N", 5])
    net.add("Range", net.constant(1.0), net.constant(-0.2), net.constant(-0.25), outputs=["range"])
    return net.add("Mul", "x0", "range")


@case
def folded_growth():
    net = Net(["N", 2, 6], opset=18)
    net.add("Tile", net.weights(1, 3), net.integers([2, 2]), outputs=["tiled"])
    net.add("Pad", net.weights(1, 4), net.integers([1, 2, 0, 0]), net.constant(0.5), outputs=["padded"])
    net.add("Split", net.weights(2, 10), net.integers([6, 4]), outputs=["left", "right"], axis=1)
    net.add("Pad", "right", net.integers([0, 1, 0, 1]), outputs=["wide"])
    net.add("Expand", net.weights(6), net.integers([2, 1]), outputs=["expanded"])
    net.add("Add", "tiled", "padded", outputs=["a"]).add("Add", "left", "wide", outputs=["b"]).add("Add", "a", "b", outputs=["c"])
    return net.add("Add", "c", "expanded", outputs=["d"]).add("Add", "x0", "d")


@case
def folded_choices():
    net = Net(["N", 4])
    a, b = net.constant([0.5, -1.0, 2.0, 3.0]), net.constant([0.5, 1.0, -2.0, 4.0])
    net.add("Less", a, b, outputs=["less"]).add("GreaterOrEqual", a, b, outputs=["not_less"]).add("LessOrEqual", a, b, outputs=["most"])
    net.add("Greater", a, b, outputs=["greater"]).add("Equal", a, b, outputs=["equal"])
    net.add("And", "less", "most", outputs=["both"]).add("Or", "greater", "equal", outputs=["either"]).add("Not", "not_less", outputs=["not"])
    net.add("Where", "both", a, b, outputs=["p"]).add("Where", "either", net.constant(10.0), "p", outputs=["q"]).add("Where", "not", "q", net.constant(-3.0), outputs=["r"])
    net.add("Max", "r", a, b, outputs=["max"]).add("Min", "max", net.constant(2.5), outputs=["min"])
    return net.add("Mul", "x0", "min")


@case
def folded_integers():
    net = Net(["N", 6])
    x, y = net.integers([7, -7, 7, -7, 6, 0]), net.integers([3, 3, -3, -3, 4, 5])
    net.add("Mod", x, y, outputs=["floored"]).add("Mod", x, y, outputs=["truncated"], fmod=1).add("Max", "floored", "truncated", outputs=["max"])
    net.add("ReduceMax", "max", outputs=["most"]).add("ReduceMin", "max", outputs=["least"]).add("ReduceSum", "max", outputs=["sum"], keepdims=0)
    net.add("Add", "most", "least", outputs=["a"]).add("Mul", "a", "sum", outputs=["b"]).add("Add", "b", "max", outputs=["c"]).add("Cast", "c", outputs=["real"], to=FLOAT)
    return net.add("Add", "x0", "real")


@case
def folded_functions():
    net = Net(["N", 3])
    net.add("Tanh", net.weights(3), outputs=["a"]).add("Sigmoid", "a", outputs=["b"]).add("Relu", "b", outputs=["c"]).add("Erf", "c", outputs=["d"])
    net.add("Sign", net.constant([-2.0, 0.0, 0.5]), outputs=["e"]).add("ReduceMean", "d", outputs=["mean"]).add("Add", "e", "mean", outputs=["f"])
    return net.add("Add", "x0", "f")


@case
def comparisons_of_integers():
    net = Net(["N", 4], ["N", 4], types=[TensorProto.INT64, TensorProto.INT64])
    net.add("Equal", "x0", net.integers([3, 40, -2, 7]), outputs=["same"]).add("Greater", "x0", "x1", outputs=["above"]).add("LessOrEqual", "x1", net.integers(50), outputs=["low"])
    net.add("And", "above", "low", outputs=["both"]).add("Or", "same", "both", outputs=["either"])
    return net.add("Where", "either", "x0", net.integers(-9)).then("Cast", to=FLOAT)


@case
def comparison_of_index():
    net = Net(["N", 4])
    net.add("ArgMax", "x0", outputs=["index"], axis=1, keepdims=1).add("Equal", "index", net.integers([0, 1, 2, 3]), outputs=["is_best"])
    return net.add("Where", "is_best", "x0", net.constant(0.0))


@case
def cast_to_truth():
    net = Net(["N", 4], scale=0.6, grid=1.0)
    return net.then("Cast", to=TensorProto.BOOL).then("Not").then("Cast", to=FLOAT)


@case
def division_by_event():
    net = Net(["N", 3], ["N", 1])
    net.add("Abs", "x1", outputs=["magnitude"]).add("Add", "magnitude", net.constant(0.5), outputs=["divisor"])
    return net.add("Div", "x0", "divisor", outputs=["quotient"]).add("Div", net.constant(2.0), "divisor", outputs=["part"]).add("Add", "quotient", "part")


@case
def normalizer_by_sum():
    net = Net(["N", 4])
    return net.then("Normalizer", domain="ai.onnx.ml", norm="L1")


@case
def normalizer_by_maximum():
    net = Net(["N", 4])
    return net.then("Sigmoid").then("Normalizer", domain="ai.onnx.ml", norm="MAX")


@case
def folded_products():
    """Products of constants, as exporters leave them where weights are the product of two matrices."""
    net = Net(["N", 4])
    net.add("MatMul", net.weights(4, 5), net.weights(5, 3), outputs=["product"]).add("Gemm", net.weights(6, 3), net.weights(2, 6), net.weights(3, 1), outputs=["gemm"], transA=1, transB=1, alpha=0.5, beta=-2.0)
    net.add("MatMul", net.weights(2, 1, 3, 4), net.weights(2, 4, 2), outputs=["stacks"]).add("ReduceSum", "stacks", net.integers([0, 1]), outputs=["summed"], keepdims=0)
    net.add("MatMul", net.weights(3), net.weights(3, 2), outputs=["row"]).add("MatMul", net.weights(2, 3), net.weights(3), outputs=["column"])
    net.add("MatMul", "x0", "product", outputs=["y"]).add("Add", "gemm", "summed", outputs=["offsets"]).add("MatMul", "y", "offsets", outputs=["z"])
    return net.add("Add", "z", "row", outputs=["moved"]).add("Add", "moved", "column")


@case
def folded_products_of_integers():
    net = Net(["N", 2])
    net.add("MatMul", net.integers([[1, -2, 3], [4, 5, -6]]), net.integers([[7, 1], [0, -3], [2, 2]]), outputs=["product"]).add("Pow", "product", net.integers(2), outputs=["squares"])
    net.add("Neg", "squares", outputs=["negative"]).add("Sign", "product", outputs=["signs"]).add("Abs", "negative", outputs=["magnitudes"]).add("Mul", "signs", "magnitudes", outputs=["all"])
    return net.add("Cast", "all", outputs=["real"], to=FLOAT).add("MatMul", "x0", "real")


@case
def folded_activations():
    net = Net(["N", 8], opset=20)
    functions = [("LeakyRelu", {"alpha": 0.3}), ("Elu", {}), ("Selu", {}), ("Celu", {"alpha": 1.5}), ("HardSigmoid", {}), ("HardSwish", {}), ("Softplus", {}), ("Softsign", {}), ("Mish", {}), ("ThresholdedRelu", {"alpha": 0.4})]
    functions += [("Gelu", {}), ("Gelu", {"approximate": "tanh"}), ("Softmax", {"axis": -1}), ("LogSoftmax", {"axis": 0})]
    parts = []
    for op, attributes in functions:
        parts.append(f"p{len(parts)}")
        net.add(op, net.weights(8), outputs=[parts[-1]], **attributes)
    net.add("PRelu", net.weights(8), net.constant([0.25]), outputs=["prelu"])
    net.add("Sum", *parts, "prelu", outputs=["sum"]).add("Mean", "sum", "prelu", outputs=["mean"])
    return net.add("Add", "x0", "mean")


@case
def folded_layers():
    net = Net(["N", 4])
    rows = net.weights(3, 4)
    net.add("LayerNormalization", rows, net.weights(4), net.weights(4), outputs=["normalized"], axis=-1)
    net.add("BatchNormalization", rows, net.weights(4), net.weights(4), net.weights(4), net.constant([0.5, 1.0, 2.0, 0.25]), outputs=["batch"])
    net.add("Einsum", "normalized", net.weights(3, 4), outputs=["diagonal"], equation="ij,ij->j")
    net.add("ReduceSumSquare", "batch", outputs=["squares"], axes=[0], keepdims=0)
    net.add("TopK", rows, net.integers([1]), outputs=["largest", "places"], axis=0).add("ArgMax", rows, outputs=["best"], axis=0, keepdims=0)
    net.add("Add", "places", "best", outputs=["indices"]).add("Cast", "indices", outputs=["reals"], to=FLOAT)
    net.add("Add", "diagonal", "squares", outputs=["a"]).add("Add", "largest", "reals", outputs=["b"]).add("Mul", "a", "b", outputs=["factors"])
    return net.add("Mul", "x0", "factors")
