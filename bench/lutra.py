"""Lutra's side of the benchmarks: the command itself, as anyone calls it."""

import json
import subprocess
import time

from environments import REPOSITORY, WORK_FOLDER, shown

PROGRAM = REPOSITORY / "build" / "release" / "lutra"


class LutraFailed(Exception):
    """The command is not built or ended with an error."""


def call(*arguments):
    """Runs the command with --json. (seconds of the whole process, the JSON document)"""
    assert_built()
    begin = time.perf_counter()
    done = subprocess.run([PROGRAM, *map(str, arguments), "--json", "-q"], capture_output=True, text=True, cwd=WORK_FOLDER)
    seconds = time.perf_counter() - begin
    if done.returncode != 0:
        raise LutraFailed(f"lutra {arguments[0]} ended with status {done.returncode}: {done.stderr.strip()}")
    return seconds, parse_report(done.stdout)


def assert_built():
    if not PROGRAM.exists():
        raise LutraFailed(f"{shown(PROGRAM)} is missing; run make build")


def version():
    """Such as '0.1.0'."""
    assert_built()
    return subprocess.run([PROGRAM, "version"], capture_output=True, text=True).stdout.strip().removeprefix("lutra ")


def parse_report(output):
    """The JSON document that a command printed."""
    return json.loads(output)


def write_dense_graph(path, num_inputs, num_outputs, weights):
    """One dense layer over signed 8-bit inputs in Lutra's text form. Weights: integers, those of an input side by side."""
    text = " ".join(map(str, weights))
    path.write_text(
        f"""lutra graph 1
%0 = input "x" {{ shape = [{num_inputs}] }}
%1 = quantize "q" (%0) {{ scale = 1, zero_point = 0, width = 8, signed = 1, narrow = false, rounding = "RND_CONV", overflow = "SAT", saturation_bits = 0 }}
%2 = dense "y" (%1) {{ weights = tensor [{num_inputs}, {num_outputs}] {{ {text} }} }}
output "y" = %2
"""
    )


def compile_model(model, folder, *options):
    """Compiles the model's file without registers. (seconds of the process, report.json)"""
    return call("compile", model.scores_file(), "-o", folder, "--combinational", *model.lutra_options(), *options)


def run_model(model, events, scores):
    """Emulates all events of a file on one core; (seconds of the process, the document of `lutra run --json`)."""
    arguments = ["run", model.scores_file(), "--input", events, "--output", scores, "--jobs", "1", *model.lutra_options()]
    return call(*arguments)
