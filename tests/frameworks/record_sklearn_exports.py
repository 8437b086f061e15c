"""Records what scikit-learn's models become with skl2onnx, with what scikit-learn computes: record_sklearn_exports.py FOLDER (tests/golden/exports)."""

import pathlib
import sys
import warnings

import numpy as np
from skl2onnx import to_onnx
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, RidgeClassifier, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from exports import Recorder, events

MODELS = {
    "mlp_classifier": lambda: MLPClassifier((8, 4), max_iter=60, random_state=1),
    "mlp_classifier_two_classes": lambda: MLPClassifier((4,), activation="logistic", max_iter=60, random_state=1),
    "mlp_regressor": lambda: MLPRegressor(hidden_layer_sizes=(8, 4), activation="tanh", max_iter=60, random_state=1),
    "mlp_regressor_identity": lambda: MLPRegressor(hidden_layer_sizes=(5,), activation="identity", max_iter=60, random_state=1),
    "logistic": lambda: LogisticRegression(),
    "logistic_two_classes": lambda: LogisticRegression(),
    "logistic_names": lambda: LogisticRegression(),
    "logistic_dictionary": lambda: LogisticRegression(),
    "logistic_names_dictionary": lambda: LogisticRegression(),
    "mlp_classifier_names": lambda: MLPClassifier((6,), max_iter=60, random_state=1),
    "mlp_classifier_two_classes_names": lambda: MLPClassifier((4,), max_iter=60, random_state=1),
    "logistic_one_against_rest": lambda: OneVsRestClassifier(LogisticRegression()),
    "logistic_one_against_rest_names": lambda: OneVsRestClassifier(LogisticRegression()),
    "descent_logistic": lambda: make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss", alpha=0.1, random_state=1)),
    "ridge_classifier": lambda: RidgeClassifier(),
    "linear": lambda: LinearRegression(),
    "ridge": lambda: Ridge(),
    "scaled_mlp": lambda: make_pipeline(StandardScaler(), MLPClassifier((6,), max_iter=60, random_state=1)),
    "range_logistic": lambda: make_pipeline(MinMaxScaler((-1, 1)), LogisticRegression()),
    "components_linear": lambda: make_pipeline(StandardScaler(), PCA(3), LinearRegression()),
    "white_components_mlp": lambda: make_pipeline(PCA(3, whiten=True), MLPRegressor(hidden_layer_sizes=(4,), max_iter=60, random_state=1)),
}


def data_for(name):
    """Sixty events of a learnable problem: integer labels for classifiers, real ones for regressors."""
    random = np.random.default_rng(29)
    x = random.normal(size=(60, 5)) * 2 + 1
    score = x @ random.normal(size=5)
    if "two_classes" in name:
        return x, (score > np.median(score)).astype(np.int64)
    is_classifier = "classifier" in name or "logistic" in name or name == "scaled_mlp"
    return x, np.digitize(score, np.quantile(score, [0.33, 0.66])) if is_classifier else score


def names_for(name, y):
    """Strings in place of integer labels, for the models that have such classes."""
    return np.array(["gluon", "quark", "top"])[y] if "names" in name else y


def outputs_of(model, x):
    """What the ONNX file gives: the label (of names, the index) and the scores of a classifier, the prediction of a regressor as a column."""
    if hasattr(model, "predict_proba"):
        labels = model.predict(x)
        return [np.searchsorted(model.classes_, labels) if labels.dtype.kind == "U" else labels, model.predict_proba(x)]
    if hasattr(model, "decision_function"):
        return [model.predict(x), model.decision_function(x)]
    return [model.predict(x).reshape(len(x), -1)]


def main(folder):
    warnings.simplefilter("ignore")
    recorder = Recorder(folder)
    for name, make in MODELS.items():
        x, y = data_for(name)
        model = make().fit(x, names_for(name, y))
        case = f"sklearn_{name}"
        options = {id(model): {"zipmap": "dictionary" in name}} if hasattr(model, "classes_") else None
        proto = to_onnx(model, x[:1].astype(np.float32), options=options)
        recorder.path(case).write_bytes(proto.SerializeToString())
        sample = events(5, scale=2)
        recorder.add(case, sample, [np.asarray(output, np.float64) for output in outputs_of(model, sample)], tolerance=2e-5)
    recorder.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
