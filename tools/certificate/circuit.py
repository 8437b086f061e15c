"""Reads circuit.lutra, and evaluates its primitives on integers."""

import re
from dataclasses import dataclass


@dataclass
class Wire:
    kind: str
    operands: list      # numbers of wires
    numbers: list       # all integers of the line: coefficients, amounts, bounds
    signed: bool
    width: int
    constant: int = 0   # of a sum
    table: tuple = ()   # first address, entries

    def wrap(self, value):
        value &= (1 << self.width) - 1
        return value - (1 << self.width) if self.signed and self.width and value >> (self.width - 1) else value

    def type_range(self):
        return (-(1 << self.width) // 2, (1 << self.width) // 2 - 1) if self.signed else (0, (1 << self.width) - 1)

    def input_range(self):
        return tuple(self.numbers) or self.type_range()


def read_circuit(text):
    """Wires by number, and the numbers of the wires of the input and output ports."""
    tables, wires, ports = {}, {}, {"input": [], "output": []}
    text = re.sub(r"\n\s+", " ", text)  # long lists go on in the next lines
    for line in text.splitlines():
        if match := re.match(r"table @(\d+) first (-?\d+) \{(.*)\}", line):
            tables[match[1]] = (int(match[2]), [int(entry) for entry in match[3].split()])
        elif match := re.match(r"%(\d+) = (\w+) ?(.*?) ?: (u?)fixed<(\d+),", line):
            number, kind, rest, unsigned, width = match.groups()
            table = tables[re.search(r"@(\d+)", rest)[1]] if kind == "table" else ()
            operands = [int(name) for name in re.findall(r"%(\d+)", rest)]
            numbers = [int(number) for number in re.findall(r"(?<![@%\d-])-?\d+", rest)]
            wire = Wire(kind, operands, numbers, not unsigned, int(width), 0, table)
            if kind == "concat":
                wire.numbers = [wires[operands[1]].width]
            if kind == "sum":
                terms = [re.fullmatch(r"(?:%(\d+)(?: \* (-?\d+))?|(-?\d+))", term) for term in rest.split(" + ")]
                wire.operands, wire.numbers = [int(t[1]) for t in terms if t[1]], [int(t[2] or 1) for t in terms if t[1]]
                wire.constant = sum(int(t[3]) for t in terms if t[3])
            wires[int(number)] = wire
        elif match := re.match(r"(input|output) .*= \{(.*)\}", line):
            for first, last in re.findall(r"%(\d+)(?: to %(\d+))?", match[2]):
                ports[match[1]] += range(int(first), int(last or first) + 1)
    return wires, ports


def evaluate(wire, values):
    """The value of a wire that is no input, for those of its operands; the formulas of the primitives are in src/lutra/circuit/primitive.h."""
    a, b = (values + [0, 0])[:2]
    amount = wire.numbers[-1] if wire.numbers else 0
    match wire.kind:
        case "constant": result = amount
        case "wrap" | "move_point" | "register": result = a
        case "shift_left": result = a << amount
        case "shift_right": result = a >> amount
        case "add": result = a + b
        case "subtract": result = a - b
        case "negate": result = -a
        case "multiply": result = a * b
        case "sum": result = sum(value * factor for value, factor in zip(values, wire.numbers, strict=True)) + wire.constant
        case "not": result = -1 - a
        case "and": result = a & b
        case "or": result = a | b
        case "xor": result = a ^ b
        case "equal": result = a == b
        case "less": result = a < b
        case "mux": result = b if a else values[2]
        case "min": result = min(a, b)
        case "max": result = max(a, b)
        case "concat": result = a << amount | b & ((1 << amount) - 1)
        case "table": result = wire.table[1][a - wire.table[0]]
        case _: raise ValueError(f"the primitive {wire.kind} is not known")
    return wire.wrap(int(result))
