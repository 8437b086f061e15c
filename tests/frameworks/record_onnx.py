"""Records small ONNX models with what onnxruntime or qonnx compute: NAME.onnx, NAME.xI.npy, NAME.yI.npy in tests/golden/onnx.

Usage: record_onnx.py FOLDER. Needs onnx, onnxruntime and qonnx; run.sh installs them. Results are exact where inputs lie on a grid and the
model only quantises; `cases.txt` says for each model how far results may be apart.
"""

import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.infer_shapes import InferShapes

from onnx_cases import CASES

EVENTS = 5


def run_onnxruntime(model, feed):
    """Runs the operators as they stand: fused ones quantise the event where the model does not."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, feed)


def run_qonnx(model, feed):
    wrapper = ModelWrapper(onnx.ModelProto.FromString(model.SerializeToString())).transform(InferShapes())
    results = execute_onnx(wrapper, feed)
    return [results[output.name] for output in model.graph.output]


def run(net, model, inputs):
    """Outputs of all events, computed one event after the other with the batch size that the model records."""
    execute = run_qonnx if net.is_qonnx else run_onnxruntime
    rows = []
    for event in range(EVENTS):
        feed = {f"x{i}": x[event : event + 1] if net.has_batch else x[event] for i, x in enumerate(inputs)}
        rows.append(execute(model, feed))
    return [np.stack([row[k] for row in rows]) for k in range(len(rows[0]))]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.onnx"), *folder.glob("*.npy")]:
        old.unlink()
    lines = []
    for name, make in CASES.items():
        net = make()
        model = net.model()
        inputs = net.events(EVENTS)
        outputs = run(net, model, inputs)
        onnx.save(model, folder / f"{name}.onnx")
        for i, x in enumerate(inputs):
            np.save(folder / f"{name}.x{i}.npy", x)
        for i, y in enumerate(outputs):
            np.save(folder / f"{name}.y{i}.npy", y.astype(np.float32) if y.dtype == np.float16 else y)
        tolerance = 0 if net.grid else 2e-3 if net.types[0] == onnx.TensorProto.FLOAT16 else 1e-5
        lines.append(f"{name} {tolerance}\n")
    (folder / "cases.txt").write_text("".join(sorted(lines)))
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{len(lines)} models, {size / 1000:.0f} kB in {folder}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
