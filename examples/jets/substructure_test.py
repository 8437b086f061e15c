"""Tests of the substructure features against closed forms and against sums over all pairs and triples."""

import itertools
import math
import unittest

import numpy as np

from substructure import FEATURES, correlators, has_features, jet_features


def triangle(side):
    """Returns rapidity and azimuth of the corners of an equilateral triangle."""
    return np.array([0.0, side, side / 2]), np.array([0.0, 0.0, side * math.sqrt(3) / 2])


class Correlators(unittest.TestCase):
    def test_two_particles_have_one_pair_and_no_triple(self):
        e = correlators([300.0, 100.0], [0.0, 0.3], [0.0, 0.4])
        np.testing.assert_allclose(e[:3], [3 / 16, 3 / 16 * 0.5, 3 / 16 * 0.25])
        self.assertEqual(e[3:], (0.0,) * 6)

    def test_azimuth_wraps_around(self):
        e = correlators([1.0, 1.0], [0.0, 0.0], [0.1, 2 * math.pi - 0.1])
        self.assertAlmostEqual(e.e2_1, 0.2 / 4)

    def test_three_particles_on_a_line(self):
        e = correlators([5.0, 3.0, 2.0], [0.0, 0.1, 0.4], [0.0, 0.0, 0.0])
        self.assertAlmostEqual(e.e2_1, 0.15 * 0.1 + 0.06 * 0.3 + 0.1 * 0.4)
        self.assertAlmostEqual(e.e3_1, 0.03 * 0.1 * 0.3 * 0.4)
        self.assertAlmostEqual(e.e3_min1_1, 0.03 * 0.1)
        self.assertAlmostEqual(e.e3_min2_2, 0.03 * (0.1 * 0.3) ** 2)

    def test_equals_the_sums_over_all_pairs_and_triples(self):
        random = np.random.default_rng(1)
        pt, rapidity, phi = random.uniform(1, 9, 7), random.normal(0, 0.2, 7), random.normal(0, 0.2, 7)
        z = pt / pt.sum()

        def distance(i, j):
            return math.hypot(rapidity[i] - rapidity[j], phi[i] - phi[j])

        expected = [sum(z[i] * z[j] * distance(i, j) ** b for i, j in itertools.combinations(range(7), 2)) for b in (0, 1, 2)]
        for num_smallest, b in itertools.product((3, 1, 2), (1, 2)):
            total = 0.0
            for triple in itertools.combinations(range(7), 3):
                sides = sorted(distance(i, j) for i, j in itertools.combinations(triple, 2))
                total += np.prod(z[list(triple)]) * math.prod(sides[:num_smallest]) ** b
            expected.append(total)
        np.testing.assert_allclose(correlators(pt, rapidity, phi), expected, rtol=1e-12)


class JetFeatures(unittest.TestCase):
    def test_equilateral_triangle_of_equal_particles(self):
        side = 0.3
        features = dict(zip(FEATURES, jet_features([10.0] * 3, *triangle(side), mass=80.4), strict=True))
        expected = {
            "zlogz": -math.log(3),
            "c1_b0": 1 / 3,
            "c1_b1": side / 3,
            "c1_b2": side**2 / 3,
            "c2_b1": side / 3,
            "c2_b2": side**2 / 3,
            "d2_b1": 1.0,
            "d2_b2": 1.0,
            "d2_a1_b2": 3**-1.5,
            "d2_a2_b1": 27.0,
            "m2_b1": 1 / 9,
            "m2_b2": 1 / 9,
            "n2_b1": 1 / 3,
            "n2_b2": 1 / 3,
            "mass_mmdt": 80.4,
            "multiplicity": 3.0,
        }
        self.assertEqual(features.keys(), expected.keys())
        for name, value in expected.items():
            self.assertAlmostEqual(features[name], value, places=12, msg=name)

    def test_a_common_factor_of_the_momenta_does_not_matter(self):
        pt, place = np.array([5.0, 3.0, 2.0]), triangle(0.2)
        np.testing.assert_allclose(jet_features(pt, *place, 90.0), jet_features(1000 * pt, *place, 90.0))

    def test_a_distance_scales_only_features_with_a_dimension(self):
        pt = np.array([5.0, 3.0, 2.0])
        ratio = jet_features(pt, *triangle(0.4), 90.0) / jet_features(pt, *triangle(0.2), 90.0)
        np.testing.assert_allclose(ratio, [1, 1, 2, 4, 2, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])

    def test_two_particles_or_two_at_one_place_have_no_ratios(self):
        self.assertFalse(has_features([1.0, 1.0], [0.0, 0.1], [0.0, 0.0]))
        self.assertFalse(has_features([1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [0.1, 0.1, 0.1]))
        self.assertTrue(has_features([1.0, 1.0, 1.0], *triangle(0.1)))


if __name__ == "__main__":
    unittest.main()
