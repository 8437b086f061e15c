"""Designs that nextpnr-ecp5 placed and routed, as tools/fit_delays.py needs them: what they measure, and which ways lie between their registers."""

import json
import os
import pathlib
import re
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
LUTRA = REPOSITORY / "build" / "release" / "lutra"
FOLDER = REPOSITORY / "build" / "fit"
DEVICE = "ecp5-85"

# nextpnr-ecp5's own delays in ns, from its reports of critical paths.
CLOCK_TO_OUTPUT = 0.52
TO_REGISTER = 0.13  # from a LUT to the flip-flop of its slice
LUT = 0.24
ONTO_CHAIN = 0.45
ALONG_CHAIN = 0.0355  # a bit: 0.071 a cell
OFF_CHAIN = 0.44
MUX = 0.21


def model_file(name):
    """Trained nets of LUTRA_DATA, models of examples/jets, and small ones that tests read."""
    data = pathlib.Path(os.environ.get("LUTRA_DATA", REPOSITORY / ".." / "shared" / "data")) / "models"
    trained = {
        "0.743": data / "hgq-lut" / "jsc_openml_val0.743_ebops598.keras",
        "0.758": data / "hgq" / "jsc_openml_val0.758_ebops2571.keras",
        "0.770": data / "hgq-lut" / "jsc_openml_val0.770_ebops6604.keras",
        "0.771": data / "hgq" / "jsc_openml_val0.771_ebops13285.keras",
        "ternary_small": data / "keras" / "KERAS_3layer_ternary_small.json",
    }
    golden = REPOSITORY / "tests" / "golden"
    known = [
        trained.get(name),
        REPOSITORY / "examples" / "jets" / "models" / f"{name}.onnx",
        golden / "keras" / f"{name}.keras",
        golden / "onnx" / f"{name}.onnx",
    ]
    return next(file for file in known if file and file.exists())


def lutra(*arguments, may_fail_check=False):
    done = subprocess.run([LUTRA, *map(str, arguments), "--json", "-q"], capture_output=True, text=True)
    if done.returncode != 0 and not (may_fail_check and done.returncode == 3):
        sys.stderr.write(done.stderr)
        sys.exit(4)
    return json.loads(done.stdout)


def measure(name, clock_ns, seeds):
    """One design as a record of the data; its folder in build/fit is kept, so that it is not placed twice."""
    design = FOLDER / f"{name}-{clock_ns}"
    kept = design / "report.json"
    report = json.loads(kept.read_text()) if kept.exists() else {"resources": {}}
    if "nextpnr" not in report["resources"]:
        print(f"fit: places and routes {name} for {clock_ns} ns", file=sys.stderr, flush=True)
        types = ["--input-type", "fixed<8,4>"] if name == "ternary_small" else []
        lutra("compile", model_file(name), "-o", design, "--device", DEVICE, "--clock-ns", clock_ns, *types)
        report = lutra("synth", design, "--place-and-route", "--seeds", seeds, "--jobs", 1, may_fail_check=True)
    placed, yosys = report["resources"]["nextpnr"], report["resources"]["yosys"]
    text = (design / "rtl" / f"{report['rtl']['top']}.v").read_text()
    return {
        "net": name,
        "clock_ns": clock_ns,
        "stages": report["timing"]["latency_cycles"],
        "luts": report["resources"]["estimate"]["lut"],
        "chains": len({cell.rsplit("_", 1)[0] for cell in re.findall(r"^    CCU2C\b.*? (\w+) \(\.", text, re.M)}),
        "yosys_luts": yosys["lut"],
        "placed_luts": placed["lut"],
        "periods_ns": [round(1000 / fmax, 2) for fmax in placed["seeds"]],
        "logic_ns": [round(logic, 4) for logic in logic_of_depths(text)],
        "lutra": report["lutra"],
        "yosys": yosys["version"],
        "nextpnr": placed["version"],
    }


class Netlist:
    """The cells that Lutra printed: per cell its inputs with whether they come by a wire, and its delay."""

    def __init__(self, text):
        self.aliases = dict(re.findall(r"assign ([\w\[\]]+) = ([\w\[\]']+);", text))
        self.registers = [source for _, source in re.findall(r"^        (\w+) <= ([\w\[\]']+);$", text, re.M)]
        self.cells, self.driver, chains = [], {}, {}
        for kind, pins in re.findall(r"^    (LUT4|PFUMX|L6MUX21|CCU2C)\b.*? \((\..*)\);$", text, re.M):
            nets = dict(re.findall(r"\.(\w+)\(([^()]*)\)", pins))
            if kind == "CCU2C":
                chain = chains.setdefault(nets["CIN"].split("[")[0], {"inputs": [], "outputs": [], "cells": 0})
                chain["cells"] += 1
                chain["inputs"] += [nets[pin + half] for half in "01" for pin in "ABCD"]
                chain["outputs"] += [nets["S0"], nets["S1"]]
            else:
                output = nets.pop("Z")
                # A multiplexer stands in its LUTs' slices; only its selector comes by a wire.
                wired = {pin for pin in nets if kind == "LUT4" or pin in ("C0", "SD")}
                self._add([(net, pin in wired) for pin, net in nets.items()], [output], LUT if kind == "LUT4" else MUX)
        for chain in chains.values():
            self._add([(net, True) for net in chain["inputs"]], chain["outputs"], ONTO_CHAIN + ALONG_CHAIN * 2 * chain["cells"] + OFF_CHAIN)

    def _add(self, inputs, outputs, delay):
        for output in outputs:
            self.driver[output] = len(self.cells)
        self.cells.append((inputs, delay))

    def is_multiplexer(self, cell):
        return self.cells[cell][1] == MUX

    def source(self, net):
        """The cell that drives a net; none for registers and constants."""
        return self.driver.get(self.aliases.get(net, net))


def logic_of_depths(text):
    """[ns of logic of the slowest way between registers over d wires, for d = 0, 1, ...]. A register stands in the slice of the LUT or the carry that it reads;
    behind a multiplexer nextpnr takes another slice for it, to which a wire leads."""
    netlist = Netlist(text)
    arrival = {}

    def arrive(cell):
        """Logic by wires, at the outputs of a cell; cells are visited inputs first, without recursion."""
        waiting = [cell]
        while waiting:
            top = waiting[-1]
            inputs, delay = netlist.cells[top]
            sources = [(netlist.source(net), is_wired) for net, is_wired in inputs]
            missing = [source for source, _ in sources if source not in (None, top) and source not in arrival]
            if top in arrival:
                waiting.pop()
            elif missing:
                waiting += missing
            else:
                depths = {}
                for source, is_wired in sources:
                    for depth, logic in (arrival[source] if source not in (None, top) else {0: 0.0}).items():
                        here = depth + (1 if is_wired else 0)
                        depths[here] = max(depths.get(here, 0.0), logic + delay)
                arrival[top] = depths
                waiting.pop()
        return arrival[cell]

    total = {0: 0.0}
    for net in netlist.registers:
        cell = netlist.source(net)
        is_far = cell is not None and netlist.is_multiplexer(cell)
        for depth, logic in (arrive(cell) if cell is not None else {}).items():
            here = depth + (1 if is_far else 0)
            total[here] = max(total.get(here, 0.0), logic - (TO_REGISTER if is_far else 0))
    return [total.get(depth, 0.0) for depth in range(max(total) + 1)]
