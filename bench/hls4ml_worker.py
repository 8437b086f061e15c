"""hls4ml's side of the benchmarks: from an ONNX file to an HLS C++ project and to its compiled emulation. Runs in venv-hls4ml."""

import time

import numpy
import onnx
import worker

import hls4ml
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.util.cleanup import cleanup_model

model = None


def convert(file, folder):
    """Cleans the file with qonnx, as hls4ml's manual says, converts it and writes the project."""
    global model
    begin = time.perf_counter()
    cleaned = cleanup_model(ModelWrapper(onnx.load(file)))
    config = hls4ml.utils.config_from_onnx_model(cleaned, granularity="name", backend="Vitis", default_precision="fixed<16,6>")
    model = hls4ml.converters.convert_from_onnx_model(cleaned, output_dir=folder, backend="Vitis", hls_config=config)
    model.write()
    return {"seconds": time.perf_counter() - begin, "version": hls4ml.__version__}


def build():
    """Compiles the project with g++ into the library that emulates it."""
    begin = time.perf_counter()
    model.compile()
    return {"seconds": time.perf_counter() - begin}


def emulate(events, scores, count):
    """Predicts the first events of a file, on one core (hls4ml knows no other way)."""
    x = numpy.load(events, mmap_mode="r")[:count].astype(numpy.float64)
    begin = time.perf_counter()
    y = model.predict(x)
    seconds = time.perf_counter() - begin
    numpy.save(scores, y.reshape(len(x), -1))
    return {"seconds": seconds, "events": len(x)}


worker.serve({"convert": convert, "build": build, "emulate": emulate})
