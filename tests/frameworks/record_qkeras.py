"""Records small QKeras models with what QKeras computes: of QKeras 0.9.0 for Keras 2 qkeras_NAME.json, .weights.h5, .xI.npy, .yI.npy; of qkeras-v3 for Keras 3
qkeras3_NAME.keras.

Usage: record_qkeras.py FOLDER [NAME...], with TF_USE_LEGACY_KERAS=1 for Keras 2; with names, these alone are recorded and the others stay. QKeras adds and subtracts its inputs on the way to a quantised value, which loses the last
bits of single precision; the tolerance is far below every step, so integers agree.
"""

import os
import sys

IS_KERAS_2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import qkeras as q

if IS_KERAS_2:
    import tf_keras as keras
else:
    import keras

from keras_recording import Recorder, draw_inputs, predict, seed_of, smaller


def net(*layers, shape=(4,)):
    x = first = keras.Input(shape)
    for layer in layers:
        x = layer(x)
    return keras.Model(first, x)


def side_by_side(layers, shape):
    """One model with an output per layer: HDF5 files are large, however little they hold."""
    x = keras.Input(shape)
    return keras.Model(x, [layer(x) for layer in layers])


def activations(*quantizers):
    return lambda: side_by_side([q.QActivation(quantizer) for quantizer in quantizers], (12,))


def kernels(*quantizers, bias="quantized_bits(8, 2, alpha=1)"):
    return lambda: side_by_side([q.QDense(3, kernel_quantizer=quantizer, bias_quantizer=bias) for quantizer in quantizers], (4,))


BITS = "quantized_bits(6, 1, alpha=1)"
CASES = {
    "bits": activations(
        "quantized_bits(6, 2, alpha=1)", "quantized_bits(4, 1, 1)", "quantized_bits(4, 1, keep_negative=False)", "quantized_bits(1, 0)", q.quantized_bits(4, 1, alpha=0.75)
    ),
    "relu": activations("quantized_relu(5, 2)", "quantized_relu(6, 1, 0, 0.25)", "quantized_relu(5, 1, 1)", q.quantized_relu(5, 2, relu_upper_bound=1.5)),
    "tanh": activations("quantized_tanh(5)", q.quantized_tanh(4, symmetric=True), q.quantized_tanh(5, use_real_tanh=True)),
    "sigmoid": activations("quantized_sigmoid(4)", q.quantized_sigmoid(4, symmetric=True), q.quantized_sigmoid(4, use_real_sigmoid=True)),
    "signs": activations("binary(alpha=1)", "binary(1, alpha=0.5)", "ternary()", q.ternary(alpha=0.5, threshold=0.8), "stochastic_binary(alpha=1)"),
    "po2": activations("quantized_po2(4)", "quantized_po2(4, 2)", "quantized_relu_po2(3)", "quantized_relu_po2(4, 4)"),
    "dense_bits": kernels(BITS, q.quantized_bits(6, 1), "quantized_bits(4, 0, alpha='auto')", "quantized_bits(4, 0, alpha='auto_po2')", "quantized_bits(1, 0, alpha=1)"),
    "dense_bias_auto": kernels(BITS, bias="quantized_bits(5, 1, alpha='auto_po2')"),
    "dense_signs": kernels(
        "binary(alpha=1)", "binary(alpha='auto')", "binary()", "stochastic_binary(alpha='auto')", "ternary(alpha=1, threshold=0.4)", "ternary(alpha='auto')", "ternary()",
        "stochastic_ternary(alpha='auto')"
    ),
    "dense_po2": kernels("quantized_po2(4)", "quantized_po2(4, quadratic_approximation=True)", "quantized_relu_po2(4)", bias="quantized_po2(4, 1)"),
    "dense": lambda: side_by_side([q.QDense(3), q.QDense(3, kernel_quantizer=BITS, use_bias=False), q.QDense(3, kernel_quantizer=BITS, activation="quantized_relu(4, 1)")], (2, 4)),
    "batch_normalization": lambda: side_by_side(
        [q.QBatchNormalization(), q.QBatchNormalization(gamma_quantizer=BITS, beta_quantizer=BITS, mean_quantizer=BITS, variance_quantizer="quantized_relu_po2(5)")], (4,)
    ),
    "net": lambda: net(
        q.QActivation("quantized_bits(8, 3, alpha=1)"), q.QDense(5, kernel_quantizer="quantized_bits(6, 0, alpha=1)", bias_quantizer="quantized_bits(6, 0, alpha=1)"),
        q.QActivation("quantized_relu(6, 1)"), q.QDense(2, kernel_quantizer="ternary(alpha=1)", bias_quantizer="quantized_bits(6, 0, alpha=1)"),
    ),
}


CASES |= {
    "more_bits": activations(q.quantized_bits(4, 4, alpha=1), q.quantized_bits(3, 1, keep_negative=False, symmetric=1, alpha=1), q.quantized_bits(1, 0, keep_negative=False, alpha=1),
                             q.quantized_bits(4, 1, use_ste=False)),
    "more_relu": activations(q.quantized_relu(4, 1, use_ste=False), q.quantized_relu(5, 1, negative_slope=0.125), q.quantized_relu(3, 4)),
    "more_signs": activations(q.binary(use_01=True, alpha=1), q.binary(alpha=0.3), q.ternary(alpha=1, threshold=0.1)),
}
if not IS_KERAS_2:
    # New in the form for Keras 3, and what QKeras 0.9.0 cannot run any more.
    CASES |= {
        "negative_integer": activations(q.quantized_bits(5, -1, alpha=1)),
        "stochastic": activations(q.quantized_bits(4, 1, use_stochastic_rounding=True), q.quantized_relu(4, 1, use_stochastic_rounding=True), q.stochastic_ternary(alpha=1), q.quantized_tanh(4, use_stochastic_rounding=True),
                                  q.quantized_sigmoid(4, use_stochastic_rounding=True), q.quantized_po2(3, use_stochastic_rounding=True)),
        "linear": activations(*[q.quantized_linear(4, 1, **options) for options in ({}, {"symmetric": 0}, {"keep_negative": False}, {"alpha": 0.75})], q.quantized_linear(1, 1)),
        "dense_linear": kernels(*[q.quantized_linear(bits, 0, **options) for bits, options in ((4, {}), (4, {"alpha": "auto"}), (1, {}), (1, {"alpha": "auto"}), (5, {"alpha": 0.3}), (3, {"alpha": "auto_po2", "keep_negative": False}))],
                                bias=q.quantized_linear(6, 1, alpha=1.0)),
        "dense_linear_bias": kernels(BITS, bias=q.quantized_linear(5, 0)),
        "dense_linear_bias_auto": kernels(BITS, bias=q.quantized_linear(5, 0, alpha="auto_po2")),
        "dense_batchnorm": lambda: side_by_side([
            q.QDenseBatchnorm(3, kernel_quantizer=BITS, bias_quantizer="quantized_bits(8, 2, alpha=1)", activation="quantized_relu(4, 1)"),
            q.QDenseBatchnorm(3, kernel_quantizer="quantized_bits(5, 1)", use_bias=False, folding_mode="batch_stats_folding"),
            q.QDenseBatchnorm(3, kernel_quantizer="ternary(alpha=1)", bias_quantizer="quantized_bits(8, 2, alpha=1)", epsilon=0.01),
        ], (4,)),
    }


def draw_weights(model, seed):
    draw = np.random.default_rng(seed)
    values = [draw.uniform(0.5, 2, w.shape) if "variance" in w.name else draw.normal(0, 0.7, w.shape) for w in model.weights]
    model.set_weights([np.asarray(value, np.float32) for value in values])


def save(model, recorder, name):
    if not IS_KERAS_2:
        model.save(recorder.path(name))
        smaller(recorder.path(name))
        return
    recorder.path(name, ".json").write_text(model.to_json())
    # Keras 2 writes HDF5 for names that end in .h5, but something else for .weights.h5.
    model.save_weights(recorder.path(name, "_weights.h5"))
    recorder.path(name, "_weights.h5").rename(recorder.path(name, ".weights.h5"))


def main(folder, names):
    recorder = Recorder(folder, "qkeras_" if IS_KERAS_2 else "qkeras3_", names)
    for name, make in CASES.items():
        if names and name not in names:
            continue
        keras.backend.clear_session()
        model = make()
        draw_weights(model, seed_of(name))
        inputs = draw_inputs([tuple(x.shape[1:]) for x in model.inputs])
        save(model, recorder, name)
        recorder.record(name, inputs, predict(model, inputs), 2e-5)
    recorder.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
