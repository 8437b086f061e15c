"""Records what torch.export.save writes, with what PyTorch computes: record_torch_programs.py FOLDER (tests/golden/torch)."""

import json
import pathlib
import sys
import warnings
import zipfile

import torch
import torch.ao.quantization.fx._decomposed  # noqa: F401: registers the quantisers
from torch import nn

from exports import Recorder, events


def settled(net, *shape):
    net.train()
    for seed in range(8):
        net(torch.tensor(events(*shape, seed=100 + seed)))
    return net.eval()


def tagger():
    return nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 4), nn.LeakyReLU(0.1), nn.Linear(4, 3), nn.Softmax(dim=1))


class Branches(nn.Module):
    """Shared layers, sums with factors, concatenation, slices, one index."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 6), nn.Tanh())
        self.second = nn.Linear(6, 5, bias=False)
        self.third = nn.Linear(13, 2)
        self.register_buffer("offset", torch.tensor([0.5, -0.25, 0.125, 1.0, 0.0, 2.0]))

    def forward(self, x):
        hidden = torch.add(self.encoder(x), self.encoder(x + self.offset), alpha=0.5)
        parts = torch.split(hidden, [2, 4], dim=1)
        joined = torch.cat([torch.sigmoid(self.second(hidden)), torch.clamp(hidden[:, 1:5], -1.0, 0.75), parts[1][:, 0:3], (1.5 - hidden[:, 2]).unsqueeze(1)], dim=1)
        return self.third(joined) / 4.0


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.third = nn.Linear(12, 5), nn.Linear(5, 4), nn.Linear(4, 2)

    def forward(self, x):
        x = x.permute(0, 2, 1).reshape(x.size(0), -1)
        x = nn.functional.relu6(self.first(x))
        x = nn.functional.hardtanh(self.second(x.view(-1, 5)))
        return -self.third(x), x.argmax(dim=1)


class Activations(nn.Module):
    def forward(self, x):
        functions = nn.functional
        return torch.cat([functions.elu(x), functions.gelu(x), functions.gelu(x, approximate="tanh"), functions.silu(x), functions.mish(x), functions.softplus(x), functions.selu(x),
                          functions.celu(x, alpha=0.5), functions.hardsigmoid(x), functions.hardswish(x)], dim=1)


class Quantised(nn.Module):
    """Quantisers as PT2E exports them, with scales that are powers of two: the same integers."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(6, 5), nn.Linear(5, 3)
        self.register_buffer("scales", torch.tensor([0.125, 0.25, 0.5], dtype=torch.float64))
        self.register_buffer("zeros", torch.zeros(3, dtype=torch.int64))

    @staticmethod
    def quantised(x, scale, low, high, zero_point=0, dtype=torch.int8):
        x = torch.ops.quantized_decomposed.quantize_per_tensor.default(x, scale, zero_point, low, high, dtype)
        return torch.ops.quantized_decomposed.dequantize_per_tensor.default(x, scale, zero_point, low, high, dtype)

    def forward(self, x):
        x = self.quantised(x, 0.0625, -128, 127)
        first = self.quantised(self.first.weight, 0.03125, -8, 7)
        bias = self.quantised(self.first.bias, 0.0078125, -128, 127)
        x = self.quantised(torch.relu(nn.functional.linear(x, first, bias)), 0.0625, 0, 15, dtype=torch.uint8)
        per_channel = torch.ops.quantized_decomposed.quantize_per_channel.default(self.second.weight, self.scales, self.zeros, 0, -4, 3, torch.int8)
        second = torch.ops.quantized_decomposed.dequantize_per_channel.default(per_channel, self.scales, self.zeros, 0, -4, 3, torch.int8)
        return nn.functional.linear(x, second)


class Transposed(nn.Module):
    """A weight that is stored by columns, one that shares its storage, a constant that is no parameter, doubles."""

    def __init__(self):
        super().__init__()
        values = torch.tensor(events(8, seed=3)).double()
        self.by_columns = nn.Parameter(values[:, :5].T)
        self.factor = values[0, 3:6]

    def forward(self, x):
        return (x @ self.by_columns).t().t()[:, 0:3] * self.factor + torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64)


class MoreFunctions(nn.Module):
    def forward(self, x):
        functions = nn.functional
        positive = x.square() + 0.5
        return torch.cat([2.0**x, torch.exp2(x), torch.rsqrt(positive), functions.logsigmoid(x), functions.tanhshrink(x), functions.softshrink(x, 0.25), functions.glu(x, dim=1),
                          functions.softplus(x, beta=2.0), torch.log(positive), torch.sqrt(positive), 1 / positive, torch.erf(x), torch.sign(x), functions.hardtanh(x, -0.5, 2.0)], dim=1)


class Selections(nn.Module):
    """What is chosen, compared, moved and repeated; two outputs of a call."""

    def __init__(self):
        super().__init__()
        self.register_buffer("places", torch.tensor([2, 0, 3]))
        self.table = nn.Embedding(4, 3)

    def forward(self, x):
        functions = nn.functional
        largest, place = x.max(dim=1)
        least = x.min(dim=1, keepdim=True)
        top, _ = torch.topk(x, 1, dim=1)
        clipped = torch.where(x > 0.5, x, torch.maximum(x, x.amin(dim=1, keepdim=True)))
        chosen = torch.where(x <= x[:, 1:2], 0.25, x)
        padded = functions.pad(x, (1, 2), value=0.5)
        stacked = torch.stack([x, -x], dim=2).amax(dim=(1, 2))
        spread = least.values.expand(-1, 3).repeat(1, 2)
        parts = [largest.unsqueeze(1), top, clipped, chosen, padded, stacked.unsqueeze(1), spread, x.index_select(1, self.places), self.table(place), torch.max(x, -x), torch.min(x, x * 2)]
        return torch.cat(parts, dim=1), least.indices


class Products(nn.Module):
    """Attention, equations, and lines that are normalised."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(4, 4) for _ in range(3))
        self.norm, self.layer_norm = nn.RMSNorm(4), nn.LayerNorm((3, 4))
        self.weights = nn.Parameter(torch.tensor(events(4, 2, seed=11))[0])

    def forward(self, x):
        attended = nn.functional.scaled_dot_product_attention(self.query(x), self.key(x), self.value(x))
        mixed = torch.einsum("bij,jk->bik", self.norm(attended), self.weights)
        broadcast = torch.einsum("...ij,...jk", x, x.transpose(1, 2))
        return mixed, torch.bmm(self.layer_norm(x), attended.transpose(1, 2)) + broadcast


class Lines(nn.Module):
    """What the core operators have other words for."""

    def __init__(self):
        super().__init__()
        self.norm, self.layer_norm, self.dense = nn.RMSNorm(4, eps=1e-5), nn.LayerNorm(4), nn.Linear(4, 4)

    def forward(self, x):
        return nn.functional.selu(self.dense(self.layer_norm(x))) + nn.functional.glu(torch.cat([self.norm(x), x], dim=1), dim=1)


PROGRAMS = {
    "tagger": (tagger, (6,), {}),
    "tagger_of_two_events": (tagger, (6,), {"batch": None}),
    "tagger_in_core_operators": (tagger, (6,), {"decomposed": True}),
    "branches": (Branches, (6,), {}),
    "images": (Images, (3, 4), {}),
    "images_in_core_operators": (Images, (3, 4), {"decomposed": True}),
    "activations": (Activations, (3,), {}),
    "more_functions": (MoreFunctions, (4,), {}),
    "selections": (Selections, (4,), {}),
    "products": (Products, (3, 4), {}),
    "lines_in_core_operators": (Lines, (4,), {"decomposed": True}),
    "quantised": (Quantised, (6,), {"grid": 1 / 64, "tolerance": 0}),
    "transposed": (Transposed, (5,), {"double": True}),
}


def without_traces(path):
    """Takes out where the Python files and the archive lay, where calls came from, and the sample inputs, which are a pickle that nobody reads; the rest stays byte for byte."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries:
            if "sample_inputs" in entry.filename:
                continue
            if entry.filename.endswith("serialization_id"):
                content = b"0" * len(content)
            if entry.filename.endswith("models/model.json"):
                document = json.loads(content)
                for node in document["graph_module"]["graph"]["nodes"]:
                    for key in ("stack_trace", "from_node"):
                        node["metadata"].pop(key, None)
                content = json.dumps(document).encode()
            archive.writestr(zipfile.ZipInfo(entry.filename), content)


def record(recorder, name, make, shape, options):
    torch.manual_seed(37)
    net = settled(make(), *shape) if name.startswith("tagger") else make().eval()
    x = torch.tensor(events(*shape, grid=options.get("grid")))
    x = x.double() if options.get("double") else x
    dynamic = ({0: torch.export.Dim("batch")},) if "batch" not in options else None
    program = torch.export.export(net, (x[:2],), dynamic_shapes=dynamic)
    if options.get("decomposed"):
        program = program.run_decompositions()
    path = recorder.path(name, "pt2")
    torch.export.save(program, path)
    without_traces(path)
    outputs = net(x)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    recorder.add(name, x, [y.detach().numpy() for y in outputs], options.get("tolerance", 1e-5))


def main(folder):
    warnings.simplefilter("ignore")
    recorder = Recorder(folder)
    for name, (make, shape, options) in PROGRAMS.items():
        record(recorder, name, make, shape, options)
    recorder.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
