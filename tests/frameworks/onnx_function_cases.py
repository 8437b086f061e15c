"""ONNX models of functions of one or several values, of reductions and of choices."""

import numpy as np
from onnx import TensorProto, numpy_helper

from onnx_net import FLOAT, Net, case


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


@case
def powers_of_numbers():
    net = Net(["N", 3], outputs=2, scale=1)
    net.add("Pow", net.constant(2.0), "x0", outputs=["y0"]).add("Pow", net.constant([0.5]), "x0", outputs=["y1"])
    net.outputs = ["y0", "y1"]
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
def log_softmax():
    return Net(["N", 5], scale=4.0).then("LogSoftmax")


@case
def log_softmax_flattens():
    return Net(["N", 2, 3], opset=11).then("LogSoftmax")


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
