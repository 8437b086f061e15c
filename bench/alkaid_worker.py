"""alkaid's side of the benchmarks: an ONNX file traced with alkaid's symbols, its Verilog, its interpreter. Runs in venv-alkaid."""

import math
import time

import dense_chain
import numpy
import worker

from alkaid import __version__
from alkaid.codegen import RTLModel
from alkaid.trace import FVArray, trace
from alkaid.trace.ops import quantize

ADDER_OPCODES = {0, 1, 4}  # a + b, a - b, a + constant

circuit = None


class Symbols:
    """How quantisers act on alkaid's symbols."""

    @staticmethod
    def saturate(x, low, high, unit):
        is_signed, integer_bits, fraction = type_of(low, high, unit)
        return quantize(x, is_signed, integer_bits, fraction, "SAT", "RND_CONV")

    @staticmethod
    def wrap(x, bits, fraction):
        return quantize(x, 1, bits - fraction - 1, fraction, "WRAP", "TRN")


def type_of(low, high, unit):
    """alkaid's (sign bit, integer bits without it, fraction bits) of a range of integers times a power of two."""
    fraction = -int(math.log2(unit))
    bits = math.log2(high + 1)
    if not bits.is_integer() or low not in (0, -high - 1):
        raise ValueError(f"no binary type has the range {low}..{high}")
    return int(low < 0), int(bits) - fraction, fraction


def convert(file, folder, is_float, ternary_fuse):
    """Traces the chain and writes its Verilog. The circuit's inputs are what the first quantiser gives, or fixed<16,6>."""
    global circuit
    begin = time.perf_counter()
    first = dense_chain.first_quantiser(file)
    types = type_of(*first) if first else (1, 5, 10)
    x = FVArray.from_kif(*(numpy.full(dense_chain.num_inputs(file), bits) for bits in types))
    circuit = trace(x, dense_chain.walk(file, x, is_float, Symbols))
    RTLModel(circuit, folder, "model", flavor="verilog", ternary_fuse=ternary_fuse).write()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "version": __version__, "adders": sum(op.opcode in ADDER_OPCODES for op in circuit.ops)}


def emulate(events, scores, count, file):
    """Interprets the circuit for the first events of a file on one thread; rounding to the input's type is outside the measured time."""
    x = numpy.load(events, mmap_mode="r")[:count].astype(numpy.float64)
    first = dense_chain.first_quantiser(file)
    x = numpy.ascontiguousarray(dense_chain.Numbers.saturate(x, *first) if first else x)
    begin = time.perf_counter()
    y = circuit.predict(x, n_threads=1)
    seconds = time.perf_counter() - begin
    numpy.save(scores, y)
    return {"seconds": seconds, "events": len(x)}


worker.serve({"convert": convert, "emulate": emulate})
