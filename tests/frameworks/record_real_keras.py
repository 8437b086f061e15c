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

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import numpy as np
import tf_keras as keras
from qkeras.utils import _add_supported_quantized_objects

NUM_JETS = 40
STEP = 2.0**-6  # of all activations of the quantised nets


def load(folder, name, weights=None):
    objects = {}
    _add_supported_quantized_objects(objects)
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


def activations(model, x):
    """The integers behind every QActivation."""
    layers = [layer.output for layer in model.layers if type(layer).__name__ == "QActivation"]
    values = np.concatenate(keras.Model(model.inputs, layers)(x), axis=1)
    integers = np.round(values / STEP)
    assert np.abs(values - integers * STEP).max() < STEP / 1000
    return integers.astype(np.int8)


def main(data, folder):
    folder.mkdir(parents=True, exist_ok=True)
    source = data / "models/keras"
    jets = np.load(data / "jets/openml_test1000_x.npy")[:NUM_JETS]
    for name, weights in (("KERAS_3layer", "KERAS_3layer_70pruned_retrained_weights"), ("KERAS_3layer_batch_norm", "KERAS_3layer_batch_norm_weights")):
        np.save(folder / f"{name}.y.npy", np.asarray(load(source, name, weights)(jets, training=False)))
    model = load(source, "qkeras_3layer", "qkeras_3layer_weights")
    np.save(folder / "qkeras_3layer.quant.npy", activations(model, jets))
    model.set_weights(archive_weights(source / "qkeras-v3_3layer.keras"))
    np.save(folder / "qkeras-v3_3layer.quant.npy", activations(model, jets))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
