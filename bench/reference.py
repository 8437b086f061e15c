"""What the models really compute: qonnx decides for files with quantisers, exact integer arithmetic for float files with given types."""

import warnings

import dense_chain
import numpy
import onnx
from environments import say
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.change_batchsize import ChangeBatchSize
from qonnx.transformation.infer_shapes import InferShapes
from qonnx.util.cleanup import cleanup_model


class ReferencesDiffer(Exception):
    """qonnx and the exact integers disagree: the benchmark has no ground to stand on."""


def qonnx_scores(file, x):
    """The scores that qonnx and onnxruntime compute, in float32, for all events at once."""
    with warnings.catch_warnings(action="ignore"):
        wrapped = ModelWrapper(onnx.load(file))
    model = cleanup_model(wrapped).transform(ChangeBatchSize(len(x))).transform(InferShapes())
    context = {model.graph.input[0].name: x.astype(numpy.float32)}
    return execute_onnx(model, context)[model.graph.output[0].name].astype(numpy.float64)


def reference_scores(model, x):
    """Exact scores of the events, float64; for quantised files also checked to be qonnx' own."""
    exact = dense_chain.walk(model.scores_file(), x, model.is_float)
    if not model.is_float:
        wrong = int((qonnx_scores(model.scores_file(), x) != exact).any(axis=1).sum())
        if wrong:
            raise ReferencesDiffer(f"{model.name}: qonnx and exact integers differ on {wrong} of {len(x)} events")
    return exact


def num_wrong(scores, reference):
    """Events of which any score differs; the reference's events repeat."""
    expected = numpy.resize(reference, (len(scores), *reference.shape[1:]))
    return int((scores.reshape(expected.shape) != expected).any(axis=1).sum())


def exit_status(results):
    """0, or 3 when any tool gave wrong scores, which is said."""
    wrong = [f"{tool} on {result['model']}" for result in results for tool, found in result["tools"].items() if found["wrong"]]
    if wrong:
        say(f"wrong scores: {', '.join(wrong)}")
    return 3 if wrong else 0
