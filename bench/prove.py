#!/usr/bin/env python3
"""How long proofs take: jet taggers are compiled for cells, `lutra prove` proves them, and tools/certificate/check_sums.py checks the certificate of its sums,
without it. CPU seconds of whole processes, on one core.

Exit status: 0 done, 3 something is not proved, 4 the command failed.

Example: bench/prove.py --devices ecp5-45 --runs 5
"""

import argparse
import os
import subprocess
import sys

import lutra
import measure
from environments import REPOSITORY, WORK_FOLDER, say
from nets import known_nets

CHECKER = REPOSITORY / "tools" / "certificate" / "check_sums.py"


def model_files():
    """Files by name: the nets of HGQ2 where they are there, and those of the example."""
    files = {name: net.file for name, net in known_nets().items() if net.file.exists()}
    for name in ("quantised", "ternary"):
        files[f"jets_{name}"] = REPOSITORY / "examples" / "jets" / "models" / f"jets_{name}.onnx"
    return files


def cpu_seconds(command):
    """(CPU seconds of the process, its exit status, what it printed)"""
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status), output


def measured(name, file, device, runs):
    """A row of the table; and whether all of it is proved."""
    folder = WORK_FOLDER / "prove" / f"{name}-{device}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    certificate = folder.with_suffix(".certificate")
    _, report = lutra.call("compile", file, "-o", folder, "--device", device)
    seconds = []
    for _ in range(runs):
        cpu, status, output = cpu_seconds([lutra.PROGRAM, "prove", folder, "--json", "-q", "--certificate", certificate])
        if status not in (0, 3):
            raise lutra.LutraFailed(f"lutra prove ended with status {status}")
        seconds.append(cpu)
    proof = lutra.parse_report(output)["verification"]["proved"]
    check, checked, _ = cpu_seconds([sys.executable, CHECKER, folder, certificate])
    counts = [f"{report['resources']['estimate']['lut']:,}", proof["methods"]["linear_forms"], proof["methods"]["all_inputs"] + proof["methods"]["sat"]]
    verdicts = ["proved" if status == 0 else "NOT PROVED", f"{check:.2g}", "holds" if checked == 0 else "DOES NOT HOLD"]
    return [name, device, *counts, measure.seconds(measure.summary(seconds)), *verdicts], status == 0 and checked == 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", default="xcvu13p,ecp5-45", help="separated by commas (xcvu13p,ecp5-45)")
    parser.add_argument("--runs", type=int, default=3, help="of lutra prove (3)")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    rows, is_proved = [], True
    for name, file in model_files().items():
        for device in arguments.devices.split(","):
            say(f"{name} for {device}")
            try:
                row, is_row_proved = measured(name, file, device, arguments.runs)
            except lutra.LutraFailed as failed:
                say(str(failed))
                return 4
            rows.append(row)
            is_proved = is_proved and is_row_proved
    print(measure.table(["net", "device", "LUT", "sums", "other bits", "prove, CPU s", "all of it", "check, CPU s", "certificate"], rows))
    return 0 if is_proved else 3


if __name__ == "__main__":
    sys.exit(main())
