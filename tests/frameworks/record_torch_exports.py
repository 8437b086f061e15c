"""Records what PyTorch and Brevitas export to ONNX, with what the frameworks compute: record_torch_exports.py FOLDER (tests/golden/exports)."""

import pathlib
import sys
import warnings

import brevitas.nn as qnn
import onnx
import torch
from brevitas.export import export_onnx_qcdq, export_qonnx
from brevitas.quant import Int8WeightPerChannelFloat, SignedBinaryActPerTensorConst, SignedBinaryWeightPerTensorConst
from torch import nn

from exports import Recorder, events


EXPORTERS = {
    "dynamo": {"dynamo": True, "external_data": False, "verbose": False},
    "script": {"dynamo": False, "opset_version": 9},
    "script_batch": {"dynamo": False, "opset_version": 17, "dynamic_axes": {"x": {0: "batch"}}},
}


def rewrite(path, has_external_data=False):
    """Takes out what the exporter notes about the Python files that the net comes from; puts the weights beside the model if that is wanted."""
    model = onnx.load(path)
    graph = model.graph
    for part in [model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output, *graph.value_info]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    path.with_suffix(".onnx.data").unlink(missing_ok=True)
    onnx.save(model, path, save_as_external_data=has_external_data, location=path.name + ".data", size_threshold=0)


def settled(net, *shape):
    """The net in evaluation mode, its statistics those of a few random batches."""
    net.train()
    for seed in range(8):
        net(torch.tensor(events(*shape, seed=100 + seed)))
    return net.eval()


def tagger():
    return nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 4), nn.LeakyReLU(0.1), nn.Linear(4, 3), nn.Softmax(dim=1))


def functional():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.third = nn.Linear(6, 6), nn.Linear(6, 5, bias=False), nn.Linear(11, 2)

        def forward(self, x):
            hidden = torch.relu(self.first(x)) + x
            joined = torch.cat([torch.sigmoid(self.second(hidden)), torch.clamp(hidden, -1.0, 1.5)], dim=1)
            return torch.tanh(self.third(joined))

    return Net()


def images():
    return nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU6(), nn.Linear(5, 2), nn.Hardtanh())


def record_torch(recorder):
    for name, make, shape in (("tagger", tagger, (6,)), ("functional", functional, (6,)), ("images", images, (3, 4))):
        torch.manual_seed(11)
        net = settled(make(), *shape)
        x = torch.tensor(events(*shape))
        y = net(x).detach().numpy()
        for exporter, options in EXPORTERS.items():
            case = f"torch_{name}_{exporter}"
            torch.onnx.export(net, (x[:1],), recorder.path(case), input_names=["x"], output_names=["y"], **options)
            rewrite(recorder.path(case), has_external_data=case == "torch_images_dynamo")
            recorder.add(case, x, y)


def quantised(weights, bits, signed_activation=False):
    if bits == 1:
        activation = qnn.QuantIdentity(act_quant=SignedBinaryActPerTensorConst)
    else:
        activation = (qnn.QuantIdentity if signed_activation else qnn.QuantReLU)(bit_width=bits)
    options = {"weight_quant": weights} if bits == 1 else {"weight_bit_width": bits, **({"weight_quant": weights} if weights else {})}
    return nn.Sequential(
        qnn.QuantIdentity(bit_width=8, return_quant_tensor=True),
        qnn.QuantLinear(6, 8, bias=True, **options), nn.BatchNorm1d(8), activation,
        qnn.QuantLinear(8, 3, bias=True, **options))


def record_brevitas(recorder):
    nets = {
        "four_bits": lambda: quantised(None, 4),
        "two_bits_signed": lambda: quantised(None, 2, signed_activation=True),
        "per_channel": lambda: quantised(Int8WeightPerChannelFloat, 6),
        "binary": lambda: quantised(SignedBinaryWeightPerTensorConst, 1),
    }
    for name, make in nets.items():
        torch.manual_seed(13)
        net = settled(make(), 6)
        x = torch.tensor(events(6))
        y = net(x)
        y = getattr(y, "value", y).detach().numpy()
        for form, export in (("qonnx", export_qonnx), ("qcdq", export_onnx_qcdq)):
            if form == "qcdq" and name in ("binary", "two_bits_signed"):
                continue  # QCDQ has no bipolar quantiser
            case = f"brevitas_{name}_{form}"
            export(net, args=x[:1], export_path=str(recorder.path(case)))
            rewrite(recorder.path(case))
            recorder.add(case, x, y)


def main(folder):
    warnings.simplefilter("ignore")
    recorder = Recorder(folder)
    record_torch(recorder)
    record_brevitas(recorder)
    recorder.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
