#!/usr/bin/env python3
"""Fits the delay model of ECP5 to nextpnr: compiles models for several clocks, places and routes them, and writes src/lutra/target/ecp5_delays.h.

What logic takes is what nextpnr-ecp5 says of the cells (grade -6); what a wire takes grows with the design and is fitted. How good that is, is told by
leaving out one net after the other: each is predicted by a fit to all others. Placing takes hours; placements are kept in build/fit, so that a run that was
stopped goes on, and what they measured in tools/ecp5_placements.json, from which --from-data fits in seconds.

Exit status: 0 done, 2 wrong usage, 4 a tool failed.

Examples:
  tools/fit_delays.py --from-data
  tools/fit_delays.py --seeds 2 --only 0.743 --only 0.758
"""

import argparse
import itertools
import json
import math

from placed_designs import ALONG_CHAIN, CLOCK_TO_OUTPUT, FOLDER, LUT, MUX, OFF_CHAIN, ONTO_CHAIN, REPOSITORY, TO_REGISTER, measure

OUTPUT = REPOSITORY / "src" / "lutra" / "target" / "ecp5_delays.h"
DATA = REPOSITORY / "tools" / "ecp5_placements.json"
CELLS_INTO_CHAIN = 2  # LUTs of the slice that feeds a carry chain

CLOCKS = {
    "0.743": [3, 4, 6, 9],
    "0.758": [5, 8, 13],
    "0.770": [10],
    "0.771": [7, 10],
    "jets_ternary": [6, 9],
    "jets_quantised": [10],
    "ternary_small": [10],
    "hgq_attention": [5, 8],
    "hgq_attention_two_axes": [6],
    "hgq_attention_window": [5, 9],
    "hgq_linformer": [5, 8],
    "hgq_dummy": [6],
    "hgq_affine_weights": [4],
    "qkeras3_net": [4, 5, 9],
    "integer_input": [9],
}


def load():
    return json.loads(DATA.read_text()) if DATA.exists() else []


def place(names, seeds):
    """Measures what is missing; a record of the same design replaces the older one. Writes the data after each design."""
    records = {(record["net"], record["clock_ns"]): record for record in load()}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        for clock in CLOCKS[name]:
            records[name, clock] = measure(name, clock, seeds)
            lines = (json.dumps(records[key]) for key in sorted(records))
            DATA.write_text("[\n" + ",\n".join(lines) + "\n]\n")


def measured(record):
    """The mean of the seeds: it does not depend on how many there are."""
    return sum(record["periods_ns"]) / len(record["periods_ns"])


def predicted(record, terms):
    """The slowest way by the terms: a usual wire, and by how much one of a way is longer, in a very small design and more by the design's width. The placer keeps
    together what is connected, but a value that sums all over the next layer read has a wire as long as the design is wide, once in a way."""
    wire, longest, per_width = terms
    excess = longest + per_width * math.sqrt(record["luts"] / 1000)
    return CLOCK_TO_OUTPUT + TO_REGISTER + excess + max(logic + depth * wire for depth, logic in enumerate(record["logic_ns"]))


def error_of(record, terms):
    return predicted(record, terms) / measured(record) - 1


def fit(records):
    """The terms of the least relative errors, squared, each net counted once: from a coarse start in ever smaller steps."""
    designs_of = {}
    for record in records:
        designs_of[record["net"]] = designs_of.get(record["net"], 0) + 1

    def total(terms):
        return sum(error_of(record, terms) ** 2 / designs_of[record["net"]] for record in records)

    terms, step = [0.5, 0.5, 0.5], 0.32
    while step > 0.001:
        nearby = [[t + step * d for t, d in zip(terms, move)] for move in itertools.product((-1, 0, 1), repeat=3)]
        best = min((t for t in nearby if min(t) >= 0), key=total)
        if best == terms:
            step /= 2
        terms = best
    return terms


def errors_left_out(records):
    """Per record, the error in % of the period that a fit to all other nets predicts."""
    terms = {net: fit([r for r in records if r["net"] != net]) for net in {r["net"] for r in records}}
    return [100 * error_of(record, terms[record["net"]]) for record in records]


def lut_errors(record):
    """Errors in % of our count: to Yosys', and with the slices that feed chains to what was placed."""
    placed = record["luts"] + CELLS_INTO_CHAIN * record["chains"]
    return 100 * (record["luts"] / record["yosys_luts"] - 1), 100 * (placed / record["placed_luts"] - 1)


def table(records, errors):
    """A line for each design."""
    rows = ["| net | clock | stages | LUT | of Yosys' | LUT placed | predicted | period | predicted without the net |", "|---|---|---|---|---|---|---|---|---|"]
    for record, error in zip(records, errors):
        of_yosys, of_placed = lut_errors(record)
        rows.append(
            f"| {record['net']} | {record['clock_ns']} ns | {record['stages']} | {record['luts']:,} | {of_yosys:+.1f} % | {record['placed_luts']:,} "
            f"| {of_placed:+.1f} % | {measured(record):.2f} ns | {error:+.1f} % |"
        )
    return rows


def spread(values):
    """The least and the greatest."""
    low, high = f"{min(values):+.1f}", f"{max(values):+.1f}"
    return f"{low} %" if low == high else f"{low} to {high} %"


def summary(records, errors):
    """A line for each net, smallest first, then the largest errors of all."""
    nets = sorted({r["net"] for r in records}, key=lambda net: (max(r["luts"] for r in records if r["net"] == net), net))
    rows = ["| net | designs | LUT | of Yosys' | as placed | period, predicted without the net |", "| --- | --- | --- | --- | --- | --- |"]
    for net in nets:
        own = [(record, error) for record, error in zip(records, errors) if record["net"] == net]
        of_yosys, of_placed = zip(*(lut_errors(record) for record, _ in own))
        luts = max(record["luts"] for record, _ in own)
        rows.append(f"| {net} | {len(own)} | {luts:,} | {spread(of_yosys)} | {spread(of_placed)} | {spread([error for _, error in own])} |")
    of_yosys, of_placed = zip(*map(lut_errors, records))
    worst = [f"{max(map(abs, values)):.1f} %" for values in (of_yosys, of_placed, errors)]
    rms = math.sqrt(sum(error * error for error in errors) / len(errors))
    rows += ["", f"{len(records)} designs of {len(nets)} nets; the largest errors: LUT {worst[0]}, placed {worst[1]}, period {worst[2]} (root of the mean square {rms:.1f} %)."]
    return rows


def header(records, terms, errors):
    versions = sorted({(record["nextpnr"], record["yosys"]) for record in records})
    tools = "; ".join(f"nextpnr-ecp5 {nextpnr}, Yosys {yosys}" for nextpnr, yosys in versions)
    lines = "\n".join(f"//   {row}" if row else "//" for row in [*table(records, errors), "", summary(records, errors)[-1]])
    return f"""#pragma once

// Written by tools/fit_delays.py: do not edit. {tools}, LFE5U-85F grade -6, the mean of the seeds. The designs are in
// tools/ecp5_placements.json. LUT: our count; placed: TRELLIS_COMB, predicted by two more for each carry chain. Each period is predicted by a fit to all
// other nets.
//
{lines}

namespace lutra::ecp5_delays {{

inline constexpr double clock_to_output_ns = {CLOCK_TO_OUTPUT};
inline constexpr double to_register_ns = {TO_REGISTER};
inline constexpr double lut_ns = {LUT};
inline constexpr double mux_ns = {MUX};
inline constexpr double chain_ns = {ONTO_CHAIN + OFF_CHAIN:.2f};
inline constexpr double chain_per_bit_ns = {ALONG_CHAIN};
inline constexpr double wire_ns = {terms[0]:.3f};                    ///< a usual wire
inline constexpr double longest_wire_ns = {terms[1]:.3f};            ///< by how much the longest of a way exceeds it in a very small design
inline constexpr double longest_wire_per_width_ns = {terms[2]:.3f};  ///< more in a design of 1,000 LUTs; it grows with their square root

}}  // namespace lutra::ecp5_delays
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2, help="placements of each design (2)")
    parser.add_argument("--only", action="append", choices=sorted(CLOCKS), help="places this net's designs; may come several times (all)")
    parser.add_argument("--from-data", action="store_true", help="places nothing")
    arguments = parser.parse_args()
    if not arguments.from_data:
        place(arguments.only or sorted(CLOCKS), arguments.seeds)
    records = load()
    errors = errors_left_out(records)
    OUTPUT.write_text(header(records, fit(records), errors))
    print("\n".join([*table(records, errors), "", *summary(records, errors)]))


if __name__ == "__main__":
    main()
