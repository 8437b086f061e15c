"""What the recording scripts of Keras, QKeras and HGQ share: models with all their weights drawn, saved small, beside inputs and outputs."""

import io
import json
import pathlib
import re
import zipfile
import zlib

import numpy as np

EVENTS = 5


def draw_inputs(shapes, seed=7, scale=2.0):
    """Float32 events of several inputs, none of them near a tie."""
    draw = np.random.default_rng(seed)
    return [draw.normal(0, scale, (EVENTS, *shape)).astype(np.float32) for shape in shapes]


def seed_of(name):
    """The seed of a model's weights, which stays as it is when other models come or go."""
    return zlib.crc32(name.encode())


def without_chance(name, content):
    """An entry of an archive without the date, and with small numbers in place of the addresses of objects: recording twice gives the same bytes."""
    if name == "metadata.json":
        return json.dumps(json.loads(content) | {"date_saved": "2026-01-01@00:00:00"}).encode()
    if name == "config.json":
        numbers = {}
        return re.sub(rb'(?<="shared_object_id": )\d+', lambda match: str(numbers.setdefault(match.group(), len(numbers))).encode(), content)
    return content


def smaller(path):
    """Packs an archive again, deflated and without dates, which makes it a fraction of what Keras writes."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: without_chance(name, archive.read(name)) for name in sorted(archive.namelist())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    pathlib.Path(path).write_bytes(packed.getvalue())


class Recorder:
    """Writes NAME.keras (or another suffix), NAME.xI.npy and NAME.yI.npy, and a line of cases.txt for each model."""

    def __init__(self, folder, prefix, names=()):
        """Removes what was recorded with this prefix; with names, of these alone."""
        self.folder = pathlib.Path(folder)
        self.prefix = prefix
        self.folder.mkdir(parents=True, exist_ok=True)
        is_old = lambda name: name.startswith(prefix) and (not names or name.removeprefix(prefix) in names)
        for old in self.folder.glob(f"{prefix}*"):
            if is_old(old.name.split(".")[0]):
                old.unlink()
        self.list = self.folder / "cases.txt"
        lines = self.list.read_text().splitlines() if self.list.exists() else []
        self.lines = [line for line in lines if not is_old(line.split()[0])]

    def record(self, name, inputs, outputs, tolerance):
        """Adds one model whose file has been saved under `path(name)`."""
        for i, x in enumerate(inputs):
            np.save(self.folder / f"{self.prefix}{name}.x{i}.npy", x)
        for i, y in enumerate(outputs):
            np.save(self.folder / f"{self.prefix}{name}.y{i}.npy", np.asarray(y, np.float32))
        self.lines.append(f"{self.prefix}{name} {tolerance}")

    def path(self, name, suffix=".keras"):
        return self.folder / f"{self.prefix}{name}{suffix}"

    def finish(self):
        self.list.write_text("\n".join(sorted(self.lines)) + "\n")
        size = sum(path.stat().st_size for path in self.folder.iterdir())
        print(f"{len(self.lines)} models, {size / 1000:.0f} kB in {self.folder}")


def predict(model, inputs):
    """The outputs of a model in inference, as a list."""
    result = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    results = list(result.values()) if isinstance(result, dict) else result if isinstance(result, (list, tuple)) else [result]
    return [np.asarray(y.detach() if hasattr(y, "detach") else y) for y in results]
