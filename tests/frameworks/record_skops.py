"""Records what skops writes of scikit-learn's models, with what they compute: record_skops.py FOLDER (tests/golden/sklearn)."""

import io
import json
import pathlib
import re
import sys
import warnings
import zipfile

import skops.io
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler

from exports import Recorder, events
from record_sklearn_exports import MODELS, data_for, names_for

MORE = {
    "descent_logistic_two_classes": lambda: SGDClassifier(loss="log_loss", alpha=0.1, random_state=1),
    "descent_hinge_classifier": lambda: SGDClassifier(alpha=0.1, random_state=1),
    "mlp_one_against_rest_classifier": lambda: OneVsRestClassifier(MLPClassifier((3,), max_iter=60, random_state=1)),
    "logistic_one_against_rest_two_classes": lambda: OneVsRestClassifier(LogisticRegression()),
    "clipped_range_linear": lambda: make_pipeline(MinMaxScaler((-1, 1), clip=True), LinearRegression()),
    "no_mean_no_intercept": lambda: make_pipeline(StandardScaler(with_mean=False), LinearRegression(fit_intercept=False)),
    "many_scalers_mlp_classifier": lambda: make_pipeline(RobustScaler(), MaxAbsScaler(), make_pipeline(StandardScaler(), PCA(4, whiten=True)), MLPClassifier((5,), max_iter=40, random_state=1)),
}


def scores_of(model, x):
    for method in ("predict_proba", "decision_function"):
        if hasattr(model, method):
            return getattr(model, method)(x)
    return model.predict(x).reshape(len(x), -1)


def renumbered(content):
    """The same file with small numbers in place of the addresses of objects, and without its optimiser, which is most of it: recording twice gives
    the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    schema = json.loads(dict(entries)["schema.json"])

    def strip(node):
        if isinstance(node, dict):
            node.pop("key_types", None)
            for key in [key for key in node if key in ("_optimizer", "_random_state", "_label_binarizer")]:
                del node[key]
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
            strip(child)

    strip(schema)
    text = json.dumps(schema)
    numbers = {}
    text = re.sub(r"\d{12,}", lambda match: str(numbers.setdefault(match.group(), len(numbers))), text)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            stem = name.removesuffix(".npy")
            if stem in numbers:
                archive.writestr(zipfile.ZipInfo(f"{numbers[stem]}.npy"), data)
        archive.writestr(zipfile.ZipInfo("schema.json"), text, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def main(folder):
    warnings.simplefilter("ignore")
    recorder = Recorder(folder)
    # Dictionaries are a form of ONNX files alone.
    for name, make in {name: make for name, make in (MODELS | MORE).items() if "dictionary" not in name}.items():
        x, y = data_for(name)
        model = make().fit(x, names_for(name, y))
        recorder.path(name, "skops").write_bytes(renumbered(skops.io.dumps(model)))
        sample = events(5, scale=2)
        recorder.add(name, sample, scores_of(model, sample))
    recorder.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
