"""ONNX models of constants, and of the quantisers of QONNX and of QDQ."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from onnx_net import CASES, FLOAT, Net, QONNX, case


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
