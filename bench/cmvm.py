#!/usr/bin/env python3
"""Products of a constant matrix with a vector, side by side: adders, their bits, depth and CPU seconds of Lutra, da4ml and alkaid on the same
matrices, each result checked against the product.

Exit status: 0 done, 2 wrong usage, 3 a tool's adders compute something else, 4 a tool failed.

Example: bench/cmvm.py --cases 64x64,16x16 --tools lutra,da4ml
"""

import argparse
import json
import resource
import statistics
import sys
import time

import environments

environments.enter("cmvm")

import adder_graph  # noqa: E402
import numpy  # noqa: E402

import lutra  # noqa: E402
import measure  # noqa: E402
from environments import WORK_FOLDER, say  # noqa: E402

NUM_VECTORS = 200

# name: (inputs, outputs, lowest weight, highest weight, matrices)
CASES = {"16x16": (16, 16, 129, 255, 20), "64x64": (64, 64, -32, 31, 2), "128x128": (128, 128, -32, 31, 1)}
GOALS = {"16x16": "340", "64x64": "3,800 in 0.1 s", "128x128": "13,900 in 2 s"}


class WrongProduct(Exception):
    """Adders that do not compute the product."""


def matrices(case):
    """Uniform random integers, (inputs, outputs) each."""
    num_inputs, num_outputs, low, high, count = CASES[case]
    return [numpy.random.default_rng(seed).integers(low, high + 1, (num_inputs, num_outputs)) for seed in range(1, count + 1)]


def vectors(num_inputs):
    low, high = adder_graph.INPUT_RANGE
    x = numpy.random.default_rng(0).integers(low, high + 1, (NUM_VECTORS, num_inputs))
    x[0], x[1] = low, high
    return x


def run_lutra(matrix):
    """The whole command for generic adders, the least CPU seconds of three runs; the optimiser's part of them by the command's own clock."""
    folder = WORK_FOLDER / "cmvm"
    folder.mkdir(parents=True, exist_ok=True)
    lutra.write_dense_graph(folder / "dense.lutra", *matrix.shape, matrix.reshape(-1))
    runs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _, report = lutra.call("compile", folder / "dense.lutra", "-o", folder / "design", "--combinational", "--device", "lut6")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        runs.append((cpu * report["seconds"]["optimise"] / report["seconds"]["total"], cpu))
    circuit = adder_graph.CircuitText((folder / "design" / "circuit.lutra").read_text())
    x = vectors(len(matrix))
    if not numpy.array_equal(circuit.evaluate(x), x @ matrix):
        raise WrongProduct("lutra")
    return circuit.counts(), *(min(kind) for kind in zip(*runs))


def run_da4ml(matrix, levels=2):
    """With a budget of so many levels beyond the fewest; -1: any depth."""
    from da4ml.cmvm import solve

    begin = time.process_time()
    solution = solve(matrix.astype(numpy.float32), hard_dc=levels)
    seconds = time.process_time() - begin
    stages = [(stage, lambda op: (op.id0, op.id1, op.data)) for stage in solution.solutions]
    return counted("da4ml", stages, matrix), seconds, seconds


def run_alkaid(matrix, levels=2):
    """With a budget of so many levels beyond the fewest; -1: any depth."""
    from alkaid.cmvm import cmvm_solve

    begin = time.process_time()
    solution = cmvm_solve(matrix.astype(numpy.float32), hard_dc=levels)
    seconds = time.process_time() - begin
    stages = [(stage, lambda op: (op.addr[0] if op.addr else op.data[0], op.addr[1] if len(op.addr) > 1 else -1, op.data[0])) for stage in solution]
    return counted("alkaid", stages, matrix), seconds, seconds


def counted(tool, stages, matrix):
    """Counts the adders of the peers' stages, and checks their linear forms, which is exact for every input."""
    graph = adder_graph.LinearGraph(len(matrix))
    values = graph.inputs
    for stage, operands_of in stages:
        buffer = []
        for op in stage.ops:
            a, b, data = operands_of(op)
            if op.opcode == -1:
                buffer.append((values[a][0] * 2.0 ** stage.inp_shifts[a], values[a][1]))
            elif op.opcode in (0, 1):
                buffer.append(graph.add(buffer[a], buffer[b], op.opcode == 1, data))
            else:
                raise ValueError(f"{tool} has an operation of kind {op.opcode} in a product")
        values = []
        for index, shift, is_negative in zip(stage.out_idxs, stage.out_shifts, stage.out_negs):
            form, depth = buffer[index] if index >= 0 else (numpy.zeros(len(matrix)), 0)
            values.append((form * 2.0**shift * (-1 if is_negative else 1), depth))
    outputs = numpy.stack([form for form, _ in values], axis=1)
    x = vectors(len(matrix))
    if not numpy.array_equal(outputs, matrix) or not numpy.array_equal(x @ outputs, x @ matrix):
        raise WrongProduct(tool)
    return graph.counts


TOOLS = {
    "lutra": run_lutra,
    "da4ml": run_da4ml,
    "da4ml-deep": lambda matrix: run_da4ml(matrix, -1),
    "alkaid": run_alkaid,
    "alkaid-deep": lambda matrix: run_alkaid(matrix, -1),
}


def measure_case(case, tools):
    results = {}
    all_matrices = matrices(case)
    for tool in tools:
        say(f"{case}: {tool}, {len(all_matrices)} matrices")
        runs = [TOOLS[tool](matrix) for matrix in all_matrices]
        results[tool] = {key: statistics.mean(getattr(counts, key) for counts, _, _ in runs) for key in ("adders", "bits", "depth")}
        results[tool] |= {"seconds": statistics.mean(run[1] for run in runs), "cpu": statistics.mean(run[2] for run in runs)}
    return results


def list_of(allowed):
    def parse(text):
        names = text.split(",")
        unknown = [name for name in names if name not in allowed]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(allowed)}")
        return names

    return parse


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=list_of(CASES), default=["16x16", "64x64"], help="of 16x16,64x64,128x128 (the peers take minutes for the last)")
    parser.add_argument("--tools", type=list_of(TOOLS), default=list(TOOLS), help="of " + ",".join(TOOLS) + "; -deep: without a budget of levels")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args()


def print_results(results):
    rows = []
    for case, tools in results.items():
        _, _, low, high, count = CASES[case]
        for tool, found in tools.items():
            name = f"{case} in [{low}, {high}], {count}"
            rows.append([name, tool, *(f"{found[key]:,.1f}" for key in ("adders", "bits", "depth")), f"{found['seconds']:.3g}", f"{found['cpu']:.3g}", GOALS[case]])
    print(measure.table(["matrices", "tool", "adders", "adder bits", "depth", "solver, CPU s", "in all, CPU s", "goal"], rows))


def main():
    arguments = parse_arguments()
    try:
        results = {case: measure_case(case, arguments.tools) for case in arguments.cases}
    except WrongProduct as wrong:
        say(f"the adders of {wrong} do not compute the product")
        return 3
    except lutra.LutraFailed as failed:
        say(str(failed))
        return 4
    if arguments.json:
        print(json.dumps(results, indent=2))
    else:
        print_results(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
