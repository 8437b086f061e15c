"""Records what onnxruntime and qonnx compute for the real files of the data folder: tests/golden/real_models.

Usage: record_real_models.py DATA FOLDER. Float files: the outputs of all events. Quantised ones: a checksum of what all quantisers give for each
event, and the outputs and values themselves for the first events. The batch normalisation of three_layer_bn_keras.onnx stands between transposes that put the batch
on its channel axis, which onnxruntime refuses; they are taken out here, as the importer does.
"""

import gzip
import pathlib
import sys
import zlib

import numpy as np
import onnx
import onnxruntime
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.infer_shapes import InferShapes


def without_transposes(model):
    """Connects the users of each Transpose with its input."""
    source = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Transpose"}
    kept = [node for node in model.graph.node if node.op_type != "Transpose"]
    for node in kept:
        node.input[:] = [source.get(name, name) for name in node.input]
    del model.graph.node[:]
    model.graph.node.extend(kept)
    return model


def take_batches(model, size):
    """Makes the first axis of the event's inputs and outputs this long; what the file infers for one event is dropped."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in constants]
    for value in [*inputs, *model.graph.output]:
        value.type.tensor_type.shape.dim[0].dim_value = size
    del model.graph.value_info[:]
    return inputs[0].name


def run_onnxruntime(model, x):
    name = take_batches(model, len(x))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {name: x})[0]


def run_qonnx(model, x):
    """Outputs, and the values behind each quantiser of the event in the file's order, one row per event."""
    constants = {tensor.name for tensor in model.graph.initializer}
    quantised = [node.output[0] for node in model.graph.node if node.op_type == "Quant" and node.input[0] not in constants]
    name = take_batches(model, len(x))
    context = execute_onnx(ModelWrapper(model).transform(InferShapes()), {name: x}, return_full_exec_context=True)
    values = np.concatenate([context[tensor].reshape(len(x), -1) for tensor in quantised], axis=1)
    return context[model.graph.output[0].name], values.astype(np.float32) + np.float32(0)  # a sum turns -0 into 0


def checksums(rows):
    """CRC-32 of the little-endian float32 of each row: all events are compared, few are stored."""
    return np.array([zlib.crc32(row.astype("<f4").tobytes()) for row in rows], np.uint32)


def main(data, folder):
    folder.mkdir(parents=True, exist_ok=True)
    jets = np.load(data / "jets/openml_test1000_x.npy")
    pixels = gzip.decompress((data / "mnist/t10k-images-idx3-ubyte.gz").read_bytes())[16:]
    images = np.frombuffer(pixels, np.uint8).reshape(-1, 1, 28, 28)
    digits = (images / np.float32(255)).astype(np.float32)
    for name in ("three_layer_keras", "three_layer_pytorch", "three_layer_bn_keras"):
        model = onnx.load(data / f"models/onnx/{name}.onnx")
        np.save(folder / f"{name}.y.npy", run_onnxruntime(without_transposes(model), jets))
    for name, x, num_stored in (("qkeras_jettagging", jets, 40), ("TFC_2W2A", digits, 4)):
        y, quantised = run_qonnx(onnx.load(data / f"models/onnx/{name}.onnx"), x)
        np.save(folder / f"{name}.y.npy", y[:num_stored])
        np.save(folder / f"{name}.quant.npy", quantised[:num_stored])
        np.save(folder / f"{name}.crc.npy", checksums(quantised))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
