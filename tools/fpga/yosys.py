"""Runs Yosys scripts with pyosys, as `yosys -V` and `yosys [-q] -s SCRIPT` do."""

import sys
from importlib.metadata import version


def main(arguments):
    if arguments == ["-V"]:
        print(f"Yosys {version('pyosys')} (pyosys)")
        return 0
    quiet = "-q" in arguments
    rest = [a for a in arguments if a not in ("-q", "-Q")]
    if len(rest) != 2 or rest[0] != "-s":
        print("usage: yosys -V | yosys [-q] -s SCRIPT", file=sys.stderr)
        return 2
    from pyosys import libyosys

    # A failing pass prints "ERROR: ..." and ends this process with status 1.
    libyosys.run_pass(("tee -q script " if quiet else "script ") + rest[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
