"""Keras 2 and QKeras for import_worker.py."""

import json
import pathlib
import shutil
import tempfile

import h5py
import keras
import numpy
import qkeras
from qkeras.utils import _add_supported_quantized_objects

import hls4ml

FRAMEWORK = f"Keras {keras.__version__}, QKeras {qkeras.__version__}"


def read(file, weights):
    objects = {}
    _add_supported_quantized_objects(objects)
    if weights:
        architecture = json.loads(pathlib.Path(file).read_text())
    else:
        architecture = json.loads(h5py.File(file).attrs["model_config"])
    try:
        model = keras.models.model_from_json(json.dumps(without_newer_options(architecture)), custom_objects=objects)
    except ValueError:  # of layers that Keras does not know hls4ml may
        return {"KerasJson": file, "KerasH5": weights} if weights else {"KerasH5": file}
    load_weights(model, weights or file)
    return model


def load_weights(model, file):
    """Loads weights in the old layout from a file of any name: Keras expects the layout of Keras 3 where it ends in .weights.h5."""
    with tempfile.TemporaryDirectory() as folder:
        model.load_weights(shutil.copy(file, pathlib.Path(folder) / "old.h5"))


def without_newer_options(config):
    """The configuration without the option of inputs that only a later Keras 2 (of TensorFlow 2.21, which wrote our recorded files) knows."""
    if isinstance(config, list):
        return [without_newer_options(entry) for entry in config]
    if isinstance(config, dict):
        return {key: without_newer_options(value) for key, value in config.items() if key != "optional"}
    return config


def to_hls4ml(model, precision, folder):
    if isinstance(model, dict):
        types = {"Model": {"Precision": precision, "ReuseFactor": 1}}
        return hls4ml.converters.keras_v2_to_hls(hls4ml.utils.config.create_config(folder, backend="Vitis") | model | {"HLSConfig": types})
    config = hls4ml.utils.config_from_keras_model(model, granularity="name", backend="Vitis", default_precision=precision)
    return hls4ml.converters.convert_from_keras_model(model, output_dir=folder, backend="Vitis", hls_config=config)


def reference(file, weights, x):
    model = read(file, weights)
    if isinstance(model, dict):
        raise NotImplementedError("Keras does not know its layers")
    return numpy.asarray(model(x.astype(numpy.float32), training=False))
