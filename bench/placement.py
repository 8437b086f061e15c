"""Any tool's Verilog placed and routed on ECP5 by one and the same calls of Yosys and nextpnr, inside one and the same harness."""

import hashlib
import json
import subprocess

from environments import REPOSITORY, WORK_FOLDER, say, shown
from synthesis import SynthesisFailed, yosys, yosys_version

LANES = 8
NEXTPNR_OPTIONS = ["--85k", "--package", "CABGA381", "--speed", "6", "--lpf-allow-unconstrained", "--timing-allow-fail"]


def nextpnr():
    """Our nextpnr-ecp5, which stands beside our Yosys."""
    yosys()
    return REPOSITORY / "build" / "tools" / "bin" / "nextpnr-ecp5"


def harness(top, ports):
    """A module that feeds the inputs of `top` from a shift register of eight lanes and folds its registered outputs into another one, so that each path lies
    between registers and few pins are needed. ports: [(name, width, direction)]; one called clk is the clock."""
    width_in = sum(width for _, width, direction in ports if direction == "input")
    width_out = sum(width for _, width, direction in ports if direction == "output")
    width_in += -width_in % LANES
    width_out += -width_out % LANES
    connections, first_in, first_out = ["        .clk(clk)"] if any(name == "clk" for name, _, _ in ports) else [], 0, 0
    for name, width, direction in ports:
        if name == "clk":
            continue
        if direction == "input":
            connections.append(f"        .{name}(fed[{first_in + width - 1}:{first_in}])")
            first_in += width
        else:
            connections.append(f"        .{name}(given[{first_out + width - 1}:{first_out}])")
            first_out += width
    return "\n".join(
        [
            f"module harness(input clk, input [{LANES - 1}:0] serial_in, output [{LANES - 1}:0] serial_out);",
            f"    reg [{width_in - 1}:0] fed;",
            f"    wire [{width_out - 1}:0] given;",
            f"    reg [{width_out - 1}:0] taken;",
            f"    reg [{width_out - 1}:0] folded;",
            f"    assign serial_out = folded[{width_out - 1}:{width_out - LANES}];",
            "    always @(posedge clk) begin",
            f"        fed <= {{fed, serial_in}};",
            "        taken <= given;",
            f"        folded <= {{folded, {LANES}'d0}} ^ taken;",
            "    end",
            f"    {top} core (",
            ",\n".join(connections),
            "    );",
            "endmodule",
            "",
        ]
    )


def cut_unread_carries(netlist):
    """Yosys leaves a net at every carry output, and nextpnr spends a slice for each, read or not."""
    module = netlist["modules"]["harness"]
    read = set()
    for cell in module["cells"].values():
        for port, bits in cell["connections"].items():
            if cell["port_directions"][port] == "input":
                read.update(bits)
    for cell in module["cells"].values():
        if cell["type"] == "CCU2C" and not read.intersection(cell["connections"].get("COUT", [])):
            cell["connections"]["COUT"] = ["x"]


def netlist_of(files, top, ports, folder):
    """Yosys' netlist of the design in its harness, as a file."""
    (folder / "harness.v").write_text(harness(top, ports))
    script = [f"read_verilog {path}" for path in [*files, folder / "harness.v"]]
    script += ["scratchpad -set abc9.verify 0", "synth_ecp5 -top harness -noiopad -json harness.json"]
    (folder / "place.ys").write_text("\n".join(script) + "\n")
    with open(folder / "yosys.log", "w") as log:
        if subprocess.run([yosys(), "-s", "place.ys"], cwd=folder, stdout=log, stderr=subprocess.STDOUT).returncode != 0:
            raise SynthesisFailed(f"Yosys failed; the log is {shown(folder / 'yosys.log')}")
    netlist = json.loads((folder / "harness.json").read_text())
    cut_unread_carries(netlist)
    (folder / "harness.json").write_text(json.dumps(netlist))


def place(files, top, ports, clock_ns, seeds, folder):
    """{fmax_mhz, seed, comb, ff} of the best seed of 1..seeds; comb and ff are nextpnr's, with the harness. Kept in build/bench/placements by what goes in."""
    options = [*NEXTPNR_OPTIONS, "--freq", f"{1000 / clock_ns:.3f}"]
    texts = [path.read_text() for path in files] + [harness(top, ports)]
    key = hashlib.sha256("\0".join([yosys_version(), nextpnr_version(), *options, str(seeds), *texts]).encode()).hexdigest()
    kept = WORK_FOLDER / "placements" / f"{key}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    netlist_of(files, top, ports, folder)
    found = []
    for seed in range(1, seeds + 1):
        say(f"nextpnr places {shown(folder)}, seed {seed} of {seeds}")
        command = [nextpnr(), *options, "--seed", str(seed), "--json", "harness.json", "--top", "harness", "--report", "report.json"]
        with open(folder / f"nextpnr_{seed}.log", "w") as log:
            if subprocess.run(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT).returncode != 0:
                raise SynthesisFailed(f"nextpnr failed; the log is {shown(folder / f'nextpnr_{seed}.log')}")
        report = json.loads((folder / "report.json").read_text())
        (clock,) = report["fmax"].values()
        used = report["utilization"]
        found.append({"fmax_mhz": clock["achieved"], "seed": seed, "comb": used["TRELLIS_COMB"]["used"], "ff": used["TRELLIS_FF"]["used"]})
    best = max(found, key=lambda run: run["fmax_mhz"])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(best))
    return best


def nextpnr_version():
    done = subprocess.run([nextpnr(), "--version"], capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()
