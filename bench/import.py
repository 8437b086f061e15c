#!/usr/bin/env python3
"""The same model files through Lutra, hls4ml and alkaid: which load, how long that takes, and whether the emulated outputs are the
framework's to the last bit. What each framework computes is computed in the same run.

Exit status: 0 done, 2 wrong usage, 4 Lutra or a worker ended where it must not.

Example: bench/import.py --cases KERAS_3layer,hgq_dense
"""

import argparse
import json
import sys

import environments

environments.enter("hls4ml")

import numpy  # noqa: E402

import import_cases  # noqa: E402
import lutra  # noqa: E402
import measure  # noqa: E402
import peer  # noqa: E402
from environments import WORK_FOLDER, say  # noqa: E402

TOOLS = ("lutra", "hls4ml", "alkaid")
ENVIRONMENTS = {"onnx": "hls4ml", "keras2": "keras2", "keras3": "keras3", "torch": "torch"}
LOAD_LIMIT = 120  # seconds
FLOAT_NOISE = 2.0**-21  # of the largest output: what float32 sums in another order differ by
EMULATE_LIMIT = 240  # with the time that g++ takes for hls4ml's project


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=lambda text: text.split(","), help="names of files, separated by commas; all when not given")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return parser.parse_args()


def worker_of(case):
    return peer.Peer(ENVIRONMENTS[case.family], "import_worker.py", [case.family])


def first_line(text):
    """The diagnostic without its place, or the error without its trace."""
    lines = text.strip().splitlines()
    return lines[0] if lines else "no message"


def through_lutra(case, folder):
    """What Lutra makes of a file, with its scores where there are events."""
    found = {"version": lutra.version()}
    try:
        weights = ["--weights", case.weights] if case.weights else []
        found["process"], document = lutra.call("convert", case.file, folder / "lutra.lutra", *weights)
        found["inside"] = document["seconds"]["import"]
        if case.events:
            scores = folder / "lutra.npy"
            lutra.call("run", case.file, "--input", folder / "events.npy", "--output", scores, *case.lutra_options())
            y = numpy.load(scores)
            found["scores"] = y.reshape(len(y), -1)
    except lutra.LutraFailed as failed:
        found["failed" if "inside" in found else "refused"] = first_line(str(failed).partition(": ")[2]).replace(f"{case.file}: ", "")
    return found


def through_peer(tool, case, folder):
    """The same of a peer, in a process of its own."""
    if case.family == "none":
        return {"refused": f"{tool} has no reader of such files"}
    found = {}
    try:
        with worker_of(case) as worker:
            arguments = {"file": str(case.file), "weights": case.weights and str(case.weights), "folder": str(folder / tool)}
            answer = worker.ask("load", LOAD_LIMIT, tool=tool, has_input_type=case.has_input_type, precision=case.precision, **arguments)
            if "refused" in answer:
                return answer
            found |= {"version": answer["version"], "inside": answer["seconds"], "process": worker.seconds()}
            if case.events:
                answer = worker.ask("emulate", EMULATE_LIMIT, events=folder / "events.npy", scores=folder / f"{tool}.npy")
                found |= {"failed": answer["refused"]} if "refused" in answer else {"scores": numpy.load(folder / f"{tool}.npy")}
    except peer.PeerFailed as failed:
        found["failed" if found else "refused"] = str(failed)
    return found


def framework_scores(case, folder):
    """What the framework computes for the events; nothing where it does not read the file itself."""
    if case.expected:
        y = numpy.load(case.expected)
        return y.reshape(len(y), -1)
    with worker_of(case) as worker:
        weights = case.weights and str(case.weights)
        answer = worker.ask("reference", file=str(case.file), weights=weights, events=folder / "events.npy", scores=folder / "right.npy")
    if "refused" in answer:
        say(f"{case.name}: the framework does not read its own file: {answer['refused']}")
        return None
    return numpy.load(folder / "right.npy")


def judge(found, right):
    """Compares scores as float32, in which frameworks compute: events that are equal to the last bit, and the largest difference."""
    scores = found.pop("scores", None)
    if scores is None or right is None:
        return
    if scores.shape != right.shape:
        found["failed"] = f"outputs of shape {scores.shape} instead of {right.shape}"
        return
    found["events"] = len(right)
    found["equal"] = int((scores.astype(numpy.float32) == right.astype(numpy.float32)).all(axis=1).sum())
    found["largest_output"] = float(numpy.abs(right).max())
    found["largest_difference"] = float(numpy.abs(scores - right).max())


def compare(case):
    """Everything about one file."""
    say(case.name)
    folder = WORK_FOLDER / "import" / case.name
    folder.mkdir(parents=True, exist_ok=True)
    right = None
    if case.events:
        numpy.save(folder / "events.npy", case.x().astype(numpy.float32))
        right = framework_scores(case, folder)
    tools = {"lutra": through_lutra(case, folder)}
    for tool in TOOLS[1:]:
        tools[tool] = through_peer(tool, case, folder)
    for found in tools.values():
        judge(found, right)
    return {"file": case.name, "format": case.file.suffix[1:], "types": "none" if case.is_float else "its own", "tools": tools}


def outcome(found):
    """A cell: how the outputs compare."""
    if "refused" in found:
        return "-"
    if "failed" in found:
        return "fails"
    if "equal" not in found:
        return "loads"
    if found["equal"] == found["events"]:
        return "bit for bit"
    if found["largest_difference"] <= FLOAT_NOISE * found["largest_output"]:
        return "but for float32's rounding"
    return f"{found['equal']} of {found['events']}, off by {found['largest_difference']:.2g}"


def seconds(found):
    return f"{found['process']:.3g} ({found['inside']:.2g})" if "inside" in found else "-"


def print_results(results):
    header = ["file", "format", "types"] + [title for tool in TOOLS for title in (f"{tool}: s (inside)", f"{tool}: equal")]
    rows = [
        [result["file"], result["format"], result["types"]]
        + [cell for tool in TOOLS for cell in (seconds(result["tools"][tool]), outcome(result["tools"][tool]))]
        for result in results
    ]
    print(measure.table(header, rows))
    for tool in TOOLS:
        found = [result["tools"][tool] for result in results]
        loaded = [one for one in found if "refused" not in one]
        exact = [one for one in loaded if outcome(one) in ("bit for bit", "but for float32's rounding")]
        print(f"{tool} {loaded[0]['version'] if loaded else ''}: loads {len(loaded)} of {len(found)} files; as the framework {len(exact)}")
        for result in results:
            what = result["tools"][tool].get("refused") or result["tools"][tool].get("failed")
            if what:
                print(f"  {result['file']}: {what}")


def main():
    arguments = parse_arguments()
    try:
        cases = import_cases.available_cases(arguments.cases)
    except ValueError as wrong:
        say(str(wrong))
        return 2
    try:
        results = [compare(case) for case in cases]
    except peer.PeerFailed as failed:
        say(str(failed))
        return 4
    if arguments.json:
        print(json.dumps({"results": results}, indent=2))
    else:
        print_results(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
