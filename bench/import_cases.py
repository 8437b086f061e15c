"""The files of import.py, and the events that they are run on."""

import dataclasses
import gzip
import os
import pathlib

import numpy

from environments import REPOSITORY, say, shown

DATA = pathlib.Path(os.environ.get("LUTRA_DATA", REPOSITORY / ".." / "shared" / "data"))
GOLDEN = REPOSITORY / "tests" / "golden"
NUM_EVENTS = 1000


@dataclasses.dataclass(frozen=True)
class Case:
    """One model file."""

    name: str
    family: str  # who reads it besides Lutra: onnx, keras2, keras3, torch; "none" where no peer has a reader
    file: pathlib.Path
    weights: pathlib.Path | None = None
    events: str = "random"  # or jets, digits, recorded; "" where only loading is compared
    shape: tuple = ()  # of a random event
    is_float: bool = False  # every tool is asked for `precision`
    precision: str = "fixed<18,8>"
    has_input_type: bool = False  # the file says to what inputs are rounded
    expected: pathlib.Path | None = None  # recorded outputs; else the framework computes them now

    def lutra_options(self):
        """What `lutra` is told: the weights, and types where the file has none. Dense sums stay exact, as hls4ml's 'auto' keeps them."""
        options = ["--weights", self.weights] if self.weights else []
        if self.is_float:
            return [*options, "--input-type", "fixed<16,6>", "--precision", self.precision, "--precision", "dense.result=exact"]
        return options if self.has_input_type else [*options, "--input-type", "fixed<16,6>"]

    def x(self):
        """Events, float64; multiples of 2^-10 from -32 to below 32 unless the file rounds its inputs itself."""
        if self.events == "jets":
            x = numpy.load(DATA / "jets" / "openml_test1000_x.npy")
        elif self.events == "digits":
            pixels = numpy.frombuffer(gzip.decompress((DATA / "mnist" / "t10k-images-idx3-ubyte.gz").read_bytes()), numpy.uint8, offset=16)
            x = pixels.reshape(-1, 1, 28, 28)[:NUM_EVENTS] / numpy.float32(255)
        elif self.events == "recorded":
            x = numpy.load(GOLDEN / "sklearn" / f"{self.name}.x0.npy")
        else:
            x = numpy.random.default_rng(1).normal(scale=2, size=(NUM_EVENTS, *self.shape))
        x = x.astype(numpy.float64)
        return x if self.has_input_type else numpy.clip(numpy.round(x * 1024), -32768, 32767) / 1024


def real_cases():
    """Every model of LUTRA_DATA."""
    keras, onnx = DATA / "models" / "keras", DATA / "models" / "onnx"

    def keras2(name, weights=None, events="jets", is_float=True):
        return Case(name, "keras2", keras / f"{name}.json", keras / f"{weights or name + '_weights'}.h5", events, is_float=is_float)

    def hgq(path):
        recorded = DATA / "expected" / f"{path.stem}.npy"
        return Case(path.stem, "keras3", path, events="jets", has_input_type=True, expected=recorded)

    return [
        keras2("KERAS_3layer", "KERAS_3layer_70pruned_retrained_weights"),
        keras2("KERAS_3layer_batch_norm"),
        keras2("KERAS_3layer_ternary_small"),
        keras2("KERAS_conv1d_small", events=""),
        keras2("KERAS_conv2d_model", events=""),
        keras2("qkeras_3layer", is_float=False),
        Case("qkeras-v3_3layer", "keras3", keras / "qkeras-v3_3layer.keras", events="jets"),
        *[hgq(path) for folder in ("hgq", "hgq-lut") for path in sorted((DATA / "models" / folder).glob("*.keras"))],
        Case("qkeras_jettagging", "onnx", onnx / "qkeras_jettagging.onnx", events="jets"),
        Case("TFC_2W2A", "onnx", onnx / "TFC_2W2A.onnx", events="digits", has_input_type=True),
        Case("three_layer_keras", "onnx", onnx / "three_layer_keras.onnx", events="jets", is_float=True),
        # onnxruntime refuses it as it is, for its normalisations stand behind transposes of the batch; recorded without those.
        Case(
            "three_layer_bn_keras",
            "onnx",
            onnx / "three_layer_bn_keras.onnx",
            events="jets",
            is_float=True,
            expected=GOLDEN / "real_models" / "three_layer_bn_keras.y.npy",
        ),
        Case("three_layer_pytorch", "onnx", onnx / "three_layer_pytorch.onnx", events="jets", is_float=True),
        *[Case(name, "onnx", onnx / f"{name}.onnx", events="", is_float=True) for name in ("conv1d_small_keras", "conv2d_small_keras")],
    ]


def recorded_cases():
    """Small models of every format, which the frameworks wrote for our tests."""
    keras, exports = GOLDEN / "keras", GOLDEN / "exports"

    def onnx(name, is_float=False, num_inputs=6, **options):
        return Case(name, "onnx", exports / f"{name}.onnx", shape=(num_inputs,), is_float=is_float, **options)

    def keras3(name, *shape, **options):
        return Case(name, "keras3", keras / f"{name}.keras", shape=shape, **options)

    return [
        Case("keras2_sequential", "keras2", keras / "keras2_sequential.json", keras / "keras2_sequential.weights.h5", shape=(4,), is_float=True),
        Case("keras2_dense_h5", "keras2", keras / "keras2_dense_h5.h5", shape=(4,), is_float=True),
        Case("qkeras_net", "keras2", keras / "qkeras_net.json", keras / "qkeras_net.weights.h5", shape=(4,)),
        keras3("keras3_sequential", 4, is_float=True),
        keras3("keras3_residual", 4, is_float=True),
        keras3("hgq_dense", 6, has_input_type=True),
        keras3("hgq_einsum_dense", 2, 4, has_input_type=True),
        keras3("hgq_tables", 6, has_input_type=True),
        keras3("hgq_softmax", 6),
        onnx("brevitas_four_bits_qonnx"),
        onnx("brevitas_four_bits_qcdq"),
        onnx("brevitas_per_channel_qonnx"),
        onnx("keras3_functional", is_float=True),
        onnx("torch_tagger_dynamo", is_float=True),
        onnx("sklearn_mlp_regressor", is_float=True, num_inputs=5),
        Case("torch_tagger", "torch", GOLDEN / "torch" / "tagger.pt2", shape=(6,), is_float=True),
        Case("torch_quantised", "torch", GOLDEN / "torch" / "quantised.pt2", shape=(6,), has_input_type=True),
        Case(
            "scaled_mlp",
            "none",
            GOLDEN / "sklearn" / "scaled_mlp.skops",
            events="recorded",
            is_float=True,
            precision="fixed<18,8,TRN,SAT>",  # the scales of a StandardScaler have no exact wrapping form
            expected=GOLDEN / "sklearn" / "scaled_mlp.y0.npy",
        ),
    ]


def available_cases(names):
    """The named files, all when there are no names; those that are absent are left out with a message."""
    cases = real_cases() + recorded_cases()
    unknown = set(names or []) - {case.name for case in cases}
    if unknown:
        raise ValueError(f"no '{sorted(unknown)[0]}'; known are {', '.join(case.name for case in cases)}")
    chosen = [case for case in cases if not names or case.name in names]
    for case in [case for case in chosen if not case.file.exists()]:
        say(f"skipping {case.name}: {shown(case.file)} not found (set LUTRA_DATA)")
    return [case for case in chosen if case.file.exists()]
