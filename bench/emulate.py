#!/usr/bin/env python3
"""Emulated events per second on one core, side by side: `lutra run`, alkaid's interpreter and hls4ml's compiled C++. Prints rates and
ratios, and checks that the scores of all emulated events are right.

Exit status: 0 done, 2 wrong usage, 3 wrong scores, 4 a tool failed.

Example: bench/emulate.py --models jets_quantised --events 100000
"""

import argparse
import json
import sys

import environments

environments.enter("hls4ml")

import numpy  # noqa: E402

import lutra  # noqa: E402
import measure  # noqa: E402
import models  # noqa: E402
import peer  # noqa: E402
import reference  # noqa: E402
from environments import WORK_FOLDER, say  # noqa: E402

# How many times fewer events the slower tools get than Lutra, so that each measurement takes seconds.
SHARE = {"lutra": 1, "alkaid": 10, "hls4ml": 200}
MIN_EVENTS = 1000


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    models.add_arguments(parser, SHARE, runs=5)
    parser.add_argument(
        "--events", type=int, default=1000000, help="events that Lutra emulates (1000000); alkaid a tenth, hls4ml 1/200, at least 1,000"
    )
    arguments = parser.parse_args()
    if arguments.runs < 1 or arguments.events < MIN_EVENTS:
        parser.error(f"--runs must be at least 1 and --events at least {MIN_EVENTS}")
    return arguments


class LutraEmulator:
    """`lutra run`, which in each call reads the model and the events and writes the scores; what counts is the rest.

    That is from real inputs in memory to real scores in memory, as in the peers' predict: rounding, the circuit, and the values of its outputs."""

    def __init__(self, model, _):
        self.model = model
        self.version = lutra.version()
        self.circuit_rates = []
        self.prepare_seconds = 0.0

    def run(self, events, scores, _):
        process, report = lutra.run_model(self.model, events, scores)
        seconds = report["seconds"]
        self.prepare_seconds = process - seconds["total"]
        self.circuit_rates.append(report["events"] / seconds["emulate"])
        return report["events"], seconds["total"] - seconds["read"] - seconds["write"]

    def close(self):
        """Nothing runs between calls."""


class AlkaidEmulator:
    """alkaid's interpreter of the traced circuit, on one thread."""

    def __init__(self, model, folder):
        self.model = model
        self.peer = peer.Peer("alkaid")
        answer = self.peer.ask("convert", file=model.scores_file(), folder=folder / "alkaid", is_float=model.is_float, ternary_fuse=False)
        self.version, self.prepare_seconds = answer["version"], answer["seconds"]

    def run(self, events, scores, count):
        answer = self.peer.ask("emulate", events=events, scores=scores, count=count, file=self.model.scores_file())
        return answer["events"], answer["seconds"]

    def close(self):
        self.peer.close()


class Hls4mlEmulator:
    """hls4ml's project compiled by g++ -O3, called through its predict."""

    def __init__(self, model, folder):
        self.peer = peer.Peer("hls4ml")
        answer = self.peer.ask("convert", file=model.scores_file(), folder=folder / "hls4ml")
        say(f"{model.name}: g++ builds hls4ml's emulation")
        self.version, self.prepare_seconds = answer["version"], answer["seconds"] + self.peer.ask("build")["seconds"]

    def run(self, events, scores, count):
        answer = self.peer.ask("emulate", events=events, scores=scores, count=count)
        return answer["events"], answer["seconds"]

    def close(self):
        self.peer.close()


EMULATORS = {"lutra": LutraEmulator, "alkaid": AlkaidEmulator, "hls4ml": Hls4mlEmulator}


def compare(model, arguments):
    """Everything about one model."""
    folder = WORK_FOLDER / model.name
    folder.mkdir(parents=True, exist_ok=True)
    events = folder / "many_events.npy"
    numpy.save(events, models.events_of(model, arguments.events).astype(numpy.float32))
    right = reference.reference_scores(model, models.events_of(model)[: arguments.events])
    counts = {tool: max(MIN_EVENTS, arguments.events // SHARE[tool]) for tool in arguments.tools}
    emulators = {tool: EMULATORS[tool](model, folder) for tool in arguments.tools}
    try:
        say(f"{model.name}: {arguments.runs} emulations by each of {', '.join(arguments.tools)}")
        scores = {tool: folder / f"many_{tool}.npy" for tool in emulators}
        actions = {tool: lambda tool=tool: emulators[tool].run(events, scores[tool], counts[tool]) for tool in emulators}
        measured = measure.interleaved(arguments.runs, actions)
    finally:
        for emulator in emulators.values():
            emulator.close()
    tools = {}
    for tool, runs in measured.items():
        tools[tool] = {
            "version": emulators[tool].version,
            "prepare_seconds": emulators[tool].prepare_seconds,
            "events_per_second": measure.summary([count / seconds for count, seconds in runs]),
            "events": runs[0][0],
            "wrong": reference.num_wrong(numpy.load(scores[tool]), right),
        }
    if "lutra" in tools:
        tools["lutra"]["circuit_events_per_second"] = measure.summary(emulators["lutra"].circuit_rates)
    return {"model": model.name, "decides": "exact integers" if model.is_float else "qonnx", "tools": tools}


def print_results(results):
    header = ["model", "tool", "events per second and core", "the circuit alone", "seconds until the first", "events", "wrong"]
    rows = []
    for result in results:
        for tool, found in result["tools"].items():
            circuit = measure.rate(found["circuit_events_per_second"]) if "circuit_events_per_second" in found else "-"
            rate, prepare = measure.rate(found["events_per_second"]), f"{found['prepare_seconds']:.3g}"
            rows.append([result["model"], f"{tool} {found['version']}", rate, circuit, prepare, f"{found['events']:,}", found["wrong"]])
    print(measure.table(header, rows))
    for result in results:
        ours = result["tools"].get("lutra")
        for tool, found in result["tools"].items():
            if ours is not None and tool != "lutra":
                whole, circuit = (
                    ours[key]["median"] / found["events_per_second"]["median"] for key in ("events_per_second", "circuit_events_per_second")
                )
                print(f"{result['model']}: Lutra emulates {whole:.3g} times as fast as {tool}; its circuit alone {circuit:.3g} times")


def main():
    arguments = parse_arguments()
    chosen = models.available_models(arguments.models)
    if not chosen:
        say("no model to measure")
        return 2
    try:
        results = []
        for model in chosen:  # each is shown when it is done: a run may take an hour
            result = compare(model, arguments)
            results.append(result)
            if not arguments.json:
                print_results([result])
                sys.stdout.flush()
    except (lutra.LutraFailed, peer.PeerFailed, reference.ReferencesDiffer) as failed:
        say(str(failed))
        return 4
    if arguments.json:
        print(json.dumps({"results": results}, indent=2))
    return reference.exit_status(results)


if __name__ == "__main__":
    sys.exit(main())
