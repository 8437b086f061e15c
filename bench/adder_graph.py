"""Adders of a constant matrix-vector product, whoever made them: how many, how wide, how deep, and what they compute."""

import dataclasses
import re

import numpy

INPUT_RANGE = (-128, 127)  # signed 8-bit inputs


@dataclasses.dataclass
class Counts:
    """An adder adds or subtracts two operands, or negates one. Its bits are those of the carry chain: the result's width, without low bits that only
    one operand has (they pass by). Depth counts adders on the longest path."""

    adders: int = 0
    bits: int = 0
    depth: int = 0


class LinearGraph:
    """Adders `a +- b * 2^shift` over linear forms of the inputs, as da4ml and alkaid give them."""

    def __init__(self, num_inputs):
        self.counts = Counts()
        self.inputs = [(row, 0) for row in numpy.eye(num_inputs)]

    def add(self, a, b, is_subtraction, shift):
        (left, left_depth), (right, right_depth) = a, b
        right = right * 2.0**shift
        form = left - right if is_subtraction else left + right
        passing = low_bit(right) - low_bit(left)
        if passing < 0:
            passing = 0 if is_subtraction else -passing
        depth = max(left_depth, right_depth) + 1
        self._count(max(width_of(form) - passing, 0), depth)
        return form, depth

    def negate(self, a):
        self._count(width_of(-a[0]), a[1] + 1)
        return -a[0], a[1] + 1

    def _count(self, bits, depth):
        self.counts.adders += 1
        self.counts.bits += bits
        self.counts.depth = max(self.counts.depth, depth)


def low_bit(form):
    """The weight of the lowest bit of a form, as an exponent of two."""
    scaled = form[form != 0] * 2.0**32
    return min(int(value) & -int(value) for value in numpy.abs(scaled)).bit_length() - 33 if len(scaled) else 0


def width_of(form):
    """Bits of the smallest type that holds every value of a form."""
    unit = 2.0 ** low_bit(form)
    high = int(numpy.where(form > 0, form * INPUT_RANGE[1], form * INPUT_RANGE[0]).sum() / unit)
    low = int(numpy.where(form > 0, form * INPUT_RANGE[0], form * INPUT_RANGE[1]).sum() / unit)
    return max(high.bit_length(), (-low - 1).bit_length() if low < 0 else 0) + (low < 0)


class CircuitText:
    """Lutra's circuit.lutra: read, counted and evaluated on raw integers."""

    LINE = re.compile(r"%(\d+) = (\w+)((?: %\d+)*)(?: by (\d+))?(?: (-?\d+))? : (u?)fixed<(\d+),-?\d+>")
    PORT = re.compile(r'(input|output) "[^"]*" \[[^]]*\] = \{([^}]*)\}')
    ADDERS = ("add", "subtract", "negate")

    def __init__(self, text):
        self.wires = []
        self.ports = {"input": [], "output": []}
        for line in text.splitlines():
            if line.startswith("%"):
                match = self.LINE.fullmatch(line)
                assert match, f"unknown primitive: {line}"
                _, kind, operands, amount, value, unsigned, width = match.groups()
                operands = [int(operand) for operand in operands.replace("%", "").split()]
                self.wires.append((kind, operands, int(amount or value or 0), not unsigned, int(width)))
        for kind, wires in self.PORT.findall(text):
            for first, last in re.findall(r"%(\d+)(?: to %(\d+))?", wires):
                self.ports[kind] += range(int(first), int(last or first) + 1)

    def counts(self):
        counts = Counts()
        depths = []
        for kind, operands, _, _, width in self.wires:
            is_adder = kind in self.ADDERS
            depths.append(max((depths[operand] for operand in operands), default=0) + is_adder)
            counts.adders += is_adder
            counts.bits += width if is_adder else 0
        counts.depth = max(depths)
        return counts

    def evaluate(self, x):
        """x: events x inputs; the outputs as raw integers."""
        values = []
        inputs = {wire: i for i, wire in enumerate(self.ports["input"])}
        for wire, (kind, operands, amount, is_signed, width) in enumerate(self.wires):
            args = [values[operand] for operand in operands]
            match kind:
                case "input":
                    raw = x[:, inputs[wire]]
                case "constant":
                    raw = numpy.full(len(x), amount, dtype=numpy.int64)
                case "add":
                    raw = args[0] + args[1]
                case "subtract":
                    raw = args[0] - args[1]
                case "negate":
                    raw = -args[0]
                case "wrap" | "move_point":
                    raw = args[0]
                case "shift_left":
                    raw = args[0] << amount
                case "shift_right":
                    raw = args[0] >> amount
                case "concat":
                    low_width = self.wires[operands[1]][4]
                    raw = (args[0] << low_width) | (args[1] & ((1 << low_width) - 1))
                case _:
                    raise ValueError(f"a product with constants has a {kind}")
            low = raw & ((1 << width) - 1)
            values.append(numpy.where(low >> (width - 1) & 1, low - (1 << width), low) if is_signed else low)
        return numpy.stack([values[wire] for wire in self.ports["output"]], axis=1)
