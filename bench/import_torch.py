"""Programs of torch.export for import_worker.py."""

import io
import zipfile

import torch
import torch.ao.quantization.fx._decomposed  # noqa: F401: registers the quantisers

import hls4ml

ALKAID = "torch"
FRAMEWORK = f"PyTorch {torch.__version__}"


def whole(file):
    """The archive, with empty sample inputs where there are none: our recorded files leave that pickle out, PyTorch insists on it."""
    archive = io.BytesIO(open(file, "rb").read())
    with zipfile.ZipFile(archive, "a") as entries:
        folder = entries.namelist()[0].split("/")[0]
        name = f"{folder}/data/sample_inputs/model.pt"
        if name not in entries.namelist():
            inputs = io.BytesIO()
            torch.save(((), {}), inputs)
            entries.writestr(name, inputs.getvalue())
    archive.seek(0)
    return archive


def read(file, weights):
    program = torch.export.load(whole(file))
    program._example_inputs = None
    return program.module()


def input_shape(model):
    return tuple(next(node for node in model.graph.nodes if node.op == "placeholder").meta["val"].shape[1:])


def to_hls4ml(model, precision, folder):
    config = hls4ml.utils.config_from_pytorch_model(model, input_shape(model), granularity="name", backend="Vitis", default_precision=precision)
    return hls4ml.converters.convert_from_pytorch_model(model, output_dir=folder, backend="Vitis", hls_config=config)


def reference(file, weights, x):
    return read(file, weights)(torch.as_tensor(x, dtype=torch.float32)).detach().numpy()
