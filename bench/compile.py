#!/usr/bin/env python3
"""From a model file to firmware, side by side: Lutra and alkaid write Verilog, hls4ml writes HLS C++. Prints seconds, adders, LUTs and
ratios, and checks on at least 1,000 events that every tool's circuit gives the right scores.

Exit status: 0 done, 2 wrong usage, 3 wrong scores, 4 a tool failed.

Example: bench/compile.py --models jets_quantised --families xcup,ecp5
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
import synthesis  # noqa: E402
from environments import WORK_FOLDER, say  # noqa: E402

MIN_EVENTS = 1000


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    models.add_arguments(parser, PRODUCTS, runs=5)
    parser.add_argument(
        "--families", type=models.list_of(synthesis.FAMILIES), default=["xcup"], help="of xcup,xc7,ecp5; '' for no synthesis (xcup)"
    )
    parser.add_argument(
        "--synthesise-float", action="store_true", help="also map float models: 16-bit weights, which keeps Yosys busy for very long"
    )
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    return arguments


def time_tools(model, folder, arguments):
    """{tool: {process, inside}}: seconds of the whole process, and without the start of Python and its imports."""

    def lutra_action():
        seconds, report = lutra.compile_model(model, folder / "lutra")
        return seconds, report["seconds"]["total"]

    def peer_action(name, **options):
        seconds, answer = peer.process_seconds(name, "convert", file=model.scores_file(), folder=folder / name, **options)
        return seconds, answer["seconds"]

    actions = {
        "lutra": lutra_action,
        "alkaid": lambda: peer_action("alkaid", is_float=model.is_float, ternary_fuse=False),
        "hls4ml": lambda: peer_action("hls4ml"),
    }
    taken = measure.interleaved(arguments.runs, {tool: actions[tool] for tool in arguments.tools})
    return {
        tool: {"process": measure.summary([run[0] for run in runs]), "inside": measure.summary([run[1] for run in runs])}
        for tool, runs in taken.items()
    }


def lutra_product(model, folder, events, families):
    """Version, adders and LUTs, and the scores of the events."""
    _, report = lutra.compile_model(model, folder / "lutra")
    lutra.run_model(model, events, folder / "lutra.npy")
    product = {"version": report["lutra"], "adders": report["circuit"]["adders"], "synthesis": {}}
    for family in families:
        for_device = folder / f"lutra-{family}"
        _, report = lutra.compile_model(model, for_device, "--device", synthesis.DEVICES[family])
        files = [for_device / name for name in report["rtl"]["files"] if not name.startswith("rtl/tb/")]
        product["synthesis"][family] = synthesis.synthesise(
            files, report["rtl"]["top"], family, for_device.parent / f"yosys-lutra-{family}"
        )
    return product, numpy.load(folder / "lutra.npy")


def alkaid_product(model, folder, events, families):
    """The same of alkaid; for each family the better of its two forms, with and without adders of three operands."""
    product = {"synthesis": {}}
    with peer.Peer("alkaid") as worker:
        for form in ("binary", "ternary"):
            design = folder / f"alkaid-{form}"
            answer = worker.ask("convert", file=model.scores_file(), folder=design, is_float=model.is_float, ternary_fuse=form == "ternary")
            files = sorted((design / "src" / "static").glob("*.v")) + [
                path for path in sorted((design / "src").glob("*.v")) if not path.stem.endswith("_wrapper")
            ]
            for family in families:
                cells = synthesis.synthesise(files, "model", family, folder / f"yosys-alkaid-{form}-{family}") | {"form": form}
                best = product["synthesis"].get(family, cells)
                product["synthesis"][family] = min(best, cells, key=lambda found: found["lut"])
        product |= {"version": answer["version"], "adders": answer["adders"]}
        worker.ask("emulate", events=events, scores=folder / "alkaid.npy", count=None, file=model.scores_file())
    return product, numpy.load(folder / "alkaid.npy")


def hls4ml_product(model, folder, events, _):
    """The same of hls4ml, whose C++ only a vendor's HLS compiler turns into firmware: no adders, no LUTs."""
    with peer.Peer("hls4ml") as worker:
        version = worker.ask("convert", file=model.scores_file(), folder=folder / "hls4ml")["version"]
        say(f"{model.name}: g++ builds hls4ml's emulation")
        worker.ask("build")
        worker.ask("emulate", events=events, scores=folder / "hls4ml.npy", count=None)
    return {"version": version}, numpy.load(folder / "hls4ml.npy")


PRODUCTS = {"lutra": lutra_product, "alkaid": alkaid_product, "hls4ml": hls4ml_product}


def compare(model, arguments):
    """Everything about one model."""
    folder = WORK_FOLDER / model.name
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{model.name}: {arguments.runs} conversions by each of {', '.join(arguments.tools)}")
    times = time_tools(model, folder, arguments)
    x = models.events_of(model)
    assert len(x) >= MIN_EVENTS, f"{model.name} has {len(x)} events"
    numpy.save(folder / "events.npy", x.astype(numpy.float32))
    right = reference.reference_scores(model, x)
    families = arguments.families if not model.is_float or arguments.synthesise_float else []
    tools = {}
    for tool in arguments.tools:
        product, scores = PRODUCTS[tool](model, folder, folder / "events.npy", families)
        tools[tool] = times[tool] | product | {"events": len(x), "wrong": reference.num_wrong(scores, right)}
    return {"model": model.name, "decides": "exact integers" if model.is_float else "qonnx", "tools": tools}


def print_results(results, families):
    header = [
        "model",
        "tool",
        "product",
        "seconds, process",
        "seconds, inside",
        "adders",
        *[f"LUT {family}" for family in families],
        "events",
        "wrong",
    ]
    rows = []
    for result in results:
        for tool, found in result["tools"].items():
            luts = [found.get("synthesis", {}).get(family, {}).get("lut", "-") for family in families]
            rows.append(
                [
                    result["model"],
                    f"{tool} {found['version']}",
                    "HLS C++" if tool == "hls4ml" else "Verilog",
                    measure.seconds(found["process"]),
                    measure.seconds(found["inside"]),
                    found.get("adders", "-"),
                    *luts,
                    found["events"],
                    found["wrong"],
                ]
            )
    print(measure.table(header, rows))
    for result in results:
        for line in ratios(result):
            print(f"{result['model']}: {line}")


def ratios(result):
    """Lines that set Lutra against each peer."""
    ours = result["tools"].get("lutra")
    for tool, found in result["tools"].items():
        if ours is None or tool == "lutra":
            continue
        process, inside = (found[kind]["median"] / ours[kind]["median"] for kind in ("process", "inside"))
        line = f"{tool} takes {process:.3g} times Lutra's time as a process, {inside:.3g} times inside it"
        for family, cells in ours["synthesis"].items():
            if family in found.get("synthesis", {}):
                line += f"; Lutra has {cells['lut'] / found['synthesis'][family]['lut']:.3f} of its LUTs ({family})"
        yield line


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
                print_results([result], arguments.families)
                sys.stdout.flush()
    except (lutra.LutraFailed, peer.PeerFailed, synthesis.SynthesisFailed, reference.ReferencesDiffer) as failed:
        say(str(failed))
        return 4
    if arguments.json:
        print(json.dumps({"yosys": synthesis.yosys_version() if arguments.families else None, "results": results}, indent=2))
    return reference.exit_status(results)


if __name__ == "__main__":
    sys.exit(main())
