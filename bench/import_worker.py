"""The peers' side of import.py: reads files of one family (the first argument) with hls4ml and alkaid, and runs the framework itself.
Runs in the family's environment, which has no more than that family needs."""

import importlib
import os
import sys
import time

import numpy
import worker

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

INPUT_TYPE = (1, 5, 10)  # fixed<16,6>, as alkaid says it: sign, integer bits without it, fraction bits

family = importlib.import_module(f"import_{sys.argv[1]}")
emulated = None


def refusal(error):
    """The first line of what a tool says when it does not take a file."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


def load(tool, file, weights, folder, has_input_type, precision):
    """Reads the file as the tool's manual says, up to the tool's own graph."""
    global emulated
    emulated = None
    begin = time.perf_counter()
    try:
        model = family.read(file, weights)
        if tool == "hls4ml":
            emulated = Hls4ml(family.to_hls4ml(model, precision, folder))
        else:
            emulated = Alkaid(model, None if has_input_type else INPUT_TYPE)
    except Exception as error:  # whatever a tool raises is its answer
        return {"refused": refusal(error)}
    return {"seconds": time.perf_counter() - begin, "version": emulated.version}


def emulate(events, scores):
    """Runs the tool's exact emulation on all events of a file."""
    try:
        y = numpy.asarray(emulated.predict(numpy.load(events)))
    except Exception as error:  # whatever a tool raises is its answer
        return {"refused": refusal(error)}
    numpy.save(scores, y.reshape(len(y), -1).astype(numpy.float64))
    return {}


def reference(file, weights, events, scores):
    """What the framework computes for all events."""
    try:
        y = numpy.asarray(family.reference(file, weights, numpy.load(events)))
    except Exception as error:
        return {"refused": refusal(error)}
    numpy.save(scores, y.reshape(len(y), -1).astype(numpy.float64))
    return {}


class Hls4ml:
    """Emulation is the project's own C++, which g++ builds first."""

    def __init__(self, model):
        import hls4ml

        self.version = hls4ml.__version__
        self._model = model

    def predict(self, x):
        self._model.compile()
        return self._model.predict(numpy.ascontiguousarray(x, dtype=numpy.float32))


class Alkaid:
    """Emulation is an interpreter of the traced circuit."""

    def __init__(self, model, inputs_kif):
        if not hasattr(family, "ALKAID"):
            raise NotImplementedError("alkaid has no reader of such files")
        import alkaid
        from alkaid.converter import trace_model
        from alkaid.trace import FVArray, trace

        self.version = alkaid.__version__
        inputs = None
        if hasattr(family, "input_shape"):
            inputs = FVArray.from_kif(*(numpy.full(family.input_shape(model), bits) for bits in inputs_kif or INPUT_TYPE))
        self._circuit = trace(*trace_model(model, inputs=inputs, inputs_kif=inputs_kif, framework=family.ALKAID))

    def predict(self, x):
        return self._circuit.predict(numpy.ascontiguousarray(x.reshape(len(x), -1), dtype=numpy.float64), n_threads=1)


worker.serve({"load": load, "emulate": emulate, "reference": reference})
