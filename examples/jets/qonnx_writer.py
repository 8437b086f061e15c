"""Writes quantised nets as QONNX: ONNX with Quant and BipolarQuant nodes (A. Pappalardo et al., arXiv:2206.07527)."""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

import networks

QONNX_DOMAIN = "qonnx.custom_op.general"
OPSET = 17


class GraphWriter:
    """Gathers the nodes of a chain of layers from `input` on; `value` names the tensor where the chain ends so far."""

    def __init__(self):
        self.nodes = []
        self.constants = []
        self.value = "input"

    def constant(self, name, array):
        """Adds a float32 constant and returns its name."""
        self.constants.append(numpy_helper.from_array(np.asarray(array, np.float32), name))
        return name

    def node(self, op, name, inputs, domain="", **attributes):
        """Adds a node with one output, `name`_out, and returns the output's name."""
        self.nodes.append(helper.make_node(op, inputs, [f"{name}_out"], name, domain=domain, **attributes))
        return f"{name}_out"

    def quant(self, name, value, quantiser):
        """Adds a Quant node on `value` and returns its output."""
        parameters = {"scale": quantiser.scale, "zero_point": 0.0, "bits": float(quantiser.bits)}
        inputs = [value, *(self.constant(f"{name}_{key}", number) for key, number in parameters.items())]
        flags = {"signed": int(quantiser.signed), "narrow": int(quantiser.narrow), "rounding_mode": "ROUND"}
        return self.node("Quant", name, inputs, QONNX_DOMAIN, **flags)

    def quantised_constant(self, name, tensor, quantiser):
        """Adds a constant and its Quant node; returns the node's output."""
        return self.quant(f"{name}_quant", self.constant(name, tensor.detach().numpy()), quantiser)

    def model(self, name):
        """Returns the checked model that computes `value` from one jet."""
        self.nodes[-1].output[0] = "output"
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, networks.NUM_FEATURES])],
            [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, networks.NUM_CLASSES])],
            self.constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(QONNX_DOMAIN, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="train_models.py", ir_version=8)
        checker.check_model(model)
        return model


def write_quantised_net(net):
    """Returns the QONNX model of a `QuantisedNet`; its weights are stored as they are after rounding."""
    writer = GraphWriter()
    writer.value = writer.quant("input_quant", writer.value, networks.INPUT_QUANTISER)
    for number, layer in enumerate(net.layers, start=1):
        weight = writer.quantised_constant(f"fc{number}_weight", layer.quantised_weight().T, layer.weight_quantiser)
        bias = writer.quantised_constant(f"fc{number}_bias", layer.quantised_bias(), layer.bias_quantiser)
        product = writer.node("MatMul", f"fc{number}", [writer.value, weight])
        writer.value = writer.node("Add", f"fc{number}_add", [product, bias])
        if number < len(net.layers):
            relu = writer.node("Relu", f"relu{number}", [writer.value])
            writer.value = writer.quant(f"relu{number}_quant", relu, net.activation_quantiser)
    return writer.model("jets_quantised")


def write_ternary_net(net):
    """Returns the QONNX model of a `TernaryNet`; batch normalisation stays a node of its own."""
    writer = GraphWriter()
    writer.value = writer.quant("input_quant", writer.value, networks.INPUT_QUANTISER)
    for number, weight in enumerate(net.quantised_weights(), start=1):
        is_last = number == len(net.weights)
        quantiser = net.output_quantiser if is_last else net.hidden_quantiser
        constant = writer.quantised_constant(f"fc{number}_weight", weight.T, quantiser)
        writer.value = writer.node("MatMul", f"fc{number}", [writer.value, constant])
        if not is_last:
            normalised = write_batch_norm(writer, f"norm{number}", net.norms[number - 1])
            scale = writer.constant(f"sign{number}_scale", 1.0)
            writer.value = writer.node("BipolarQuant", f"sign{number}", [normalised, scale], QONNX_DOMAIN)
    return writer.model("jets_ternary")


def write_batch_norm(writer, name, norm):
    """Adds the batch normalisation `norm` of the writer's value and returns its output."""
    parameters = {"scale": norm.weight, "shift": norm.bias, "mean": norm.running_mean, "variance": norm.running_var}
    inputs = [writer.constant(f"{name}_{key}", tensor.detach().numpy()) for key, tensor in parameters.items()]
    return writer.node("BatchNormalization", name, [writer.value, *inputs], epsilon=norm.eps)
