"""Records small Keras models with what Keras computes: PREFIX_NAME.keras, .json with .weights.h5, or .h5, beside .xI.npy and .yI.npy.

Usage: record_keras.py FOLDER [NAME...]; with names, these alone are recorded and the others stay. Keras 3 by default; with TF_USE_LEGACY_KERAS=1 and tf_keras installed, Keras 2: the prefix says which.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

IS_KERAS_2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
if IS_KERAS_2:
    import sign_layers
    import tf_keras as keras
else:
    import keras

from keras_recording import Recorder, draw_inputs, predict, seed_of, smaller

L = keras.layers
# Activations of both versions, and those that are new.
SHARED = ["relu", "sigmoid", "tanh", "softmax", "elu", "selu", "gelu", "swish", "softplus", "hard_sigmoid", "relu6", "linear", "softsign", "exponential"]
ONLY_3 = ["leaky_relu", "silu", "mish", "hard_silu", "hard_tanh", "celu", "log_sigmoid", "tanh_shrink", "soft_shrink", "sparse_sigmoid",
          "glu", "hard_shrink", "log_softmax", "sparse_plus", "squareplus"]


def net(*layers, shape=(4,)):
    """A functional model of layers in a row."""
    x = first = keras.Input(shape)
    for layer in layers:
        x = layer(x)
    return keras.Model(first, x)


def merge(layer, shapes):
    inputs = [keras.Input(shape) for shape in shapes]
    return keras.Model(inputs, layer(inputs))


def attention(shapes, **options):
    """Attention of the first input to itself, or to a value and a key that are given by keyword."""
    inputs = [keras.Input(shape) for shape in shapes]
    others = dict(zip(("value", "key"), inputs[1:])) or {"value": inputs[0]}
    return keras.Model(inputs, L.MultiHeadAttention(**options)(inputs[0], **others))


def shared_layer():
    a, b = keras.Input((4,)), keras.Input((4,))
    dense = L.Dense(3, activation="relu")
    return keras.Model([a, b], L.Concatenate()([dense(a), dense(b), dense(a)]))


def several_outputs():
    x = keras.Input((4,))
    hidden = L.Dense(3, activation="relu")(x)
    return keras.Model(x, [L.Dense(2)(hidden), L.Dense(1)(hidden)])


def residual():
    x = keras.Input((4,))
    return keras.Model(x, L.Add()([L.Dense(4, activation="relu")(x), x]))


def nested():
    """A functional model with a functional and a sequential model inside, one of them called twice."""
    inner = net(L.Dense(4, activation="relu"), L.BatchNormalization())
    head = keras.Sequential([keras.Input((4,)), L.Dense(3), L.Dense(2, activation="tanh")])
    x = keras.Input((4,))
    return keras.Model(x, L.Subtract()([head(inner(x)), head(x)]))


def nested_twice():
    inmost = net(L.Dense(3, activation="relu"))
    middle = keras.Sequential([keras.Input((4,)), inmost, L.Dense(4)])
    return net(middle, L.Dense(2))


def nested_outputs():
    x = keras.Input((4,))
    inner = keras.Model(x, [L.Dense(2)(x), L.Dense(3)(x)])
    y = keras.Input((4,))
    return keras.Model(y, L.Concatenate()(list(inner(y))))


def sequential():
    return keras.Sequential([keras.Input((4,)), L.Dense(3, activation="relu"), L.Dropout(0.3), L.Dense(2)])


def embedding(dtype):
    """Rows by indices that are in range: of float inputs through a ReLU, of integers as they are."""
    x = keras.Input((3,), dtype=dtype)
    indices = x if dtype == "int32" else L.ReLU(max_value=6)(x)
    return keras.Model(x, L.Embedding(7, 2)(indices))


def many_of_a_class():
    return net(*[L.Dense(2 + i % 3, activation="relu") for i in range(12)])


CASES = {
    "dense": lambda: net(L.Dense(3)),
    "dense_no_bias": lambda: net(L.Dense(3, use_bias=False)),
    "dense_two_axes": lambda: net(L.Dense(3), shape=(2, 4)),
    "batch_normalization": lambda: net(L.BatchNormalization()),
    "batch_normalization_axis": lambda: net(L.BatchNormalization(axis=1, epsilon=1e-5), shape=(3, 2)),
    "batch_normalization_plain": lambda: net(L.BatchNormalization(center=False, scale=False)),
    "activation_layer": lambda: net(L.Activation("relu")),
    "relu": lambda: net(L.ReLU()),
    "relu_limited": lambda: net(L.ReLU(max_value=1.5)),
    "relu_slope": lambda: net(L.ReLU(max_value=1.5, negative_slope=0.25)),
    "leaky_relu": lambda: net(L.LeakyReLU()),
    "elu": lambda: net(L.ELU(alpha=0.5)),
    "prelu": lambda: net(L.PReLU()),
    "prelu_shared": lambda: net(L.PReLU(shared_axes=[1]), shape=(2, 3)),
    "softmax": lambda: net(L.Softmax()),
    "softmax_axis": lambda: net(L.Softmax(axis=1), shape=(3, 2)),
    "flatten": lambda: net(L.Flatten(), shape=(2, 3)),
    "reshape": lambda: net(L.Reshape((3, -1)), shape=(2, 6)),
    "permute": lambda: net(L.Permute((2, 1, 3)), shape=(2, 3, 2)),
    "repeat_vector": lambda: net(L.RepeatVector(3)),
    "rescaling": lambda: net(L.Rescaling(0.3, offset=-0.1)),
    "add": lambda: merge(L.Add(), [(3,), (3,), (3,)]),
    "add_ranks": lambda: merge(L.Add(), [(2, 3), (3,)]),
    "subtract": lambda: merge(L.Subtract(), [(3,), (3,)]),
    "multiply": lambda: merge(L.Multiply(), [(3,), (3,)]),
    "average": lambda: merge(L.Average(), [(3,), (3,), (3,)]),
    "maximum": lambda: merge(L.Maximum(), [(3,), (3,), (3,)]),
    "minimum": lambda: merge(L.Minimum(), [(3,), (3,)]),
    "dot": lambda: merge(L.Dot(axes=1), [(3,), (3,)]),
    "concatenate": lambda: merge(L.Concatenate(), [(2,), (3,)]),
    "concatenate_axis": lambda: merge(L.Concatenate(axis=1), [(2, 2), (1, 2)]),
    "identities": lambda: net(L.Dropout(0.5), L.GaussianNoise(0.1), L.GaussianDropout(0.1), L.ActivityRegularization(l1=0.1), L.Dense(2)),
    "einsum_dense": lambda: net(L.EinsumDense("abc,cd->abd", (None, 3), bias_axes="d"), shape=(2, 4)),
    "einsum_dense_no_bias": lambda: net(L.EinsumDense("ab,bc->ac", 3, activation="relu")),
    "relu_threshold": lambda: net(L.ReLU(max_value=1.5, threshold=0.5)),
    "relu_threshold_slope": lambda: net(L.ReLU(negative_slope=0.25, threshold=0.5)),
    "layer_normalization": lambda: net(L.LayerNormalization(), shape=(2, 4)),
    "layer_normalization_axes": lambda: net(L.LayerNormalization(axis=[1, 2], center=False, epsilon=1e-5), shape=(2, 3)),
    "normalization": lambda: net(L.Normalization()),
    "normalization_all_axes": lambda: net(L.Normalization(axis=(1, 2)), shape=(2, 3)),
    "normalization_given": lambda: net(L.Normalization(axis=1, mean=[0.5, -1.0], variance=[2.0, 0.3]), shape=(2, 3)),
    "normalization_inverse": lambda: net(L.Normalization(axis=None, mean=0.7, variance=3.0, invert=True)),
    "embedding": lambda: embedding("float32"),
    "embedding_integers": lambda: embedding("int32"),
    "shared_layer": shared_layer,
    "several_outputs": several_outputs,
    "residual": residual,
    "nested": nested,
    "nested_twice": nested_twice,
    "nested_outputs": nested_outputs,
    "sequential": sequential,
    "many_of_a_class": many_of_a_class,
}


def dense_of_signs():
    """How older files name their layers and functions: without a package."""
    with keras.utils.custom_object_scope(sign_layers.OBJECTS):
        hidden = [sign_layers.TernaryDense(6, use_bias=False), L.BatchNormalization(), L.Activation("ternary_tanh"), sign_layers.BinaryDense(4, H=0.5), L.Activation("binary_tanh")]
        return net(*hidden, sign_layers.TernaryDense(3, H="Glorot"), sign_layers.BinaryDense(2, H="Glorot", activation="ternary_tanh"))


if IS_KERAS_2:
    CASES["dense_of_signs"] = dense_of_signs
    CASES["thresholded_relu"] = lambda: net(L.ThresholdedReLU(theta=0.6))
    CASES["attention"] = lambda: attention([(3, 4), (2, 3)], num_heads=2, key_dim=3)
    CASES["attention_nested"] = lambda: net(attention([(3, 2)], num_heads=1, key_dim=2), L.Flatten(), L.Dense(2), shape=(3, 2))
    CASES["dense_activation_layer"] = lambda: net(L.Dense(4, activation=L.ReLU(max_value=0.5)))
else:
    CASES["rms_normalization"] = lambda: net(L.RMSNormalization(), shape=(2, 4))
    CASES["attention"] = lambda: attention([(3, 4)], num_heads=2, key_dim=3)
    CASES["attention_to_others"] = lambda: attention([(3, 4), (2, 3), (2, 5)], num_heads=2, key_dim=2, value_dim=3, output_shape=(2, 2), use_bias=False)
    CASES["attention_gate"] = lambda: attention([(3, 2)], num_heads=1, key_dim=2, use_gate=True)
    CASES["attention_dot"] = lambda: merge(L.Attention(use_scale=True), [(3, 4), (2, 4)])
    CASES["attention_concat"] = lambda: merge(L.Attention(use_scale=True, score_mode="concat"), [(3, 4), (2, 3), (2, 4)])
    CASES["attention_plain"] = lambda: merge(L.Attention(), [(3, 4), (2, 4)])
    CASES["attention_additive"] = lambda: merge(L.AdditiveAttention(), [(3, 4), (2, 4)])
    CASES["attention_axis"] = lambda: attention([(2, 3, 2)], num_heads=1, key_dim=2, attention_axes=2)
    CASES["attention_axes"] = lambda: attention([(2, 2, 2)], num_heads=1, key_dim=2)
    CASES["global_average_pooling"] = lambda: net(L.GlobalAveragePooling1D(), shape=(3, 2))
    CASES["global_average_pooling_2d"] = lambda: net(L.GlobalAveragePooling2D(data_format="channels_first", keepdims=True), shape=(2, 2, 3))
    CASES["global_max_pooling"] = lambda: net(L.GlobalMaxPooling2D(), shape=(2, 3, 2))
    CASES["global_max_pooling_keepdims"] = lambda: net(L.GlobalMaxPooling1D(keepdims=True), shape=(3, 2))
    CASES["softmax_axes"] = lambda: net(L.Softmax(axis=(1, 3)), shape=(2, 2, 3))
    CASES["dot_matrices"] = lambda: merge(L.Dot(axes=(2, 1)), [(2, 3), (3, 4)])
    CASES["dot_matrix_and_row"] = lambda: merge(L.Dot(axes=(1, 1)), [(3, 2), (3,)])
    CASES["einsum_dense_positions"] = lambda: net(L.EinsumDense("abc,bcd->abd", (2, 3), bias_axes="bd"), shape=(2, 4))
    CASES["dense_activation_layer"] = lambda: net(L.Dense(4, activation=L.ReLU(max_value=0.5)), L.Dense(4, activation=L.Softmax(axis=1)))
    CASES["activation_of_a_layer"] = lambda: net(L.Activation(L.LeakyReLU(0.125)))


def activation(name):
    return lambda: net(L.Dense(4, activation=name))


def cases():
    """All; of Keras 2, whose files are large, without what is no different there."""
    names = ["hard_sigmoid", "swish", "gelu"] if IS_KERAS_2 else SHARED + ONLY_3
    left_out = {"relu_threshold", "relu_threshold_slope", "layer_normalization_axes", "normalization_all_axes", "normalization_inverse", "embedding_integers", "many_of_a_class", "dot", "add_ranks", "dense_two_axes", "einsum_dense", "residual"} if IS_KERAS_2 else {}
    kept = {name: make for name, make in CASES.items() if name not in left_out}
    return {**kept, **{f"dense_{name}": activation(name) for name in names}}


def draw_weights(model, seed):
    draw = np.random.default_rng(seed)
    values = []
    for variable in model.weights:
        is_variance = "variance" in variable.name
        values.append(draw.uniform(0.5, 2, variable.shape) if is_variance else draw.normal(0, 0.7, variable.shape))
    model.set_weights([np.asarray(value, np.float32) for value in values])
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()  # it computes with copies of its weights, which loading a file renews too


def save(model, recorder, name, way):
    """Ways: one archive, architecture and weights, one HDF5 file."""
    if way == "keras":
        model.save(recorder.path(name))
        smaller(recorder.path(name))
    elif way == "json":
        recorder.path(name, ".json").write_text(model.to_json())
        # Keras 2 decides by the name; .h5 is its HDF5 form.
        target = recorder.path(name, "_weights.h5" if IS_KERAS_2 else ".weights.h5")
        model.save_weights(target)
        if IS_KERAS_2:
            target.rename(recorder.path(name, ".weights.h5"))
    else:
        model.save(recorder.path(name, ".h5"))


# The large part of HDF5 files is empty space, so few cases are recorded in them; an archive is packed.
H5_CASES = ["dense", "batch_normalization", "nested", "nested_outputs", "shared_layer"]


def main(folder, names):
    recorder = Recorder(folder, "keras2_" if IS_KERAS_2 else "keras3_", names)
    jobs = [(name, name, "json" if IS_KERAS_2 else "keras") for name in cases()]
    jobs += [(name, f"{name}_h5", "h5") for name in H5_CASES]
    jobs += [] if IS_KERAS_2 else [(name, f"{name}_json", "json") for name in H5_CASES]
    for case, name, way in jobs:
        if names and name not in names:
            continue
        keras.backend.clear_session()
        model = cases()[case]()
        draw_weights(model, seed_of(name))
        # Powers end at 1024.
        inputs = draw_inputs([tuple(x.shape[1:]) for x in model.inputs], scale=0.5 if case == "dense_exponential" else 2.0)
        inputs = [np.abs(x).astype(np.int32) if "int" in str(given.dtype) else x for x, given in zip(inputs, model.inputs)]
        save(model, recorder, name, way)
        recorder.record(name, inputs, predict(model, inputs), 1e-5)
    recorder.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
