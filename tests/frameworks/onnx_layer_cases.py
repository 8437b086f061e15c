"""ONNX models of products of matrices and of normalisations, and a net of every opset."""

import numpy as np

from onnx_net import CASES, Net, case


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
def einsum_with_ellipsis():
    net = Net(["N", 2, 3, 4], ["N", 2, 4, 5], outputs=3)
    net.add("Einsum", "x0", "x1", outputs=["y0"], equation="...ij,...jk->...ik").add("Einsum", "x0", net.weights(4), outputs=["y1"], equation="...j,j")
    net.add("Einsum", "x0", net.weights(2, 4), outputs=["y2"], equation="n...ij, ...j -> n...i")
    net.outputs = ["y0", "y1", "y2"]
    return net


@case
def matmul_of_events():
    net = Net(["N", 2, 3, 4], ["N", 2, 4, 5])
    return net.add("MatMul", "x0", "x1")


@case
def matmul_of_events_broadcast():
    net = Net(["N", 2, 3, 4], ["N", 1, 4, 5])
    return net.add("MatMul", "x0", "x1")

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
