"""Records small models in the QKeras form of HGQ2, its own package `qkeras`, with what HGQ2 computes: hgqq_NAME.keras, .xI.npy, .yI.npy.

Usage: record_hgq_qkeras.py FOLDER [NAME...]. A script of its own, because importing that package changes the layers of HGQ2.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
from qkeras import qlayers as q
from qkeras.quantizers import quantized_bits, quantized_relu

from hgq_cases import net
from keras_recording import Recorder, draw_inputs, predict, seed_of, smaller


def dense(kernel, bias="quantized_bits(8, 2, alpha=1)"):
    return lambda: net(q.QDense(4, kernel_quantizer=kernel, bias_quantizer=bias))


CASES = {
    "dense": dense("quantized_bits(6, 1)"),
    "dense_symmetric": dense("quantized_bits(4, 0, symmetric=1, alpha=1)"),
    "dense_scaled": dense("quantized_bits(5, 1, alpha=0.5)"),
    "dense_trainable": dense("quantized_bits(6, 1, alpha='trainable_po2')"),
    "dense_per_channel": dense(quantized_bits(6, 1, alpha="trainable_po2", scale_axis=(1,))),
    "dense_unquantised": lambda: net(q.QDense(4)),
    "activations": lambda: net(q.QActivation(quantized_bits(6, 2, alpha=1)), q.QDense(4, kernel_quantizer="quantized_bits(6, 0)"), q.QActivation(quantized_relu(5, 2))),
    "input_and_output": lambda: net(q.QDense(4, kernel_quantizer="quantized_bits(6, 0)", input_quantizer="quantized_bits(7, 3)", output_quantizer="quantized_bits(6, 2, symmetric=1)")),
}


def main(folder, names):
    recorder = Recorder(folder, "hgqq_", names)
    for name, make in CASES.items():
        if names and name not in names:
            continue
        keras.utils.clear_session(free_memory=False)
        model = make()
        draw = np.random.default_rng(seed_of(name))
        for variable in model.variables:
            if variable.name in ("kernel", "bias"):
                variable.assign(draw.normal(0, 1, variable.shape))
            elif variable.name == "i":
                variable.assign(draw.integers(-1, 3, variable.shape))
        inputs = draw_inputs([x.shape[1:] for x in model.inputs])
        outputs = predict(model, inputs)
        model.save(recorder.path(name))
        smaller(recorder.path(name))
        recorder.record(name, inputs, outputs, 1e-5 if name == "dense_unquantised" else 2e-6)
    recorder.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
