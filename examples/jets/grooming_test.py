"""Tests of grooming on jets made by hand."""

import math
import unittest

import fastjet
import numpy as np

from simulate_jets import event_jets, groom


def particle(pt, rapidity, phi):
    """Returns the momentum (px, py, pz, E) of a massless particle."""
    return [pt * math.cos(phi), pt * math.sin(phi), pt * math.sinh(rapidity), pt * math.cosh(rapidity)]


def groomed_pts(*particles):
    """Returns the transverse momenta, largest first, of what grooming leaves of the one jet that `particles` make."""
    definition = fastjet.JetDefinition(fastjet.antikt_algorithm, 0.8)
    sequence = fastjet.ClusterSequence([fastjet.PseudoJet(*particle(*p)) for p in particles], definition)
    (jet,) = sequence.inclusive_jets()
    groomed, _kept_alive = groom(jet)
    return sorted((round(p.pt(), 6) for p in groomed.constituents()), reverse=True)


class Groom(unittest.TestCase):
    def test_drops_a_soft_particle_at_a_wide_angle(self):
        self.assertEqual(groomed_pts((500, 0, 0), (400, 0.2, 0), (50, 0, 0.6)), [500, 400])

    def test_keeps_a_soft_particle_inside_a_hard_prong(self):
        self.assertEqual(groomed_pts((500, 0, 0), (400, 0.3, 0), (10, 0.01, 0)), [500, 400, 10])

    def test_keeps_a_wide_prong_of_more_than_a_tenth(self):
        self.assertEqual(groomed_pts((870, 0, 0), (130, 0.5, 0)), [870, 130])

    def test_goes_down_to_one_particle_when_nothing_balances_it(self):
        self.assertEqual(groomed_pts((900, 0, 0), (40, 0.4, 0), (20, 0, 0.6)), [900])


class EventJets(unittest.TestCase):
    def test_keeps_only_jets_in_the_range_that_have_features(self):
        three_prongs = [particle(400, 0, 0), particle(300, 0.2, 0), particle(300, 0, 0.3)]
        too_hard = [particle(800, 0, 3), particle(400, 0.2, 3), particle(400, 0, 2.7)]
        (features,) = event_jets(np.array(three_prongs + too_hard))
        self.assertEqual(features[-1], 3)
        self.assertAlmostEqual(features[1], 0.4 * 0.3 + 0.4 * 0.3 + 0.3 * 0.3)


if __name__ == "__main__":
    unittest.main()
