"""Records what Keras 3, Keras 2 (tf2onnx) and QKeras (qonnx) export to ONNX, with what the frameworks compute.

Usage: TF_USE_LEGACY_KERAS=1 record_keras_exports.py FOLDER (tests/golden/exports).
"""

import pathlib
import sys
import types

import keras
import numpy as np
import onnx
import qkeras
import tensorflow as tf
import tf2onnx
import tf2onnx.optimizer
import tf_keras

from exports import Recorder, events

# qonnx 0.4.0 is the last release with the converter; it looks for a table that onnx has dropped since.
onnx.mapping = types.SimpleNamespace(
    TENSOR_TYPE_TO_NP_TYPE={number: onnx.helper.tensor_dtype_to_np_dtype(number) for number in onnx.TensorProto.DataType.values() if number},
    NP_TYPE_TO_TENSOR_TYPE={np.dtype(name): getattr(onnx.TensorProto, name.upper()) for name in ("int8", "int16", "int32", "int64", "double")} | {np.dtype("float32"): onnx.TensorProto.FLOAT})
from qonnx.converters.keras import from_keras  # noqa: E402


def sequential(layers, sequential_class, input_layer):
    return sequential_class([
        input_layer((6,)),
        layers.Dense(8, name="fc1"), layers.BatchNormalization(name="bn1"), layers.ReLU(name="relu1"), layers.Dropout(0.2),
        layers.Dense(4, activation="sigmoid", name="fc2"), layers.Dense(3, activation="softmax", name="fc3")])


def functional(layers, model_class, input_function):
    x = input_function((6,), name="x")
    first = layers.Dense(6, activation="relu", name="first")(x)
    joined = layers.Concatenate(name="joined")([layers.Add(name="sum")([first, x]), layers.Dense(3, activation="tanh", name="second")(first)])
    return model_class(x, layers.Dense(2, name="third")(layers.LeakyReLU(name="leaky")(joined)))


def settle(net):
    """Statistics of batch normalisations that are not those of a new layer."""
    random = np.random.default_rng(17)
    for layer in net.layers:
        if "BatchNormalization" in type(layer).__name__:
            layer.set_weights([np.abs(random.normal(size=w.shape)) + 0.5 for w in layer.get_weights()])


def record_keras(recorder):
    x = events(6)
    keras.utils.set_random_seed(19)
    nets = {"sequential": sequential(keras.layers, keras.Sequential, keras.Input), "functional": functional(keras.layers, keras.Model, keras.Input)}
    for name, net in nets.items():
        settle(net)
        y = net.predict(x, verbose=0)
        case = f"keras3_{name}"
        net.export(recorder.path(case), format="onnx", verbose=False)
        recorder.add(case, x, y)
    old = {"sequential": sequential(tf_keras.layers, tf_keras.Sequential, tf_keras.layers.InputLayer), "functional": functional(tf_keras.layers, tf_keras.Model, tf_keras.Input)}
    for name, net in old.items():
        settle(net)
        case = f"keras2_{name}"
        net.output_names = [f"out_{i}" for i in range(len(net.outputs))]
        signature = [tf.TensorSpec((None, 6), tf.float32, name="x")]
        model, _ = tf2onnx.convert.from_function(tf.function(lambda t, net=net: net(t, training=False), input_signature=signature), signature, opset=13)
        onnx.save(model, recorder.path(case))
        recorder.add(case, x, net.predict(x, verbose=0))


def quantised_net(weights, activation):
    """Without a quantiser on the input, which the converter would drop: inputs lie on a grid instead."""
    return tf_keras.Sequential([
        tf_keras.layers.InputLayer((6,)),
        qkeras.QDense(8, kernel_quantizer=weights, bias_quantizer="quantized_bits(6, 1, alpha=1)", name="fc1"), qkeras.QActivation(activation, name="act1"),
        qkeras.QDense(3, kernel_quantizer=weights, bias_quantizer="quantized_bits(6, 1, alpha=1)", name="fc2")])


def record_qkeras(recorder):
    x = events(6, grid=1 / 64)
    nets = {
        "bits": ("quantized_bits(6, 0, alpha=1)", "quantized_relu(6, 2)"),
        "narrow_bits": ("quantized_bits(4, 1, alpha=1)", "quantized_relu(5, 2)"),
        "ternary": ("ternary(alpha=1, threshold=0.5)", "quantized_relu(4, 1)"),
        "binary": ("binary(alpha=1)", "quantized_relu(3, 2)"),
    }
    for name, (weights, activation) in nets.items():
        tf_keras.utils.set_random_seed(23)
        net = quantised_net(weights, activation)
        random = np.random.default_rng(31)
        for layer in net.layers:
            layer.set_weights([w if w.ndim > 1 else random.normal(size=w.shape) * 0.4 for w in layer.get_weights()])
        case = f"qkeras_{name}"
        model, _ = from_keras(net, opset=9)
        onnx.save(in_order(model), recorder.path(case))
        recorder.add(case, x, net.predict(x, verbose=0), tolerance=0)


def in_order(model):
    """The same model with its nodes, tensors and names in the order in which the output needs them: qonnx takes them as they lie in memory."""
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    stored = {tensor.name: tensor for tensor in graph.initializer}
    names, nodes, tensors = {name.name: name.name for name in [*graph.input, *graph.output]}, [], []

    def visit(tensor):
        node = makers.get(tensor)
        if tensor in stored and tensor not in names:
            names[tensor] = f"constant_{len(tensors)}"
            tensors.append(stored[tensor])
        if node is None or any(node is known for known in nodes):
            return
        for source in node.input:
            visit(source)
        for i, output in enumerate(node.output):
            names.setdefault(output, f"value_{len(nodes)}_{i}")
        nodes.append(node)

    for output in graph.output:
        visit(output.name)
    for i, node in enumerate(nodes):
        node.name = f"{node.op_type}_{i}"
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names[name] for name in node.output]
    for tensor in tensors:
        tensor.name = names[tensor.name]
    result = onnx.helper.make_graph(nodes, graph.name, list(graph.input), list(graph.output), tensors)
    return onnx.helper.make_model(result, opset_imports=sorted(model.opset_import, key=lambda opset: opset.domain), ir_version=model.ir_version, producer_name=model.producer_name, producer_version=model.producer_version)


def main(folder):
    recorder = Recorder(folder)
    record_keras(recorder)
    record_qkeras(recorder)
    recorder.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
