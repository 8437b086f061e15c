"""ONNX and QONNX for import_worker.py: qonnx prepares a file for hls4ml, as hls4ml's manual says, and qonnx or onnxruntime computes it."""

import warnings

import numpy
import onnx
import onnxruntime

import hls4ml
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.change_batchsize import ChangeBatchSize
from qonnx.transformation.channels_last import ConvertToChannelsLastAndClean
from qonnx.transformation.gemm_to_matmul import GemmToMatMul
from qonnx.transformation.infer_shapes import InferShapes
from qonnx.util.cleanup import cleanup_model

FRAMEWORK = f"qonnx with onnxruntime {onnxruntime.__version__}"


def wrapped(file):
    with warnings.catch_warnings(action="ignore"):
        return cleanup_model(ModelWrapper(onnx.load(file)))


def read(file, weights):
    model = wrapped(file)
    operators = {node.op_type for node in model.graph.node}
    if "Gemm" in operators:
        model = cleanup_model(model.transform(GemmToMatMul()))
    if "Conv" in operators:
        model = cleanup_model(model.transform(ConvertToChannelsLastAndClean()))
    return model


def to_hls4ml(model, precision, folder):
    config = hls4ml.utils.config_from_onnx_model(model, granularity="name", backend="Vitis", default_precision=precision)
    return hls4ml.converters.convert_from_onnx_model(model, output_dir=folder, backend="Vitis", hls_config=config)


def reference(file, weights, x):
    x = x.astype(numpy.float32)
    graph = onnx.load(file).graph
    has_qonnx = any(node.domain not in ("", "ai.onnx", "ai.onnx.ml") for node in graph.node)
    if not has_qonnx and graph.input[0].type.tensor_type.shape.dim[0].dim_value <= 1:
        session = onnxruntime.InferenceSession(file)
        name = session.get_inputs()[0].name
        return numpy.concatenate([session.run(None, {name: event[None]})[0] for event in x])
    model = wrapped(file).transform(ChangeBatchSize(len(x))).transform(InferShapes())
    return execute_onnx(model, {model.graph.input[0].name: x})[model.graph.output[0].name]
