#!/usr/bin/env python3
"""A circuit of a million primitives: one dense layer with sparse random weights, compiled for adders of any device and for cells. Prints seconds of each step,
CPU seconds of the whole command, and its memory at most.

Exit status: 0 done, 4 the command failed.

Example: bench/scale.py --size 512 --devices xcvu13p
"""

import argparse
import os
import random
import subprocess
import sys

import lutra
import measure
from environments import WORK_FOLDER, say

DENSITY = 0.2
WEIGHT_BITS = 6


def write_graph(size, path):
    """size inputs of 8 bits, size outputs, a fifth of the weights not zero."""
    generator = random.Random(1)
    low, high = -(2 ** (WEIGHT_BITS - 1)), 2 ** (WEIGHT_BITS - 1) - 1
    weights = (generator.randint(low, high) if generator.random() < DENSITY else 0 for _ in range(size * size))
    lutra.write_dense_graph(path, size, size, weights)


def compile_graph(path, device):
    """(the report, CPU seconds, bytes at most)"""
    command = [lutra.PROGRAM, "compile", path, "-o", path.with_name("design"), "--combinational", "--device", device, "--json", "-q"]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise lutra.LutraFailed(f"lutra compile for {device} ended with status {os.waitstatus_to_exitcode(status)}")
    return lutra.parse_report(output), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1250, help="inputs and outputs (1250: a million primitives)")
    parser.add_argument("--devices", default="lut6,xcvu13p,ecp5-45", help="separated by commas; lut6 comes as adders, which are primitives of the circuit")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    lutra.assert_built()
    folder = WORK_FOLDER / "scale"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dense.lutra"
    write_graph(arguments.size, path)
    rows = []
    for device in arguments.devices.split(","):
        say(f"{arguments.size} x {arguments.size} for {device}")
        try:
            report, cpu, memory = compile_graph(path, device)
        except lutra.LutraFailed as failed:
            say(str(failed))
            return 4
        seconds, circuit = report["seconds"], report["circuit"]
        steps = (f"{seconds[step]:.3g}" for step in ("import", "lower", "optimise", "emit"))
        counts = (f"{number:,}" for number in (circuit["primitives"], circuit["adders"], report["resources"]["estimate"]["lut"]))
        rows.append([device, *counts, *steps, f"{cpu:.3g}", f"{memory / 1e6:,.0f}"])
    header = ["device", "primitives", "adders", "LUT", "import, s", "lower, s", "optimise, s", "emit, s", "CPU in all, s", "MB at most"]
    print(measure.table(header, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
