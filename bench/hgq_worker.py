"""alkaid's side of the benchmarks that start from HGQ2 files: its own tracer of Keras models, its Verilog, its interpreter. Runs in venv-hgq."""

import os
import time

os.environ["KERAS_BACKEND"] = "torch"

import keras  # noqa: E402
import numpy  # noqa: E402
import worker  # noqa: E402
from alkaid import __version__  # noqa: E402
from alkaid.codegen import RTLModel  # noqa: E402
from alkaid.converter import trace_model  # noqa: E402
from alkaid.trace import to_pipeline, trace  # noqa: E402
from hgq.layers.table.dense import QDenseT  # noqa: E402

circuit = None


def convert(file, folder, ternary_fuse, input_kif=None, stage_latency=None):
    """Writes the Verilog of a Keras file: without registers, or with as many stages as alkaid makes for its latency a stage; then the outputs are
    registers and the inputs are not, as Lutra has it. input_kif: sign, integer and fraction bits of each input; without it the inputs have the types that
    the model rounds them to. Seconds are those of tracing and writing; Keras has read the file before."""
    global circuit
    model = keras.models.load_model(file, custom_objects={"hgq2>QDenseT": QDenseT}, compile=False)
    begin = time.perf_counter()
    inputs, outputs = trace_model(model, inputs_kif=tuple(input_kif) if input_kif else None)
    circuit = trace(inputs, outputs)
    logic, cycles = circuit, 0
    if stage_latency:
        logic = to_pipeline(circuit, latency_cutoff=stage_latency, verbose=False, reg_inp=False, reg_out=True)
        cycles = len(logic.logic)
    RTLModel(logic, folder, "model", flavor="verilog", ternary_fuse=ternary_fuse).write()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "version": __version__, "latency_cycles": cycles}


def emulate(events, scores):
    """Interprets the circuit for the events of a file, which the inputs' types hold exactly."""
    numpy.save(scores, circuit.predict(numpy.load(events).astype(numpy.float64)))
    return {}


worker.serve({"convert": convert, "emulate": emulate})
