"""Reads the Verilog of lutra compile as functions of nets and carry chains."""

import re

WIDTH = r"(?:\[(\d+):0\]\s*)?"
STATEMENTS = {
    "wire": re.compile(r"\b(?:wire|reg)\s+" + WIDTH + r"(\w+);"),
    "assignment": re.compile(r"\bassign\s+([^=;]*?)\s*=\s*([^;]*?);"),
    "register": re.compile(r"(?<=\s)([\w\[\]]+)\s*<=\s*([\w\[\]']+);"),
    "instance": re.compile(r"\b([A-Z]\w+)\s+(?:#\((.*?)\)\s+)?\w+\s+\((\..*?)\);"),
}
PORT = re.compile(r"\b(input|output)\s+wire\s+" + WIDTH + r"(\w+)")
NOTHING_ELSE = re.compile(r"\s*module\s+\w+\s+\([^;]*\);\s*(?:always\s+@\(posedge clk\)\s+begin\s+end\s*)*endmodule\s*")
MUXES = {"MUXF7": ("I0", "I1", "S"), "MUXF8": ("I0", "I1", "S"), "PFUMX": ("BLUT", "ALUT", "C0"), "L6MUX21": ("D0", "D1", "SD")}


def read_netlist(text):
    """The nets of the input and output ports, lowest bit first; other names of nets; functions by their nets, as inputs and a table; chains by the net of
    their first sum, as the net of the carry in and columns of nets that propagate, generate, and are the sum. Registers are other names."""
    text = re.sub(r"//.*|/\*.*?\*/", "", text)
    statements = {}
    rest = text
    for kind, pattern in STATEMENTS.items():
        statements[kind] = pattern.findall(rest)
        rest = pattern.sub("", rest)
    if not NOTHING_ELSE.fullmatch(rest):
        raise ValueError("the Verilog is not that of lutra compile")
    widths = {name: int(high or 0) + 1 for high, name in statements["wire"] + [port[1:] for port in PORT.findall(text)]}
    reader = Reader(widths)
    ports = {"input": [], "output": []}
    for kind, _, name in PORT.findall(text):
        ports[kind] += reader.nets(name) if name != "clk" else []
    for left, right in statements["assignment"] + statements["register"]:
        for net, source in zip(reader.nets(left), reader.nets(right), strict=True):
            reader.drive(reader.alias, net, source)
    for net in ports["input"]:
        reader.drive({}, net, None)
    for instance in statements["instance"]:
        reader.add_cell(*instance)
    reader.drop_unread_columns(ports["output"])
    return ports, reader.alias, reader.functions, reader.chains


class Reader:
    def __init__(self, widths):
        self.widths, self.driven = widths, {"0", "1"}
        self.alias, self.functions, self.chains, self.carries = {}, {}, {}, {}

    def nets(self, expression):
        """The nets of an expression, lowest first."""
        expression = expression.strip()
        if expression.startswith("{"):
            return [net for part in reversed(expression[1:-1].split(",")) for net in self.nets(part)]
        name, high, low = re.fullmatch(r"([\w']+)(?:\[(\d+)(?::(\d+))?\])?", expression).groups()
        if name in ("1'b0", "1'b1"):
            return [name[-1]]
        width = self.widths[name]
        places = range(int(low or high), int(high) + 1) if high else range(width)
        if places[-1] >= width:
            raise ValueError(f"{name} has no bit {places[-1]}")
        return [f"{name}[{i}]" if width > 1 else name for i in places]

    def drive(self, among, net, source):
        if net in self.driven:
            raise ValueError(f"{net} has two drivers")
        self.driven.add(net)
        among[net] = source

    def add_function(self, net, inputs, table):
        """Without constants and without inputs that it does not depend on: LUTs of two outputs have those of both."""
        if table >> (1 << len(inputs)):
            raise ValueError(f"the table of {net} is too long")
        for i in reversed(range(len(inputs))):
            low, high = ([table >> (a & (1 << i) - 1 | a >> i << i + 1 | bit << i) & 1 for a in range(1 << len(inputs) - 1)] for bit in (0, 1))
            chosen = {"0": low, "1": high}.get(inputs[i], low if low == high else None)
            if chosen is not None:
                inputs, table = inputs[:i] + inputs[i + 1:], sum(bit << a for a, bit in enumerate(chosen))
        self.drive(self.functions, net, (inputs, table))

    def add_cell(self, cell, parameters, connections):
        tables = {name: int(value, 16) for name, value in re.findall(r"\.(\w+)\(\d+'h([0-9a-f]+)\)", parameters)}
        pins = {name: self.nets(value) for name, value in re.findall(r"\.(\w+)\(([^()]*)\)", connections)}
        output = (pins.get("O") or pins.get("Z") or [None])[0]
        if cell == "LUT6_2":
            inputs = [pins[f"I{i}"][0] for i in range(6)]
            self.add_function(pins["O6"][0], inputs, tables["INIT"])
            self.add_function(pins["O5"][0], inputs[:5], tables["INIT"] & 0xFFFFFFFF)
        elif re.fullmatch("LUT[1-6]", cell):
            names = "ABCD" if "Z" in pins else [f"I{i}" for i in range(int(cell[3]))]
            self.add_function(output, [pins[name][0] for name in names], tables["INIT"])
        elif cell in MUXES:
            self.add_function(output, [pins[name][0] for name in MUXES[cell]], 0xCA)
        elif cell == "CCU2C":
            columns = []
            for half in "01":
                inputs, table, total = [pins[name + half][0] for name in "ABCD"], tables["INIT" + half], pins["S" + half][0]
                self.add_function(total + " propagates", inputs, table)
                self.add_function(total + " generates", inputs[:2], table & 0xF)
                columns.append((total + " propagates", total + " generates", total))
            self.add_columns(pins["CIN"][0], columns, pins["COUT"][0])
        elif cell in ("CARRY4", "CARRY8"):
            carries = {pins[name][0] for name in ("CI", "CYINIT", "CI_TOP") if name in pins} - {"0"}
            if len(carries) > 1 or pins.get("CI_TOP", ["0"]) != ["0"]:
                raise ValueError(f"{cell} has two carries in")
            self.add_columns(next(iter(carries), "0"), list(zip(pins["S"], pins["DI"], pins["O"], strict=True)), pins["CO"][-1])
        else:
            raise ValueError(f"the cell {cell} is not known")

    def add_columns(self, carry_in, columns, carry_out):
        """Columns join the chain whose carry they take."""
        for _, _, total in columns:
            self.drive({}, total, None)
        chain = self.carries.pop(carry_in, None) or self.chains.setdefault(columns[0][2], (carry_in, []))
        chain[1].extend(columns)
        self.carries[carry_out] = chain

    def drop_unread_columns(self, outputs):
        """At the top of chains, where nothing reads the sum."""
        operands = [outputs, *(inputs for inputs, _ in self.functions.values())]
        for carry_in, columns in self.chains.values():
            operands += [[carry_in], *(column[:2] for column in columns)]
        is_read = set()
        for net in (net for nets in operands for net in nets):
            while net in self.alias:
                net = self.alias[net]
            is_read.add(net)
        for _, columns in self.chains.values():
            while columns and columns[-1][2] not in is_read:
                columns.pop()
