"""What the recorders of exports share: a folder of NAME.onnx, NAME.x0.npy, NAME.y0.npy and, in cases.txt, how far results may be apart."""

import pathlib

import numpy as np

EVENTS = 6


class Recorder:
    """Writes the models of one framework into a folder that others share: files of models that it does not record stay."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tolerances = {}
        cases = self.folder / "cases.txt"
        if cases.exists():
            self.tolerances = dict(line.split() for line in cases.read_text().splitlines())

    def path(self, name, extension="onnx"):
        return self.folder / f"{name}.{extension}"

    def add(self, name, x, y, tolerance=1e-5):
        """Records what the framework computes for a model that lies in the folder already. Tolerance 0: the same float32."""
        for letter, arrays in (("x", x), ("y", y)):
            for i, array in enumerate(arrays if isinstance(arrays, (list, tuple)) else [arrays]):
                array = np.asarray(array)
                np.save(self.folder / f"{name}.{letter}{i}.npy", array.astype(np.float32) if array.dtype == np.float16 else array)
        self.tolerances[name] = str(tolerance)
        print(f"{name}: recorded")

    def close(self):
        (self.folder / "cases.txt").write_text("".join(f"{name} {tolerance}\n" for name, tolerance in sorted(self.tolerances.items())))


def events(*shape, scale=1.0, seed=5, grid=None):
    """Normal random numbers, on a grid of binary fractions where results must be exact."""
    x = np.random.default_rng(seed).normal(size=(EVENTS, *shape)) * scale
    return (np.round(x / grid) * grid if grid else x).astype(np.float32)
