"""The models of the benchmarks and the events that they are run on."""

import argparse
import dataclasses
import os
import pathlib

import dense_chain
import numpy
import onnx

from environments import REPOSITORY, WORK_FOLDER, say, shown

INPUT_BITS, INPUT_INTEGER_BITS = 16, 6


@dataclasses.dataclass(frozen=True)
class Model:
    """One model file and a file of events for it."""

    name: str
    file: pathlib.Path
    events: pathlib.Path
    is_float: bool  # no types in the file: every tool is asked for fixed<16,6> weights, biases and activations

    def scores_file(self):
        """The file that every tool gets: the model without its final softmax, of which the tools have different approximations."""
        return WORK_FOLDER / "models" / f"{self.name}.onnx"

    def lutra_options(self):
        """What `lutra` is told about types: dense sums stay exact, as they do in hls4ml, where their result is 'auto'.

        An input that goes through a quantiser first needs no type."""
        if self.is_float:
            return ["--input-type", "fixed<16,6>", "--precision", "fixed<16,6>", "--precision", "dense.result=exact"]
        return [] if dense_chain.first_quantiser(self.scores_file()) else ["--input-type", "fixed<16,6>"]


def known_models():
    """Every model of the benchmarks, whether its files are there or not, by name."""
    data = pathlib.Path(os.environ.get("LUTRA_DATA", REPOSITORY / ".." / "shared" / "data"))
    jets = REPOSITORY / "examples" / "jets"
    events = data / "jets" / "openml_test1000_x.npy"
    models = [
        Model("jets_quantised", jets / "models" / "jets_quantised.onnx", jets / "data" / "jets_x.npy", False),
        Model("qkeras_jettagging", data / "models" / "onnx" / "qkeras_jettagging.onnx", events, False),
        Model("three_layer_keras", data / "models" / "onnx" / "three_layer_keras.onnx", events, True),
    ]
    return {model.name: model for model in models}


def available_models(names):
    """The named models; those whose files are absent are left out with a message."""
    found = []
    for model in known_models().values():
        if model.name not in names:
            continue
        absent = [shown(path) for path in (model.file, model.events) if not path.exists()]
        if absent:
            say(f"skipping {model.name}: {', '.join(absent)} not found (set LUTRA_DATA)")
        else:
            write_without_softmax(model)
            found.append(model)
    return found


def write_without_softmax(model):
    """Writes the file that every tool gets; it is the original one where the network does not end in a softmax."""
    proto = onnx.load(model.file)
    graph = proto.graph
    last = graph.node[-1]
    if last.op_type == "Softmax":
        shape = [dimension.dim_value for dimension in graph.output[0].type.tensor_type.shape.dim]
        for value in [value for value in graph.value_info if value.name == last.input[0]]:
            graph.value_info.remove(value)
        graph.output[0].CopyFrom(onnx.helper.make_tensor_value_info(last.input[0], onnx.TensorProto.FLOAT, shape))
        graph.node.remove(last)
    model.scores_file().parent.mkdir(parents=True, exist_ok=True)
    onnx.save(proto, model.scores_file())


def events_of(model, count=None):
    """Events of the model's file, repeated up to count, as float64 that fixed<16,6> holds exactly, so all start from the same numbers."""
    x = numpy.load(model.events).astype(numpy.float64)
    unit = 2.0 ** (INPUT_INTEGER_BITS - INPUT_BITS)
    limit = 2.0 ** (INPUT_INTEGER_BITS - 1)
    x = numpy.clip(numpy.round(x / unit) * unit, -limit, limit - unit)
    return x if count is None else numpy.resize(x, (count, *x.shape[1:]))


def add_arguments(parser, tools, runs):
    """The options that both benchmarks have."""
    names = list(known_models())
    parser.add_argument("--models", type=list_of(names), default=names, help=f"of {','.join(names)}; all when not given")
    parser.add_argument("--tools", type=list_of(tools), default=list(tools), help=f"of {','.join(tools)}; all when not given")
    parser.add_argument("--runs", type=int, default=runs, help=f"measurements of each time, taken in turn ({runs})")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def list_of(known):
    """Reads names separated by commas, each of which must be known."""

    def read(text):
        names = [name for name in text.split(",") if name]
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"no '{name}'; known are {', '.join(known)}")
        return names

    return read
