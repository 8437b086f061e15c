"""Substructure features of a groomed jet: the 16 inputs of the jet-tagging benchmark.

The benchmark (E. Coleman et al., arXiv:1709.08705; E. Moreno et al., arXiv:1908.05318) describes a jet by sixteen numbers that it
computes from the constituents which grooming leaves. With z_i the share of constituent i in the summed transverse momentum and R_ij
the distance of i and j in the plane of rapidity and azimuth, they are built from

    e2(b)   = sum_{i<j}   z_i z_j      R_ij^b
    e3(b)   = sum_{i<j<k} z_i z_j z_k (R_ij R_jk R_ik)^b
    e3_1(b) = sum_{i<j<k} z_i z_j z_k (the smallest of the three distances)^b
    e3_2(b) = sum_{i<j<k} z_i z_j z_k (the product of the two smallest)^b

The normalised energy correlation functions e2 and e3 and the ratio C are from A. Larkoski, G. Salam and J. Thaler, arXiv:1305.0007;
the ratio D2 is from A. Larkoski, I. Moult and D. Neill, arXiv:1409.6298; e3_1, e3_2, M2 and N2 are from I. Moult, L. Necib and
J. Thaler, arXiv:1609.07483.
"""

import math
from typing import NamedTuple

import numba
import numpy as np

FEATURES = (
    "zlogz",
    "c1_b0",
    "c1_b1",
    "c1_b2",
    "c2_b1",
    "c2_b2",
    "d2_b1",
    "d2_b2",
    "d2_a1_b2",
    "d2_a2_b1",
    "m2_b1",
    "m2_b2",
    "n2_b1",
    "n2_b2",
    "mass_mmdt",
    "multiplicity",
)
"""The benchmark's names of the features, in its order."""


class Correlators(NamedTuple):
    """The sums over pairs and triples that the features are ratios of; the last digit of a name is the exponent b."""

    e2_0: float
    e2_1: float
    e2_2: float
    e3_1: float
    e3_2: float
    e3_min1_1: float
    e3_min1_2: float
    e3_min2_1: float
    e3_min2_2: float


@numba.njit(cache=True)
def correlator_sums(z, rapidity, phi):
    """Returns the fields of `Correlators` for shares `z` of constituents at (`rapidity`, `phi`): n^3 / 6 steps for n of them."""
    n = len(z)
    distance = np.zeros((n, n))
    e2_0 = e2_1 = e2_2 = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            dphi = abs(phi[i] - phi[j])
            if dphi > math.pi:
                dphi = 2 * math.pi - dphi
            r = math.hypot(rapidity[i] - rapidity[j], dphi)
            distance[i, j] = r
            weight = z[i] * z[j]
            e2_0 += weight
            e2_1 += weight * r
            e2_2 += weight * r * r

    e3_1 = e3_2 = e3_min1_1 = e3_min1_2 = e3_min2_1 = e3_min2_2 = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            for k in range(j + 1, n):
                a, b, c = distance[i, j], distance[i, k], distance[j, k]
                weight = z[i] * z[j] * z[k]
                product = a * b * c
                smallest = min(a, b, c)
                two_smallest = min(a * b, a * c, b * c)
                e3_1 += weight * product
                e3_2 += weight * product * product
                e3_min1_1 += weight * smallest
                e3_min1_2 += weight * smallest * smallest
                e3_min2_1 += weight * two_smallest
                e3_min2_2 += weight * two_smallest * two_smallest
    return e2_0, e2_1, e2_2, e3_1, e3_2, e3_min1_1, e3_min1_2, e3_min2_1, e3_min2_2


def correlators(pt, rapidity, phi):
    """Returns the `Correlators` of constituents with transverse momenta `pt`; the unit of `pt` does not matter."""
    z = np.asarray(pt, np.float64) / np.sum(pt)
    return Correlators(*correlator_sums(z, np.asarray(rapidity, np.float64), np.asarray(phi, np.float64)))


def has_features(pt, rapidity, phi):
    """Tells whether all ratios exist: at least three constituents, no two distances of them zero at once."""
    return len(pt) >= 3 and correlators(pt, rapidity, phi).e3_min2_2 > 0


def jet_features(pt, rapidity, phi, mass):
    """Returns the sixteen features, in the order of `FEATURES`, of a groomed jet of `mass` (GeV) that `has_features`."""
    z = np.asarray(pt, np.float64) / np.sum(pt)
    e = correlators(pt, rapidity, phi)
    return np.array(
        [
            np.sum(z * np.log(z)),
            e.e2_0,  # C1(b) = e2(b)
            e.e2_1,
            e.e2_2,
            e.e3_1 / e.e2_1**2,  # C2(b) = e3(b) / e2(b)^2
            e.e3_2 / e.e2_2**2,
            e.e3_1 / e.e2_1**3,  # D2(b) = e3(b) / e2(b)^3
            e.e3_2 / e.e2_2**3,
            e.e3_1 / e.e2_2**1.5,  # D2(a, b) = e3(a) / e2(b)^(3a/b)
            e.e3_2 / e.e2_1**6,
            e.e3_min1_1 / e.e2_1,  # M2(b) = e3_1(b) / e2(b)
            e.e3_min1_2 / e.e2_2,
            e.e3_min2_1 / e.e2_1**2,  # N2(b) = e3_2(b) / e2(b)^2
            e.e3_min2_2 / e.e2_2**2,
            mass,
            len(z),
        ]
    )
