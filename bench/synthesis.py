"""LUTs of any tool's Verilog by one and the same call of Yosys."""

import hashlib
import json
import subprocess

from environments import REPOSITORY, WORK_FOLDER, say, shown

FAMILIES = {
    "xcup": "synth_xilinx -family xcup -top {top} -flatten -noiopad -noclkbuf",
    "xc7": "synth_xilinx -family xc7 -top {top} -flatten -noiopad -noclkbuf",
    "ecp5": "synth_ecp5 -top {top} -noiopad",
}
DEVICES = {"xcup": "xcvu13p", "xc7": "xc7a100t", "ecp5": "ecp5-85"}


class SynthesisFailed(Exception):
    """Yosys is missing or did not take the files."""


def yosys():
    """Our Yosys, which is installed first where it is missing."""
    program = REPOSITORY / "build" / "tools" / "bin" / "yosys"
    if subprocess.run([REPOSITORY / "tools" / "install_fpga_tools.sh"], stdout=subprocess.DEVNULL).returncode != 0 or not program.exists():
        raise SynthesisFailed("tools/install_fpga_tools.sh did not install Yosys")
    return program


def yosys_version():
    """Such as 'Yosys 0.70'."""
    return " ".join(subprocess.run([yosys(), "-V"], capture_output=True, text=True).stdout.split()[:2])


def synthesise_once(files, top, family, folder):
    """As synthesise, but the same Verilog, family and Yosys are mapped only once; the counts are kept in build/bench/counts."""
    key = hashlib.sha256("\0".join([yosys_version(), FAMILIES[family], top, *[path.read_text() for path in files]]).encode()).hexdigest()
    kept = WORK_FOLDER / "counts" / f"{key}.json"
    if not kept.exists():
        counts = synthesise(files, top, family, folder)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(counts))
    return json.loads(kept.read_text())


def synthesise(files, top, family, folder):
    """{lut, inv, carry, mux, ff, dsp} of Verilog files mapped to a family, without pads; on ECP5 lut includes two per carry cell. An INV, which Yosys leaves on
    Xilinx where a placer moves it into what it feeds, is no LUT."""
    folder = WORK_FOLDER / folder
    folder.mkdir(parents=True, exist_ok=True)
    script = [f"read_verilog {path}" for path in files]
    script += ["scratchpad -set abc9.verify 0", FAMILIES[family].format(top=top), "tee -q -o stat.json stat -json"]
    (folder / "synth.ys").write_text("\n".join(script) + "\n")
    say(f"yosys maps {shown(folder)}")
    with open(folder / "synth.log", "w") as log:
        if subprocess.run([yosys(), "-s", "synth.ys"], cwd=folder, stdout=log, stderr=subprocess.STDOUT).returncode != 0:
            raise SynthesisFailed(f"Yosys failed; the log is {shown(folder / 'synth.log')}")
    cells = json.loads((folder / "stat.json").read_text())["design"]["num_cells_by_type"]

    def count(*prefixes):
        return sum(number for name, number in cells.items() if name.startswith(prefixes))

    carry = count("CARRY", "CCU2")
    return {
        "lut": count("LUT") + (2 * carry if family == "ecp5" else 0),
        "inv": count("INV"),
        "carry": carry,
        "mux": count("MUXF", "PFUMX", "L6MUX21"),
        "ff": count("FD", "TRELLIS_FF"),
        "dsp": count("DSP48", "MULT18X18"),
    }
