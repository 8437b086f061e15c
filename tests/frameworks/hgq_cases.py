"""Small HGQ2 models, one per layer and option. Each function gives a model; its weights and widths are drawn by record_hgq.py."""

import keras
from hgq.config import QuantizerConfig
from hgq.layers import QAdd, QAveragePow2, QBatchNormalization, QDense, QDenseT, QEinsumDense, QEinsumDenseBatchnorm
from hgq.layers import QAffinedUnaryFunctionLUT, QSoftmax, QUnaryFunctionLUT
from hgq.layers import QBatchNormDense, QDot
from hgq.layers import QMaximum, QMeanPow2, QMinimum, QMultiply, QSubtract, QSum
from hgq.quantizer import Quantizer


def net(*layers, shape=(6,)):
    """A model of layers in a row."""
    x = first = keras.Input(shape)
    for layer in layers:
        x = layer(x)
    return keras.Model(first, x)


def data(**options):
    return QuantizerConfig("kif", "datalane", **options)


def merge(layer, count=2, shapes=None, **options):
    """A model that gives several inputs to one layer."""

    def make():
        inputs = [keras.Input(shape) for shape in shapes or [(3,)] * count]
        return keras.Model(inputs, layer(**options)(inputs))

    return make


def rounding(mode):
    return lambda: net(QDense(4, iq_conf=data(round_mode=mode, overflow_mode="SAT"), kq_conf=QuantizerConfig("kbi", "weight", round_mode=mode)))


def overflow(mode, **options):
    return lambda: net(QDense(4, iq_conf=data(overflow_mode=mode, i0=1, **options), kq_conf=QuantizerConfig("kif", "weight", overflow_mode=mode)))


CASES = {
    "dense": lambda: net(QDense(5, activation="relu"), QDense(3)),
    "dense_no_bias": lambda: net(QDense(5, use_bias=False)),
    "dense_two_axes": lambda: net(QDense(3, activation="relu"), shape=(2, 4)),
    "dense_output_quantizer": lambda: net(QDense(4, enable_oq=True, oq_conf=data(overflow_mode="SAT"))),
    "dense_no_input_quantizer": lambda: net(QDense(4), QDense(3, enable_iq=False, enable_ebops=False)),
    "dense_kbi_input": lambda: net(QDense(4, iq_conf=QuantizerConfig("kbi", "datalane"))),
    "dense_one_type": lambda: net(QDense(4, iq_conf=data(homogeneous_axis=None, heterogeneous_axis=()))),
    "dense_unsigned": lambda: net(QDense(4, iq_conf=data(k0=0, overflow_mode="SAT"))),
    "dense_wrap_weights": lambda: net(QDense(4, kq_conf=QuantizerConfig("kbi", "weight", overflow_mode="WRAP"))),
    "dense_wrap_weights_to_even": lambda: net(QDense(4, kq_conf=QuantizerConfig("kbi", "weight", overflow_mode="WRAP", round_mode="RND_CONV"))),
    "round_trn": rounding("TRN"),
    "round_rnd": rounding("RND"),
    "round_rnd_conv": rounding("RND_CONV"),
    "round_trn_zero": rounding("TRN_ZERO"),
    "round_rnd_zero": rounding("RND_ZERO"),
    "round_rnd_min_inf": rounding("RND_MIN_INF"),
    "round_rnd_inf": rounding("RND_INF"),
    "round_s_rnd": rounding("S_RND"),
    "overflow_wrap": overflow("WRAP"),
    "overflow_sat": overflow("SAT"),
    "overflow_sat_sym": overflow("SAT_SYM"),
    "overflow_sat_sym_unsigned": overflow("SAT_SYM", k0=0),
    "einsum_dense": lambda: net(QEinsumDense("abc,cd->abd", (None, 3), bias_axes="d", activation="relu"), shape=(2, 4)),
    "einsum_dense_first_axis": lambda: net(QEinsumDense("abc,bd->adc", (3, 4), bias_axes="d"), shape=(2, 4)),
    "einsum_dense_two_new_axes": lambda: net(QEinsumDense("ab,bcd->acd", (2, 3), bias_axes="cd")),
    "einsum_dense_swapped": lambda: net(QEinsumDense("abc,cde->aebd", (3, 2, 2), bias_axes="e"), shape=(2, 4)),
    "einsum_dense_batchnorm": lambda: net(QEinsumDenseBatchnorm("bc,cC->bC", 5, bias_axes="C", activation="relu"), QDense(3)),
    "einsum_dense_batchnorm_no_scale": lambda: net(QEinsumDenseBatchnorm("abc,cd->abd", (None, 5), bias_axes="d", scale=False), shape=(2, 4)),
    "batch_normalization": lambda: net(QBatchNormalization(), shape=(2, 4)),
    "batch_normalization_axis": lambda: net(QBatchNormalization(axis=1, scale=False), shape=(3, 2)),
    "batch_normalization_no_center": lambda: net(QBatchNormalization(center=False)),
    "quantizer": lambda: net(Quantizer(data(overflow_mode="SAT_SYM"))),
    "quantizer_kbi": lambda: net(Quantizer(QuantizerConfig("kbi", "datalane", round_mode="RND_CONV", overflow_mode="SAT"))),
    "add": merge(QAdd, 3),
    "subtract": merge(QSubtract),
    "multiply": merge(QMultiply),
    "multiply_broadcast": merge(QMultiply, shapes=((2, 3), (3,))),
    "average": merge(QAveragePow2, 3),
    "maximum": merge(QMaximum, 3),
    "minimum": merge(QMinimum, enable_oq=True),
    "sum": lambda: net(QSum(axes=(1, 2), scale=0.25), shape=(2, 3, 2)),
    "sum_keepdims": lambda: net(QSum(axes=1, keepdims=True), shape=(2, 3)),
    "mean": lambda: net(QMeanPow2(axes=1), shape=(3, 2)),
    "mean_last": lambda: net(QMeanPow2(axes=-1, keepdims=True), shape=(3, 5)),
    "batchnorm_dense": lambda: net(QBatchNormDense(3, activation="relu")),
    "dot": merge(QDot),
    "function_tanh": lambda: net(QUnaryFunctionLUT("tanh")),
    "function_sigmoid_two_axes": lambda: net(QUnaryFunctionLUT("sigmoid", allow_heterogeneous_table=False), shape=(2, 3)),
    "function_one_type": lambda: net(QUnaryFunctionLUT("silu", allow_heterogeneous_input=False)),
    "function_affine": lambda: net(QAffinedUnaryFunctionLUT("gelu")),
    "softmax": lambda: net(QSoftmax()),
    "softmax_axis": lambda: net(QSoftmax(axis=1, input_scaler=0.5), shape=(3, 2)),
    "softmax_input_quantizer": lambda: net(QSoftmax(enable_iq=True)),
    "softmax_unstable": lambda: net(QSoftmax(stable=False, enable_iq=True)),
    "tables": lambda: net(QDenseT(4, batch_norm=True), QDenseT(3)),
    "tables_relu": lambda: net(QDenseT(3, subnn_activation="relu", activation="relu", d_hl=3)),
    "tables_deep": lambda: net(QDenseT(3, n_hl=2, d_hl=3, use_bias=False)),
    "tables_linear": lambda: net(QDenseT(3, n_hl=0)),
    "tables_tie": lambda: net(QDenseT(2, n_hl=0)),
    "tables_to_even": lambda: net(QDenseT(3, iq_conf=data(round_mode="RND_CONV"))),
    "tables_saturated": lambda: net(QDenseT(3, iq_conf=data(overflow_mode="SAT"))),
    "tables_behind_dense": lambda: net(QDense(4, activation="relu"), QDenseT(3, batch_norm=True, bn_center=False)),
}


def set_ties(model):
    """Tables whose entries are odd multiples of half of an output's step."""
    for variable in model.variables:
        if variable.path.endswith("module/einsum_dense/kernel") or variable.name == "kernel":
            variable.assign(keras.ops.full(variable.shape, 0.5))
        elif variable.name == "bias":
            variable.assign(keras.ops.zeros(variable.shape))
        elif variable.name in ("f", "b", "i"):
            variable.assign(keras.ops.full(variable.shape, {"f": 1.0, "b": 3.0, "i": 2.0}[variable.name]))


# What is set after the weights are drawn.
ADJUSTMENTS = {"tables_tie": set_ties}
