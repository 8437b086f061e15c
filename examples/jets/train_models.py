"""Trains three jet taggers and writes them as ONNX and QONNX, with reference outputs and accuracies.

    jets_float.onnx      16-64-32-32-5 with ReLU, ends in Softmax
    jets_quantised.onnx  the same with quantised and pruned weights, outputs are logits
    jets_ternary.onnx    weights -1, 0, 1 and activations -1, 1, outputs are logits

For each, NAME_expected.npy holds what onnxruntime (float) or the qonnx package (the others) computes for the first 1,000 jets of the
test sample, and accuracy.json the accuracies. A few minutes on one core; the same data give the same files.

    python train_models.py --data simulated -o models
"""

import argparse
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import torch
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx
from qonnx.transformation.infer_shapes import InferShapes
from torch import nn

from networks import NUM_CLASSES, NUM_FEATURES, QuantisedDense, QuantisedNet, TernaryNet, make_float_net
from qonnx_writer import write_quantised_net, write_ternary_net
from quantisers import Quantiser
from training import Recipe, accuracy, train

HERE = pathlib.Path(__file__).parent
NUM_EXPECTED = 1000
SEED = 1

WIDTHS = (64, 32, 32)
FLOAT_RECIPE = Recipe(epochs=30, rate=2e-3)

WEIGHT_QUANTISER = Quantiser(bits=5, scale=2**-3, narrow=True)
BIAS_QUANTISER = Quantiser(bits=8, scale=2**-5)
ACTIVATION_QUANTISER = Quantiser(bits=6, scale=2**-3, signed=False)
QUANTISED_RECIPE = Recipe(epochs=60, rate=2e-3, densities=(0.25, 0.18, 0.22, 0.6))

TERNARY_WIDTHS = (128, 64, 64)
TERNARY_HIDDEN_QUANTISER = Quantiser(bits=2, scale=1.0, narrow=True)
TERNARY_OUTPUT_QUANTISER = Quantiser(bits=2, scale=2**-4, narrow=True)
TERNARY_RECIPE = Recipe(epochs=50, rate=2e-2, weight_penalty=5e-6)


def load_sample(folder, name):
    """Returns features (float32) and labels (int64) of the sample `name` in `folder`."""
    features = np.load(folder / f"{name}_x.npy")
    labels = np.load(folder / f"{name}_y.npy")
    return torch.from_numpy(features), torch.from_numpy(labels.astype(np.int64))


def outputs_of(net, features):
    """Returns the outputs of `net` in double precision, in which those of a quantised net are exact."""
    net.double()
    with torch.no_grad():
        outputs = net(features.double())
    net.float()
    return outputs


def train_float(data):
    torch.manual_seed(SEED)
    net = make_float_net(WIDTHS)
    train(net, data, FLOAT_RECIPE, "float", SEED)
    return net


def train_quantised(data, float_net):
    """Returns a quantised and pruned net that starts from the weights of `float_net`."""
    linears = [layer for layer in float_net if isinstance(layer, nn.Linear)]
    layers = [QuantisedDense(linear, WEIGHT_QUANTISER, BIAS_QUANTISER) for linear in linears]
    net = QuantisedNet(layers, ACTIVATION_QUANTISER)
    train(net, data, QUANTISED_RECIPE, "quantised", SEED)
    return net


def train_ternary(data):
    torch.manual_seed(SEED)
    net = TernaryNet(TERNARY_WIDTHS, TERNARY_HIDDEN_QUANTISER, TERNARY_OUTPUT_QUANTISER)
    train(net, data, TERNARY_RECIPE, "ternary", SEED)
    return net


def export_float(net, path):
    """Writes `net` with a final Softmax as ONNX, by the exporter that writes no paths of this machine into the file."""
    torch.onnx.export(
        nn.Sequential(*net, nn.Softmax(dim=1)),
        (torch.zeros(1, NUM_FEATURES),),
        path,
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def run_onnx(path, features):
    """Returns what onnxruntime computes for `features` with the model at `path`."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"input": features.numpy()})[0]


def run_qonnx(path, features):
    """Returns what the qonnx package computes for `features` with the model at `path`, whose batch size is set to their number."""
    model = ModelWrapper(str(path))
    model.set_tensor_shape("input", [len(features), NUM_FEATURES])
    model.set_tensor_shape("output", [len(features), NUM_CLASSES])
    return execute_onnx(model.transform(InferShapes()), {"input": features.numpy()})["output"]


def weights_report(weights):
    """Returns the counts of weights and of weights that are not zero, in all and per layer."""
    num_nonzero = [int((weight != 0).sum()) for weight in weights]
    num_weights = [weight.numel() for weight in weights]
    return {"weights": sum(num_weights), "nonzero_weights": sum(num_nonzero), "nonzero_weights_per_layer": num_nonzero}


def record(name, outputs, labels, folder):
    """Writes the first `NUM_EXPECTED` rows of `outputs` as NAME_expected.npy and returns the report of all of them."""
    np.save(folder / f"{name}_expected.npy", outputs[:NUM_EXPECTED].astype(np.float32))
    return {"accuracy": round(accuracy(outputs, labels), 4)}


def make_float(data, test, folder):
    """Trains, writes and records the float net; returns it and its report."""
    path = folder / "jets_float.onnx"
    net = train_float(data)
    export_float(net, path)
    outputs = run_onnx(path, test[0])
    np.testing.assert_allclose(outputs, outputs_of(net, test[0]).softmax(dim=1), atol=1e-5)
    return net, record(path.stem, outputs, test[1], folder)


def make_quantised(data, test, folder, float_net):
    """Trains, writes and records the quantised net; returns its report."""
    path = folder / "jets_quantised.onnx"
    net = train_quantised(data, float_net)
    onnx.save(write_quantised_net(net), path)
    outputs = run_qonnx(path, test[0])
    np.testing.assert_array_equal(outputs, outputs_of(net, test[0]))
    return record(path.stem, outputs, test[1], folder) | weights_report([layer.quantised_weight() for layer in net.layers])


def make_ternary(data, test, folder):
    """Trains, writes and records the ternary net; returns its report."""
    path = folder / "jets_ternary.onnx"
    net = train_ternary(data)
    onnx.save(write_ternary_net(net), path)
    outputs = run_qonnx(path, test[0])
    np.testing.assert_array_equal(outputs, outputs_of(net, test[0]))
    return record(path.stem, outputs, test[1], folder) | weights_report(net.quantised_weights())


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, metavar="DIR", help="folder of train_x.npy and train_y.npy")
    parser.add_argument("--test", type=pathlib.Path, default=HERE / "data", metavar="DIR", help="folder of jets_x.npy and jets_y.npy")
    parser.add_argument("-o", "--output", type=pathlib.Path, default=HERE / "models", metavar="DIR", help="folder to write to")
    options = parser.parse_args(arguments)

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    data = load_sample(options.data, "train")
    test = load_sample(options.test, "jets")
    options.output.mkdir(parents=True, exist_ok=True)

    float_net, float_report = make_float(data, test, options.output)
    report = {
        "jets_float": float_report,
        "jets_quantised": make_quantised(data, test, options.output, float_net),
        "jets_ternary": make_ternary(data, test, options.output),
    }
    (options.output / "accuracy.json").write_text(json.dumps(report, indent=2) + "\n")
    for name, entries in report.items():
        print(name, *(f"{key}={value}" for key, value in entries.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
