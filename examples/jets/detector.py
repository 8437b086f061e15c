"""A simple detector: momenta as a tracker and two calorimeters would measure them."""

from typing import NamedTuple

import numpy as np

MAX_PSEUDORAPIDITY = 4.0
MIN_PT = 0.5  # GeV

PHOTON = 22
CHARGED = (11, 13, 211, 321, 2212, 3112, 3222, 3312, 3334)
"""Absolute PDG codes of the charged particles that live long enough to be measured; all codes but these and `PHOTON` are neutral
hadrons."""


class Instrument(NamedTuple):
    """Standard deviations of a measurement: of the momentum p, relative to it, and of each of the two angles.

    The relative one is the root of the sum of the squares of stochastic / sqrt(E), constant and linear * pt (GeV).
    """

    stochastic: float
    constant: float
    linear: float
    angle: float


TRACKER = Instrument(stochastic=0.0, constant=0.01, linear=0.00015, angle=0.001)
ELECTROMAGNETIC_CALORIMETER = Instrument(stochastic=0.1, constant=0.01, linear=0.0, angle=0.01)
HADRONIC_CALORIMETER = Instrument(stochastic=0.6, constant=0.05, linear=0.0, angle=0.05)


def instruments_of(codes):
    """Returns an `Instrument` whose fields are arrays: for each particle of absolute PDG `codes` those of what measures it."""
    choice = np.where(np.isin(codes, CHARGED), 0, np.where(codes == PHOTON, 1, 2))
    table = np.array([TRACKER, ELECTROMAGNETIC_CALORIMETER, HADRONIC_CALORIMETER])
    return Instrument(*table[choice].T)


def measure(momenta, codes, random):
    """Returns the measured momenta (m x 4) of those of the particles (n x 4; px, py, pz, E in GeV) that are accepted.

    Measured particles have no mass.
    """
    px, py, pz, energy = momenta.T
    pt = np.hypot(px, py)
    accepted = (pt > MIN_PT) & (np.abs(pz) < pt * np.sinh(MAX_PSEUDORAPIDITY))
    px, py, pz, energy, pt = (values[accepted] for values in (px, py, pz, energy, pt))

    instrument = instruments_of(codes[accepted])
    noise = random.standard_normal((3, len(pt)))
    resolution = np.sqrt(instrument.stochastic**2 / energy + instrument.constant**2 + (instrument.linear * pt) ** 2)
    measured_pt = pt * np.maximum(1 + resolution * noise[0], 0.01)
    pseudorapidity = np.arcsinh(pz / pt) + instrument.angle * noise[1]
    phi = np.arctan2(py, px) + instrument.angle * noise[2]
    directions = [np.cos(phi), np.sin(phi), np.sinh(pseudorapidity), np.cosh(pseudorapidity)]
    return measured_pt[:, None] * np.column_stack(directions)
