"""Tests that training rounds as QONNX's reference does."""

import unittest

import numpy as np
import torch
from qonnx.custom_op.general.bipolar_quant import binary_quant
from qonnx.custom_op.general.intquant import int_quant

from quantisers import Quantiser, SignStraightThrough

GRID = np.arange(-80, 81, dtype=np.float32) / 16  # holds ties, and values that saturate


class Quantisers(unittest.TestCase):
    def test_round_and_saturate_as_quant_nodes_do(self):
        for quantiser in (
            Quantiser(4, 0.25),
            Quantiser(4, 0.25, narrow=True),
            Quantiser(5, 0.125, signed=False),
            Quantiser(2, 1.0, narrow=True),
        ):
            scale, zero_point, bits = np.float32(quantiser.scale), np.float32(0), np.float32(quantiser.bits)
            expected = int_quant(GRID, scale, zero_point, bits, quantiser.signed, quantiser.narrow, "ROUND")
            np.testing.assert_array_equal(quantiser(torch.from_numpy(GRID)).numpy(), expected, str(quantiser))

    def test_sign_is_that_of_bipolar_quant_nodes(self):
        np.testing.assert_array_equal(SignStraightThrough.apply(torch.from_numpy(GRID)).numpy(), binary_quant(GRID, np.float32(1)))

    def test_gradient_passes_straight_through_inside_the_range(self):
        x = torch.tensor([-3.0, 0.3, 3.0], requires_grad=True)
        Quantiser(4, 0.25)(x).sum().backward()
        self.assertEqual(x.grad.tolist(), [0.0, 1.0, 0.0])


if __name__ == "__main__":
    unittest.main()
