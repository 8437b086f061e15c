"""Records what Keras and QKeras compute for the real Keras files of the data folder: tests/golden/real_models.

Usage: record_real_keras.py DATA FOLDER, with TF_USE_LEGACY_KERAS=1. The archive that QKeras for Keras 3 wrote is the net of qkeras_3layer.json with other
weights, so QKeras 0.9.0 computes it, too.
"""

import io
import json
import os
import pathlib
import sys
import zipfile
import zlib

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import numpy as np
import tf_keras as keras
from qkeras.utils import _add_supported_quantized_objects

import sign_layers

NUM_JETS = 40
STEP = 2.0**-6  # of all activations of the quantised nets


def load(folder, name, weights=None):
    objects = {}
    _add_supported_quantized_objects(objects)
    objects |= sign_layers.OBJECTS
    model = keras.models.model_from_json((folder / f"{name}.json").read_text(), custom_objects=objects)
    if weights:
        model.load_weights(folder / f"{weights}.h5")
    return model


def archive_weights(path):
    """Kernel and bias of each QDense of an archive, in the order of its layers."""
    with zipfile.ZipFile(path) as archive:
        names = [layer["class_name"] for layer in json.loads(archive.read("config.json"))["config"]["layers"]]
        store = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
        layers = ["q_dense" + (f"_{i}" if i else "") for i in range(names.count("QDense"))]
        return [np.array(store[f"layers/{layer}/vars/{i}"]) for layer in layers for i in range(2)]


def activations(model, x, step):
    """The integers behind every activation that quantises, in units of the step: all but softmax."""
    layers = [layer.output for layer in model.layers if type(layer).__name__ in ("QActivation", "Activation") and getattr(layer.activation, "__name__", "") != "softmax"]
    values = np.concatenate(keras.Model(model.inputs, layers).predict(x, verbose=0), axis=1)
    integers = np.round(values / step)
    assert np.abs(values - integers * step).max() < step / 1000
    return integers.astype(np.int8)


def record_integers(folder, name, model, jets, step):
    """The integers of some jets, and of all a CRC-32 of the float32 values that they stand for, per jet."""
    integers = activations(model, jets, step)
    np.save(folder / f"{name}.quant.npy", integers[:NUM_JETS])
    np.save(folder / f"{name}.crc.npy", np.array([zlib.crc32((row * np.float32(step)).tobytes()) for row in integers], np.uint32))


def main(data, folder):
    folder.mkdir(parents=True, exist_ok=True)
    source = data / "models/keras"
    jets = np.load(data / "jets/openml_test1000_x.npy")
    for name, weights in (("KERAS_3layer", "KERAS_3layer_70pruned_retrained_weights"), ("KERAS_3layer_batch_norm", "KERAS_3layer_batch_norm_weights")):
        np.save(folder / f"{name}.y.npy", np.asarray(load(source, name, weights)(jets[:NUM_JETS], training=False)))
    model = load(source, "qkeras_3layer", "qkeras_3layer_weights")
    record_integers(folder, "qkeras_3layer", model, jets, STEP)
    model.set_weights(archive_weights(source / "qkeras-v3_3layer.keras"))
    record_integers(folder, "qkeras-v3_3layer", model, jets, STEP)
    record_integers(folder, "KERAS_3layer_ternary_small", load(source, "KERAS_3layer_ternary_small", "KERAS_3layer_ternary_small_weights"), jets, 1.0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
