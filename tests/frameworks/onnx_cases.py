"""All small ONNX models, one per operator and option: importing a file of a theme adds its models to the table."""

import onnx_folding_cases
import onnx_function_cases
import onnx_layer_cases
import onnx_quantizer_cases
import onnx_shape_cases
from onnx_net import CASES

__all__ = ["CASES", "onnx_folding_cases", "onnx_function_cases", "onnx_layer_cases", "onnx_quantizer_cases", "onnx_shape_cases"]
