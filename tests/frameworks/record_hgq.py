"""Records small HGQ2 models with what HGQ2 computes: hgq_NAME.keras, .xI.npy, .yI.npy in a folder, such as tests/golden/keras.

Usage: record_hgq.py FOLDER [NAME...]; with names, these alone are recorded and the others stay. Needs the packages of requirements-hgq.txt. Widths differ from element to element, some are pruned; all results
are exact, so what Lutra computes must be equal, but where TOLERANCES says otherwise.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

from hgq_cases import ADJUSTMENTS, CASES
from hgq_equation_cases import EQUATION_ADJUSTMENTS, EQUATION_CASES, TOLERANCES, TORCH_CASES
from keras_recording import Recorder, draw_inputs, predict, seed_of, smaller


def draw_variable(variable, draw):
    """A new value by the variable's name: widths are small integers, variances positive."""
    shape, name = variable.shape, variable.name
    if name in ("f", "b"):
        return draw.integers(0, 5, shape) + 0.25
    if name == "i":
        return draw.integers(-1, 4, shape) + 0.25
    if name == "moving_variance":
        return draw.uniform(0.5, 2, shape)
    if name in ("k", "beta", "ebops", "i_decay_speed", "seed_generator_state"):
        return None
    return draw.normal(0, 1, shape)


def draw_weights(model, seed):
    draw = np.random.default_rng(seed)
    for variable in model.variables:
        value = draw_variable(variable, draw)
        if value is not None:
            variable.assign(value)


def give_signs_a_bit(model):
    """Tables whose input has a sign and nothing else never saw a negative input where HGQ trained them, and Lutra takes it for 0: here they get a bit."""
    variables = {variable.path: variable for variable in model.variables if "dense_t" in variable.path}
    for path, integer in variables.items():
        fraction = variables.get(path.removesuffix("/i") + "/f")
        if path.endswith("/i") and fraction is not None:
            value = keras.ops.convert_to_numpy(integer.value)
            has_sign_only = np.round(value) + np.round(keras.ops.convert_to_numpy(fraction.value)) == 0
            integer.assign(value + has_sign_only)


def main(folder, names):
    recorder = Recorder(folder, "hgq_", names)
    adjustments = ADJUSTMENTS | EQUATION_ADJUSTMENTS
    for name, make in (CASES | EQUATION_CASES).items():
        if (names and name not in names) or (name in TORCH_CASES and keras.backend.backend() != "torch"):
            continue
        keras.utils.clear_session(free_memory=False)
        model = make()
        draw_weights(model, seed_of(name))
        give_signs_a_bit(model)
        adjustments.get(name, lambda _: None)(model)
        inputs = draw_inputs([x.shape[1:] for x in model.inputs])
        outputs = predict(model, inputs)
        model.save(recorder.path(name))
        smaller(recorder.path(name))
        recorder.record(name, inputs, outputs, TOLERANCES.get(name, 0))
    recorder.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
