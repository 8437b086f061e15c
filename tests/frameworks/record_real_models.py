"""Records what onnxruntime and qonnx compute for the real files of the data folder: tests/golden/real_models.

Usage: record_real_models.py DATA FOLDER. The batch normalisation of three_layer_bn_keras.onnx stands between transposes that put the batch
on its channel axis, which onnxruntime refuses; they are taken out here, as the importer does.
"""

import gzip
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.infer_shapes import InferShapes

NUM_JETS = 40
NUM_DIGITS = 4


def without_transposes(model):
    """Connects the users of each Transpose with its input."""
    source = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Transpose"}
    kept = [node for node in model.graph.node if node.op_type != "Transpose"]
    for node in kept:
        node.input[:] = [source.get(name, name) for name in node.input]
    del model.graph.node[:]
    model.graph.node.extend(kept)
    return model


def run_onnxruntime(model, x):
    for value in [*model.graph.input, *model.graph.output]:
        if value.name not in {tensor.name for tensor in model.graph.initializer}:
            value.type.tensor_type.shape.dim[0].dim_value = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return np.concatenate([session.run(None, {name: event[None]})[0] for event in x])


def run_qonnx(model, x):
    """Outputs, and the values behind each quantiser of the event in the file's order."""
    constants = {tensor.name for tensor in model.graph.initializer}
    quantised = [node.output[0] for node in model.graph.node if node.op_type == "Quant" and node.input[0] not in constants]
    wrapper = ModelWrapper(model).transform(InferShapes())
    name = [i.name for i in model.graph.input if i.name not in constants][0]
    outputs, values = [], []
    for event in x:
        context = execute_onnx(wrapper, {name: event[None]}, return_full_exec_context=True)
        outputs.append(context[model.graph.output[0].name][0])
        values.append(np.concatenate([context[tensor].ravel() for tensor in quantised]))
    return np.stack(outputs), np.stack(values)


def main(data, folder):
    folder.mkdir(parents=True, exist_ok=True)
    jets = np.load(data / "jets/openml_test1000_x.npy")[:NUM_JETS]
    pixels = gzip.decompress((data / "mnist/t10k-images-idx3-ubyte.gz").read_bytes())[16:]
    images = np.frombuffer(pixels, np.uint8).reshape(-1, 1, 28, 28)[:NUM_DIGITS]
    digits = (images / np.float32(255)).astype(np.float32)
    for name in ("three_layer_keras", "three_layer_pytorch", "three_layer_bn_keras"):
        model = onnx.load(data / f"models/onnx/{name}.onnx")
        np.save(folder / f"{name}.y.npy", run_onnxruntime(without_transposes(model), jets))
    for name, x in (("qkeras_jettagging", jets), ("TFC_2W2A", digits)):
        y, quantised = run_qonnx(onnx.load(data / f"models/onnx/{name}.onnx"), x)
        np.save(folder / f"{name}.y.npy", y)
        np.save(folder / f"{name}.quant.npy", quantised.astype(np.float32))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
