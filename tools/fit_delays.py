#!/usr/bin/env python3
"""Fits the delay model of ECP5 to nextpnr: compiles models for several clocks, places and routes them, and writes src/lutra/target/ecp5_delays.h.

What logic takes is what nextpnr-ecp5 says of the cells (grade -6); what a wire takes grows with the design and is fitted. Half of the designs are fitted to,
the others tell how good that is. Takes most of an hour; placements are kept in build/fit, so that a run that was stopped goes on.

Exit status: 0 done, 2 wrong usage, 4 a tool failed.

Example: tools/fit_delays.py --seeds 2
"""

import argparse
import itertools
import json
import math
import os
import pathlib
import re
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
LUTRA = REPOSITORY / "build" / "release" / "lutra"
OUTPUT = REPOSITORY / "src" / "lutra" / "target" / "ecp5_delays.h"
FOLDER = REPOSITORY / "build" / "fit"

# nextpnr-ecp5's own delays in ns, from its reports of critical paths.
CLOCK_TO_OUTPUT = 0.52
TO_REGISTER = 0.13  # from a LUT to the flip-flop of its slice
LUT = 0.24
ONTO_CHAIN = 0.45
ALONG_CHAIN = 0.0355  # a bit: 0.071 a cell
OFF_CHAIN = 0.44
MUX = 0.21
SHORTEST_WIRE = 0.4  # no usual wire is shorter, however small the design

FITTED = [("jets_ternary", 6), ("jets_ternary", 12), ("0.758", 5), ("0.758", 8), ("0.758", 13)]
HELD_BACK = [("0.743", 4), ("0.758", 10), ("jets_ternary", 9)]


def model_file(name):
    data = pathlib.Path(os.environ.get("LUTRA_DATA", REPOSITORY / ".." / "shared" / "data")) / "models"
    known = {
        "0.743": data / "hgq-lut" / "jsc_openml_val0.743_ebops598.keras",
        "0.758": data / "hgq" / "jsc_openml_val0.758_ebops2571.keras",
        "0.770": data / "hgq-lut" / "jsc_openml_val0.770_ebops6604.keras",
        "0.771": data / "hgq" / "jsc_openml_val0.771_ebops13285.keras",
    }
    return known.get(name, REPOSITORY / "examples" / "jets" / "models" / f"{name}.onnx")


def lutra(*arguments, may_fail_check=False):
    done = subprocess.run([LUTRA, *map(str, arguments), "--json", "-q"], capture_output=True, text=True)
    if done.returncode != 0 and not (may_fail_check and done.returncode == 3):
        sys.stderr.write(done.stderr)
        sys.exit(4)
    return json.loads(done.stdout)


def measure(name, clock_ns, seeds):
    """A placed and routed design: {period, luts, depths}, depths as `logic_of_depths` gives them."""
    design = FOLDER / f"{name}-{clock_ns}"
    kept = FOLDER / f"{name}-{clock_ns}-{seeds}.json"
    if not kept.exists():
        print(f"fit: places and routes {name} for {clock_ns} ns", file=sys.stderr, flush=True)
        lutra("compile", model_file(name), "-o", design, "--device", "ecp5-85", "--clock-ns", clock_ns)
        report = lutra("synth", design, "--place-and-route", "--seeds", seeds, may_fail_check=True)
        placed = report["resources"]["nextpnr"]
        found = {
            "period": 1000 / placed["fmax_mhz"],
            "luts": report["resources"]["estimate"]["lut"],
            "yosys_luts": report["resources"]["yosys"]["lut"],
            "depths": logic_of_depths(design / "rtl" / f"{report['rtl']['top']}.v"),
            "nextpnr": placed["version"],
            "yosys": report["resources"]["yosys"]["version"],
        }
        kept.write_text(json.dumps(found))
    return json.loads(kept.read_text())


def logic_of_depths(file):
    """[ns of logic of the slowest way between registers over d wires, for d = 0, 1, ...] of a netlist that Lutra printed."""
    text = file.read_text()
    cells, chains, registers, aliases = [], {}, [], {}
    for output, source in re.findall(r"assign ([\w\[\]]+) = ([\w\[\]']+);", text):
        aliases[output] = source
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
            cells.append(([(net, pin in wired) for pin, net in nets.items()], [output], LUT if kind == "LUT4" else MUX))
    for chain in chains.values():
        delay = ONTO_CHAIN + ALONG_CHAIN * 2 * chain["cells"] + OFF_CHAIN
        cells.append(([(net, True) for net in chain["inputs"]], chain["outputs"], delay))
    registers = re.findall(r"^        (\w+) <= ([\w\[\]']+);$", text, re.M)

    driver = {net: i for i, (_, outputs, _) in enumerate(cells) for net in outputs}
    arrival = {}

    def arrive(cell):
        """Logic by wires, at the outputs of a cell; cells are visited inputs first, without recursion."""
        waiting = [cell]
        while waiting:
            top = waiting[-1]
            if top in arrival:
                waiting.pop()
                continue
            inputs, _, delay = cells[top]
            missing = [driver[aliases.get(net, net)] for net, _ in inputs if aliases.get(net, net) in driver and driver[aliases.get(net, net)] not in arrival]
            missing = [other for other in missing if other != top]
            if missing:
                waiting += missing
                continue
            depths = {}
            for net, is_wired in inputs:
                source = driver.get(aliases.get(net, net))
                before = arrival[source] if source is not None and source != top else {0: 0.0}
                for depth, logic in before.items():
                    here = depth + (1 if is_wired else 0)
                    depths[here] = max(depths.get(here, 0.0), logic + delay)
            arrival[top] = depths
            waiting.pop()
        return arrival[cell]

    total = {0: 0.0}
    for _, source in registers:
        cell = driver.get(aliases.get(source, source))
        for depth, logic in (arrive(cell) if cell is not None else {}).items():
            total[depth] = max(total.get(depth, 0.0), logic)
    return [total.get(depth, 0.0) for depth in range(max(total) + 1)]


def wire_of(terms, luts):
    """A usual wire in a design of so many LUTs."""
    _, wire, per_doubling = terms
    return max(wire + per_doubling * math.log2(luts / 1000), SHORTEST_WIRE)


def period_of(design, terms):
    """The slowest way by the terms (longest wire's excess, wire of a design of 1,000 LUTs, more for each doubling)."""
    wire = wire_of(terms, design["luts"])
    return CLOCK_TO_OUTPUT + TO_REGISTER + terms[0] + max(logic + depth * wire for depth, logic in enumerate(design["depths"]))


def error_of(designs, terms):
    return sum((period_of(design, terms) / design["period"] - 1) ** 2 for design in designs)


def fit(designs):
    """The terms of the least relative errors, squared: from a coarse start in ever smaller steps."""
    terms, step = [0.5, 0.8, 0.1], 0.32
    while step > 0.001:
        nearby = [[t + step * d for t, d in zip(terms, move)] for move in itertools.product((-1, 0, 1), repeat=3)]
        best = min((t for t in nearby if t[0] >= 0 and t[2] >= 0), key=lambda t: error_of(designs, t))
        if best == terms:
            step /= 2
        terms = best
    return terms


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2, help="placements of each design, of which the fastest counts (2)")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    fitted = {key: measure(*key, arguments.seeds) for key in FITTED}
    held_back = {key: measure(*key, arguments.seeds) for key in HELD_BACK}
    terms = fit(list(fitted.values()))
    lines = []
    for title, designs in (("fitted", fitted), ("held back", held_back)):
        for (name, clock), design in designs.items():
            predicted = period_of(design, terms)
            error = 100 * (predicted / design["period"] - 1)
            luts = 100 * (design["luts"] / design["yosys_luts"] - 1)
            lines.append(
                f"//   {title}: {name} asked for {clock} ns, {design['luts']} LUTs ({luts:+.1f} % of Yosys'): {predicted:.2f} ns for {design['period']:.2f} ns, {error:+.1f} %"
            )
    design = next(iter(fitted.values()))
    text = f"""#pragma once

// Written by tools/fit_delays.py: do not edit. nextpnr-ecp5 {design["nextpnr"]}, Yosys {design["yosys"]}, LFE5U-85F grade -6, best of {arguments.seeds} seeds.
{chr(10).join(lines)}

namespace lutra::ecp5_delays {{

inline constexpr double clock_to_output_ns = {CLOCK_TO_OUTPUT};
inline constexpr double to_register_ns = {TO_REGISTER};
inline constexpr double lut_ns = {LUT};
inline constexpr double mux_ns = {MUX};
inline constexpr double chain_ns = {ONTO_CHAIN + OFF_CHAIN:.2f};
inline constexpr double chain_per_bit_ns = {ALONG_CHAIN};
inline constexpr double shortest_wire_ns = {SHORTEST_WIRE};
inline constexpr double longest_wire_ns = {terms[0]:.3f};       ///< by how much the longest wire of a period exceeds a usual one
inline constexpr double wire_ns = {terms[1]:.3f};               ///< a usual one in a design of 1,000 LUTs
inline constexpr double wire_per_doubling_ns = {terms[2]:.3f};  ///< more for each doubling of them

}}  // namespace lutra::ecp5_delays
"""
    OUTPUT.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
