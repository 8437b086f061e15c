"""The jet taggers of HGQ2 in LUTRA_DATA."""

import dataclasses
import os
import pathlib

from environments import REPOSITORY


@dataclasses.dataclass(frozen=True)
class Net:
    """A file of HGQ2 with the scores that HGQ2 gives for the recorded events."""

    name: str
    file: pathlib.Path
    expected: pathlib.Path
    has_tables: bool  # layers that are sums of tables


def known_nets():
    data = pathlib.Path(os.environ.get("LUTRA_DATA", REPOSITORY / ".." / "shared" / "data"))
    nets = {}
    for name, folder, ebops in [("0.771", "hgq", 13285), ("0.758", "hgq", 2571), ("0.770", "hgq-lut", 6604), ("0.743", "hgq-lut", 598)]:
        stem = f"jsc_openml_val{name}_ebops{ebops}"
        nets[name] = Net(name, data / "models" / folder / f"{stem}.keras", data / "expected" / f"{stem}.npy", folder == "hgq-lut")
    return nets
