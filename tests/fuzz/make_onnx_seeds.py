"""Makes the hostile ONNX files of tests/fuzz/seeds/onnx: what breaks, lies or grows. Valid seeds are the recorded models of tests/golden/onnx.

Usage: make_onnx_seeds.py FOLDER. Needs onnx. What the importer says to each file is in tests/golden/hostile/onnx.
"""

import pathlib
import sys

import numpy as np
from onnx import AttributeProto, TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
SEEDS = {}


def seed(function):
    SEEDS[function.__name__] = function
    return function


def tensor(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def info(name, shape, kind=FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def model(nodes, initializers=(), inputs=None, outputs=("y",), opset=17, **fields):
    inputs = [info("x", ["N", 4])] if inputs is None else inputs
    graph = helper.make_graph(nodes, "seed", inputs, [info(name, None) for name in outputs], list(initializers))
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("qonnx.custom_op.general", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="make_onnx_seeds.py", **fields)


def node(op, inputs, outputs="y", name=None, domain="", **attributes):
    return helper.make_node(op, inputs.split(","), outputs.split(","), name or f"{op}_of_{outputs}", domain=domain, **attributes)


def raw(name, dims, data, kind=FLOAT):
    proto = TensorProto(name=name, data_type=kind, raw_data=data)
    proto.dims.extend(dims)
    return proto


def add_constant(values, dtype=np.float32):
    return model([node("Add", "x,c")], [tensor("c", values, dtype)])


def dense():
    weights = np.random.default_rng(3).normal(size=(4, 3))
    return model([node("Gemm", "x,w,b")], [tensor("w", weights), tensor("b", [1, 2, 3])])


# Bytes that are no model ------------------------------------------------------------------------------------------------------------


@seed
def truncated():
    data = dense().SerializeToString()
    return data[: len(data) * 3 // 5]


@seed
def truncated_at_a_field():
    return dense().SerializeToString()[:-2]


@seed
def lying_length():
    return b"\x08\x08\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f" + b"\x00" * 20


@seed
def lying_string_length():
    data = dense().SerializeToString()
    return data.replace(b"\x04Gemm", b"\x7fGemm")


@seed
def nested_groups():
    return b"\x08\x08" + b"\x0b" * 4000


def field(number, content):
    """A field of a protobuf message whose content has a length below 16384."""
    length = len(content)
    return bytes([number << 3 | 2, *([length] if length < 128 else [length & 127 | 128, length >> 7])]) + content


@seed
def nested_subgraphs():
    """Graphs inside of If nodes, deeper than any reader of messages goes."""
    graph = field(1, field(4, b"Relu"))
    for _ in range(300):
        graph = field(1, field(2, b"y") + field(4, b"If") + field(5, field(1, b"then_branch") + field(6, graph)))
    return b"\x08\x08" + field(7, graph + field(11, info("x", ["N", 4]).SerializeToString()) + field(12, field(1, b"y")))


@seed
def no_graph():
    proto = dense()
    proto.ClearField("graph")
    return proto


@seed
def empty_nodes():
    return b"\x08\x08\x3a\xe0\x5d" + b"\x0a\x00" * 6000


# Graphs that are none ---------------------------------------------------------------------------------------------------------------


@seed
def cycle():
    return model([node("Add", "x,b", "a"), node("Relu", "a", "b"), node("Relu", "b", "y")])


@seed
def cycle_of_one():
    return model([node("Add", "x,y", "y")])


@seed
def missing_tensor():
    return model([node("Add", "x,nothing", "y")], outputs=("y", "z"))


@seed
def names_twice():
    return model([node("Relu", "x", "y"), node("Tanh", "x", "y")], [tensor("c", [1]), tensor("c", [2])], [info("x", ["N", 4]), info("x", ["N", 4])], ("y", "y"))


@seed
def names_that_are_taken():
    """Outputs with the names of constants and inputs, read by operators that take constants only or that are computed."""
    nodes = [node("Relu", "x", "c"), node("Floor", "c", "a"), node("Softmax", "c", "x"), node("TopK", "d,k", "v,d"), node("Softmax", "d", "d"), node("Add", "a,v")]
    return model(nodes, [tensor("c", [1]), tensor("d", [1, 2]), tensor("k", [1], np.int64)])


@seed
def operators_without_inputs():
    return model([node(op, "", op.lower()) for op in ("Floor", "MatMul", "Softmax", "Split", "Sum", "Max", "Concat", "Shape", "Einsum")] + [helper.make_node("Mod", [], ["mod"], "Mod")],
                 outputs=("x", "floor", "matmul", "softmax", "split", "sum", "max", "concat", "shape", "einsum", "mod"))


@seed
def no_inputs_and_no_outputs():
    return model([], inputs=[], outputs=())


@seed
def no_opset():
    proto = dense()
    del proto.opset_import[:]
    return proto


@seed
def opset_of_the_future():
    return model([node("Relu", "x")], opset=99)


@seed
def hostile_names():
    names = ["\x1b[2J\x07", "a\nb", 'quote"\\"', "x" * 2000, "\u202egnp", "%0 = input"]
    nodes = [node("Relu", "x", names[0], names[0])]
    nodes += [node("Relu", before, after, after) for before, after in zip(names, names[1:])]
    return model(nodes, outputs=(names[-1],))


@seed
def unsupported_operators():
    """Ones that are known for constants only are among them, wherever they stand; of constants they are none."""
    nodes = [node("Conv", "x,w", "a"), node("LSTM", "a,w", "b"), node("Mine", "b", "c", domain="my.own"), node("Floor", "c", "d"), node("Round", "d", "e"), node("Ceil", "x", "f")]
    nodes += [node("Mod", "e,w", "g"), node("ReduceProd", "f", "h"), node("Shape", "g", "s"), node("ConstantOfShape", "s", "i"), node("Floor", "w", "v"), node("Sum", "g,h,i,v")]
    return model(nodes, [tensor("w", [1])])


@seed
def function_of_the_file():
    function = helper.make_function("mine", "Twice", ["a"], ["b"], [node("Add", "a,a", "b")], [helper.make_opsetid("", 17)])
    return model([node("Twice", "x", domain="mine")], functions=[function])


@seed
def sparse_initializer():
    proto = model([node("Add", "x,c")])
    proto.graph.sparse_initializer.append(helper.make_sparse_tensor(tensor("c", [1.0]), tensor("i", [2], np.int64), [4]))
    return proto


# Shapes that are too large ----------------------------------------------------------------------------------------------------------


@seed
def huge_weights():
    return model([node("MatMul", "x,w")], [raw("w", [1 << 31, 1 << 31], b"\0" * 4)])


@seed
def huge_weights_without_data():
    return model([node("MatMul", "x,w")], [raw("w", [4, 1 << 24], b"")])


@seed
def negative_extent():
    return model([node("Add", "x,c")], [raw("c", [-4], b"\0" * 16)])


@seed
def many_axes():
    return model([node("Add", "x,c")], [raw("c", [1] * 200, b"\0" * 4)])


@seed
def huge_input():
    return model([node("Relu", "x")], inputs=[info("x", ["N", 1 << 40, 1 << 40])])


@seed
def wide_input():
    return model([node("Relu", "x")], inputs=[info("x", ["N", 1 << 30])])


@seed
def unknown_extent():
    return model([node("Relu", "x")], inputs=[info("x", ["N", "T", 3])])


@seed
def huge_constant_of_shape():
    return model([node("ConstantOfShape", "s", "c"), node("Add", "x,c")], [tensor("s", [1 << 20, 1 << 20], np.int64)])


@seed
def constants_that_double():
    nodes = [node("Concat", f"c{i},c{i}", f"c{i + 1}", axis=0) for i in range(60)]
    return model([*nodes, node("Add", "x,c60")], [tensor("c0", [1, 2, 3, 4])])


@seed
def events_that_double():
    nodes = [node("Concat", f"x{i},x{i}", f"x{i + 1}", axis=1) for i in range(60)]
    return model([*nodes, node("Relu", "x60")], inputs=[info("x0", ["N", 4])])


@seed
def events_that_broadcast():
    shapes = [["N", *([32] if i == k else [1] for k in range(7))] for i in range(7)]
    inputs = [info(f"x{i}", ["N", *[32 if i == k else 1 for k in range(7)]]) for i in range(len(shapes))]
    nodes = [node("Add", f"{'x0' if i == 1 else f's{i - 1}'},x{i}", f"s{i}") for i in range(1, 7)]
    return model([*nodes, node("Relu", "s6")], inputs=inputs)


@seed
def products_without_end():
    weights = [raw(f"w{i}", [1, 2000] if i % 2 == 0 else [2000, 1], b"\0" * 8000) for i in range(2)]
    nodes = [node("MatMul", "w1,w0", "square"), node("MatMul", "x,square")]
    return model(nodes, weights, [info("x", ["N", 64, 2000])])


@seed
def squares_of_squares():
    nodes = [node("Mul", f"q{i},q{i}", f"q{i + 1}") for i in range(24)]
    quant = node("Quant", "x,s,z,b", "q0", domain="qonnx.custom_op.general", signed=1, narrow=0, rounding_mode="ROUND")
    return model([quant, *nodes, node("Relu", "q24")], [tensor("s", 0.25), tensor("z", 0), tensor("b", 8)])


# Values that are none ---------------------------------------------------------------------------------------------------------------


@seed
def nan_weight():
    return add_constant([1, np.nan, 3, 4])


@seed
def infinite_weight():
    return model([node("Gemm", "x,w,b")], [tensor("w", np.full((4, 3), np.inf)), tensor("b", [-np.inf, 0, 0])])


@seed
def nan_attribute():
    return model([node("LeakyRelu", "x", alpha=float("nan"))])


@seed
def computed_infinities():
    nodes = [node("Exp", "c", "e"), node("Log", "n", "l"), node("Div", "e,z", "d"), node("Pow", "c,c", "p"), node("Sqrt", "n", "q")]
    sums = [node("Add", "x,e", "s0"), *(node("Add", f"s{i},{name}", f"s{i + 1}") for i, name in enumerate("ldpq"))]
    return model([*nodes, *sums, node("Relu", "s4")], [tensor("c", [1e30]), tensor("n", [-1]), tensor("z", [0])])


@seed
def integers_that_overflow():
    lowest = np.iinfo(np.int64).min
    nodes = [node("Div", "l,m", "a"), node("Div", "l,z", "b"), node("Mul", "l,l", "c"), node("Neg", "l", "d"), node("Abs", "l", "e"), node("Sub", "m,l", "f")]
    casts = [node("Cast", name, name + "f", to=FLOAT) for name in "abcdef"]
    sums = [node("Add", f"{'x' if i == 0 else f's{i - 1}'},{name}f", f"s{i}") for i, name in enumerate("abcdef")]
    constants = [tensor("l", [lowest], np.int64), tensor("m", [-1], np.int64), tensor("z", [0], np.int64)]
    return model([*nodes, *casts, *sums, node("Relu", "s5")], constants)


@seed
def values_of_every_size():
    return add_constant([1e-45, 3.4e38, -1e-30, 7.0])


# Types that do not fit --------------------------------------------------------------------------------------------------------------


@seed
def raw_data_of_another_size():
    return model([node("Add", "x,c")], [raw("c", [4], b"\0" * 15)])


@seed
def typed_data_of_another_type():
    proto = TensorProto(name="c", data_type=FLOAT, dims=[4])
    proto.int64_data.extend([1, 2, 3, 4])
    return model([node("Add", "x,c")], [proto])


@seed
def string_weights():
    return model([node("Add", "x,c")], [helper.make_tensor("c", TensorProto.STRING, [4], [b"a"] * 4)])


@seed
def unknown_type():
    return model([node("Add", "x,c")], [raw("c", [4], b"\0" * 16, 99)])


@seed
def float8_weights():
    return model([node("Add", "x,c")], [raw("c", [4], b"\0" * 4, TensorProto.FLOAT8E4M3FN)])


@seed
def integer_weights_in_float_arithmetic():
    return add_constant([1, 2, 3, 4], np.int32)


@seed
def string_input():
    return model([node("Relu", "x")], inputs=[info("x", ["N", 4], TensorProto.STRING)])


@seed
def boolean_input():
    return model([node("Relu", "x")], inputs=[info("x", ["N", 4], TensorProto.BOOL)])


@seed
def uint64_out_of_range():
    return model([node("Cast", "c", "f", to=FLOAT), node("Add", "x,f")], [tensor("c", [2**64 - 1], np.uint64)])


# External data ----------------------------------------------------------------------------------------------------------------------


def external(**entries):
    proto = TensorProto(name="c", data_type=FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in entries.items():
        proto.external_data.add(key=key, value=value)
    return model([node("Add", "x,c")], [proto])


@seed
def external_outside_of_the_folder():
    return external(location="../../../etc/passwd", length="16")


@seed
def external_absolute():
    return external(location="/etc/passwd")


@seed
def external_missing():
    return external(location="nothing.bin")


@seed
def external_beyond_the_end():
    return external(location="truncated.onnx", offset="18446744073709551615", length="16")


@seed
def external_numbers_are_words():
    return external(location="truncated.onnx", offset="many")


@seed
def external_without_location():
    return external(length="16")


# Operators that are used wrongly ----------------------------------------------------------------------------------------------------


@seed
def shapes_that_do_not_fit():
    return model([node("MatMul", "x,w", "a"), node("Add", "x,c", "b")], [tensor("w", np.ones((5, 3))), tensor("c", [1, 2, 3])], outputs=("a", "b"))


@seed
def attributes_that_do_not_fit():
    twice = node("LeakyRelu", "x", "b", alpha=0.5)
    twice.attribute.append(helper.make_attribute("alpha", 0.25))
    nodes = [node("LeakyRelu", "x", "a", alpha="much"), twice, node("Relu", "x", "c", slope=2), node("Transpose", "x", "d", perm=[0, 0]), node("Softmax", "x", "e", axis=7),
             node("Concat", "x,x", "f", axis=0), node("Flatten", "x", "g", axis=-9)]
    return model(nodes, outputs=tuple("abcdefg"))


@seed
def empty_lists():
    """Attributes that are there and hold no number."""
    def empty(op, name, output):
        made = node(op, "x", output)
        made.attribute.append(AttributeProto(name=name, type=AttributeProto.INTS))
        return made

    nodes = [empty("Transpose", "perm", "a"), empty("ReduceMean", "axes", "b"), empty("Squeeze", "axes", "c"), empty("Unsqueeze", "axes", "d"), empty("Pad", "pads", "e"),
             empty("Split", "split", "f"), empty("Slice", "starts", "g"), empty("Reshape", "shape", "h"), empty("Upsample", "scales", "i")]
    return model(nodes, outputs=tuple("abcdefghi"), opset=9)


@seed
def indices_out_of_range():
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    constants = [tensor("i", [9, -9], np.int64), tensor("low", [low], np.int64), tensor("high", [high], np.int64), tensor("zero", [0], np.int64), tensor("one", [1], np.int64),
                 tensor("sizes", [-1, 5], np.int64), tensor("shape", [-1, -1, high], np.int64)]
    nodes = [node("Gather", "x,i", "a", axis=1), node("Slice", "x,low,high,one,zero", "b"), node("Slice", "x,high,low,one,low", "c"), node("Split", "x,sizes", "d,dd", axis=1),
             node("Reshape", "x,shape", "e"), node("Unsqueeze", "x,high", "f"), node("Squeeze", "x,one", "g"), node("TopK", "x,high", "h,hh", axis=1)]
    return model(nodes, constants, outputs=("a", "b", "c", "d", "e", "f", "g", "hh"))


@seed
def reshape_without_bounds():
    """Extents whose product does not fit into 64 bits."""
    return model([node("Reshape", "x,shape")], [tensor("shape", [-1, 2303, 9223372036854731008, -7], np.int64)])


def quant(name, scale, zero_point, width, outputs):
    return node("Quant", f"x,{scale},{zero_point},{width}", outputs, name, domain="qonnx.custom_op.general", signed=1, narrow=0, rounding_mode="ROUND")


@seed
def quantisers_out_of_range():
    constants = [tensor(name, value) for name, value in {"zero": 0, "one": 1, "four": 4, "below": -0.25, "half": 0.5, "huge": 1e9, "tiny": 1e-44, "many": [1, 2, 3]}.items()]
    nodes = [quant("zero_scale", "zero", "zero", "four", "a"), quant("negative_scale", "below", "zero", "four", "b"), quant("wide", "one", "zero", "huge", "c"),
             quant("half_a_bit", "one", "zero", "half", "d"), quant("odd_zero_point", "one", "half", "four", "e"), quant("scale_of_the_event", "x", "zero", "one", "f"),
             quant("scales_that_do_not_fit", "many", "zero", "one", "g"), quant("denormal_scale", "tiny", "huge", "four", "h"),
             node("Trunc", "x,one,zero,four,none,one", "i", "no_output_scale", domain="qonnx.custom_op.general")]
    return model(nodes, [*constants, tensor("none", [])], outputs=tuple("abcdefghi"))


@seed
def qdq_that_does_not_fit():
    constants = [tensor("s", 0.5), tensor("t", 0.25), tensor("z", 0, np.int8), tensor("u", 0, np.uint8), tensor("n", -0.5), tensor("m", [1, 2, 3])]
    nodes = [node("QuantizeLinear", "x,s,z", "q"), node("DequantizeLinear", "q,t,z", "a"), node("DequantizeLinear", "q,s,u", "b"), node("Relu", "q", "c"),
             node("QuantizeLinear", "x,n,z", "r"), node("DequantizeLinear", "r,n,z", "d"), node("QuantizeLinear", "x,m", "p"), node("DequantizeLinear", "p,m", "e")]
    return model(nodes, constants, outputs=tuple("abcde"))


@seed
def zero_points_without_bounds():
    """Of 64 bits, where low - zero point and the width of the range overflow; and strings."""
    constants = [tensor("s", 0.5), tensor("one", 1, np.int64), tensor("least", -(2**63), np.int64), tensor("most", 2**62 + 1, np.uint64), helper.make_tensor("word", TensorProto.STRING, [], [b"a"])]
    nodes = []
    for zero in ("one", "least", "most", "word"):
        nodes += [node("QuantizeLinear", f"x,s,{zero}", f"q_{zero}"), node("DequantizeLinear", f"q_{zero},s,{zero}", f"y_{zero}")]
    nodes += [node("QuantizeLinear", "x,s", "q_type", output_dtype=TensorProto.INT64), node("DequantizeLinear", "q_type,s", "y_type")]
    return model(nodes, constants, outputs=("y_one", "y_least", "y_most", "y_word", "y_type"), opset=21)


@seed
def labels_that_are_no_list():
    """Class labels that the event looks up: a scalar, a matrix, none."""
    constants = [tensor("scalar", 1, np.int64), tensor("matrix", [[1, 2], [3, 4]], np.int64), tensor("none", [], np.int64)]
    nodes = [node("ArgMax", "x", "i", axis=1)] + [node("ArrayFeatureExtractor", f"{name},i", f"y_{name}", domain="ai.onnx.ml") for name in ("scalar", "matrix", "none")]
    return model(nodes, constants, outputs=("y_scalar", "y_matrix", "y_none"))


@seed
def bounds_of_integers():
    """Clips of integers beyond their type, sums that leave it."""
    constants = [tensor("i", [1, 2], np.int64), tensor("s", [100, 100], np.int8)]
    nodes = [node("Clip", "i", "a", min=3e38, max=-3e38), node("Add", "s,s", "b"), node("Cast", "x", "c", to=TensorProto.INT64)]
    return model(nodes, constants, outputs=("x", "a", "b"), opset=6)


@seed
def negative_variance():
    constants = [tensor("a", [1, 1, 1, 1]), tensor("v", [1, 1, -1, 1])]
    return model([node("BatchNormalization", "x,a,a,a,v")], constants)


@seed
def batch_that_is_mixed():
    constants = [tensor("flat", [-1], np.int64), tensor("zero", [0], np.int64)]
    nodes = [node("Reshape", "x,flat", "a"), node("Softmax", "x", "b", axis=0), node("Gather", "x,zero", "c", axis=0), node("Transpose", "x", "t"), node("MatMul", "x,t", "d")]
    return model(nodes, constants, outputs=tuple("abcd"))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.onnx"):
        old.unlink()
    for name, make in SEEDS.items():
        content = make()
        (folder / f"{name}.onnx").write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
    print(f"{len(SEEDS)} files in {folder}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
