"""A chain of quantisers, dense layers and ReLUs as an ONNX file says it, for tools without an ONNX reader of their own.

The chain is walked once with whatever is given as input: numbers, which gives the exact result, or the symbols of a tracer, which
gives a circuit. All numbers are multiples of powers of two of far fewer than 53 bits, so float64 holds each of them exactly."""

import math

import numpy
import onnx
from onnx import numpy_helper

ACTIVATION_FRACTION = 10  # of fixed<16,6>, which float models get


class Numbers:
    """How quantisers act on arrays of float64."""

    @staticmethod
    def saturate(x, low, high, unit):
        """Rounds half to even to multiples of unit, then saturates."""
        return numpy.clip(numpy.round(x / unit), low, high) * unit

    @staticmethod
    def wrap(x, bits, fraction):
        """Rounds down and wraps into a signed type."""
        integers = numpy.floor(x * 2.0**fraction)
        assert_exact(integers)
        return ((integers + 2.0 ** (bits - 1)) % 2.0**bits - 2.0 ** (bits - 1)) * 2.0**-fraction


def assert_exact(integers):
    """Fails where float64 no longer holds every integer."""
    if numpy.abs(integers).max(initial=0) >= 2.0**53:
        raise OverflowError("values need more than 53 bits")


def attributes_of(node):
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def read_quantiser(node, constants):
    """(low, high, unit) of a Quant node: the range of its integers, which count units of this power of two."""
    scale, zero_point, bits = (float(constants[name]) for name in node.input[1:])
    attributes = attributes_of(node)
    if attributes["rounding_mode"].upper() != b"ROUND" or zero_point != 0 or math.frexp(scale)[0] != 0.5:
        raise ValueError(f"{node.name}: only round, zero point 0 and power-of-two scales")
    if attributes["signed"]:
        return -(2.0 ** (bits - 1)) + attributes["narrow"], 2.0 ** (bits - 1) - 1, scale
    return 0.0, 2.0**bits - 1 - attributes["narrow"], scale


def first_quantiser(file):
    """(low, high, unit) of the quantiser that the input goes through first; None where a dense layer comes first."""
    graph = onnx.load(file).graph
    node = next(node for node in graph.node if graph.input[0].name in node.input)
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    return read_quantiser(node, constants) if node.op_type == "Quant" else None


def num_inputs(file):
    return onnx.load(file).graph.input[0].type.tensor_type.shape.dim[-1].dim_value


def walk(file, x, is_float, arithmetic=Numbers):
    """The scores for x. A float model's weights, biases and ReLU results are rounded down to fixed<16,6>."""
    graph = onnx.load(file).graph
    constants = {tensor.name: numpy_helper.to_array(tensor).astype(numpy.float64) for tensor in graph.initializer}
    values = {graph.input[0].name: x}

    def operand(name):
        if name in values:
            return values[name]
        return Numbers.wrap(constants[name], 16, ACTIVATION_FRACTION) if is_float else constants[name]

    for node in graph.node:
        first = operand(node.input[0])
        if node.op_type == "Quant":
            result = (Numbers if node.input[0] in constants else arithmetic).saturate(first, *read_quantiser(node, constants))
        elif node.op_type == "MatMul":
            result = first @ operand(node.input[1])
        elif node.op_type == "Add":
            result = first + operand(node.input[1])
        elif node.op_type == "Relu":
            result = numpy.maximum(first, 0)
            result = arithmetic.wrap(result, 16, ACTIVATION_FRACTION) if is_float else result
        else:
            raise ValueError(f"{node.name}: {node.op_type} is not part of a dense chain")
        values[node.output[0]] = result
    return values[graph.output[0].name]
