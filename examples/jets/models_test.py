"""Tests that the files in `models/` compute what is recorded beside them."""

import json
import unittest

import numpy as np

from train_models import HERE, NUM_EXPECTED, load_sample, run_onnx, run_qonnx
from training import accuracy

RUNNERS = {"jets_float": run_onnx, "jets_quantised": run_qonnx, "jets_ternary": run_qonnx}


class Models(unittest.TestCase):
    def test_compute_what_is_recorded(self):
        features, labels = load_sample(HERE / "data", "jets")
        reports = json.loads((HERE / "models" / "accuracy.json").read_text())
        self.assertEqual(reports.keys(), RUNNERS.keys())
        for name, run in RUNNERS.items():
            outputs = run(HERE / "models" / f"{name}.onnx", features)
            expected = np.load(HERE / "models" / f"{name}_expected.npy")
            tolerance = 1e-5 if name == "jets_float" else 0
            np.testing.assert_allclose(outputs[:NUM_EXPECTED], expected, rtol=0, atol=tolerance, err_msg=name)
            self.assertAlmostEqual(accuracy(outputs, labels), reports[name]["accuracy"], places=3, msg=name)


if __name__ == "__main__":
    unittest.main()
