"""Keras 3 and HGQ2 for import_worker.py."""

import hgq
import hgq.layers
import keras
import numpy

import hls4ml

ALKAID = "keras"
FRAMEWORK = f"Keras {keras.__version__}, HGQ2 {hgq.__version__}"
OLD_NAMES = {"hgq2>QDenseT": hgq.layers.table.dense.QDenseT}  # under which files were saved


def read(file, weights):
    return keras.models.load_model(file, compile=False, custom_objects=OLD_NAMES)


def to_hls4ml(model, precision, folder):
    config = hls4ml.utils.config_from_keras_model(model, granularity="name", backend="Vitis", default_precision=precision)
    return hls4ml.converters.convert_from_keras_model(model, output_dir=folder, backend="Vitis", hls_config=config)


def reference(file, weights, x):
    return numpy.asarray(read(file, weights)(x.astype(numpy.float32), training=False))
