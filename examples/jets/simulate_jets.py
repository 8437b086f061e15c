"""Simulates jets of quarks, gluons, W and Z bosons and top quarks near 1 TeV and writes their substructure features.

Writes NAME_x.npy (jets x 16, float32, standardised), NAME_y.npy (labels, uint8, in the order of `CLASSES`) and scale.npy (mean and standard
deviation of each feature) to a folder. Equal options give equal files, whatever `--jobs` is.

    python simulate_jets.py --jets 10000 --seed 2027 --scale data/scale.npy -o data
"""

import argparse
import functools
import multiprocessing
import pathlib
import sys
from typing import NamedTuple

import fastjet
import numpy as np
import pythia8mc

from detector import measure
from progress import show_progress
from substructure import FEATURES, has_features, jet_features

CLASSES = "gqtwz"
"""One letter per class: gluon, light quark, top quark, W, Z; a label is an index of this string."""

RADIUS = 0.8
PT_RANGE = (800.0, 1400.0)  # GeV, before grooming
Z_CUT = 0.1
BATCH = 250  # jets per run of the generator; part of what the seed means

COMMON_SETTINGS = (
    "Beams:eCM = 13000",
    "PhaseSpace:pTHatMin = 950",  # GeV
    "PhaseSpace:pTHatMax = 1200",
    "Print:quiet = on",
)
PROCESS_SETTINGS = {
    "g": ("HardQCD:gg2gg = on",),
    "q": ("HardQCD:qq2qq = on",),
    "t": ("Top:gg2ttbar = on", "Top:qqbar2ttbar = on", "24:onMode = off", "24:onIfAny = 1 2 3 4 5"),
    "w": ("WeakDoubleBoson:ffbar2WW = on", "24:onMode = off", "24:onIfAny = 1 2 3 4 5"),
    "z": (
        "WeakDoubleBoson:ffbar2gmZgmZ = on",
        "WeakZ0:gmZmode = 2",
        "23:onMode = off",
        "23:onIfAny = 1 2 3 4 5",
    ),
}


class Batch(NamedTuple):
    """A share of the work that one process does: `num_jets` jets of one class."""

    label: int
    num_jets: int
    seed: int


def make_generator(label, seed):
    """Returns an initialised Pythia for the hard process of class `label`."""
    pythia = pythia8mc.Pythia("", False)
    settings = (*COMMON_SETTINGS, *PROCESS_SETTINGS[CLASSES[label]], "Random:setSeed = on", f"Random:seed = {seed}")
    for setting in settings:
        if not pythia.readString(setting):
            raise ValueError(f"pythia does not know the setting '{setting}'")
    if not pythia.init():
        raise RuntimeError(f"pythia could not start class {CLASSES[label]}")
    return pythia


def visible_particles(event):
    """Returns the stable particles that a detector sees: momenta (n x 4; px, py, pz, E in GeV) and absolute PDG codes (n)."""
    seen = [p for p in event if p.isFinal() and p.isVisible()]
    momenta = np.array([(p.px(), p.py(), p.pz(), p.e()) for p in seen])
    return momenta, np.array([p.idAbs() for p in seen])


def groom(jet):
    """Returns `jet` after mMDT grooming, which is soft drop with beta = 0 and z_cut = `Z_CUT` on its Cambridge/Aachen tree.

    M. Dasgupta et al., arXiv:1307.0007; A. Larkoski et al., arXiv:1402.2657. The jet stays part of a cluster sequence, which the
    caller has to keep: it is returned second.
    """
    definition = fastjet.JetDefinition(fastjet.cambridge_algorithm, fastjet.JetDefinition.max_allowable_R)
    sequence = fastjet.ClusterSequence(list(jet.constituents()), definition)
    jet = sequence.inclusive_jets()[0]
    hard, soft = fastjet.PseudoJet(), fastjet.PseudoJet()
    while jet.has_parents(hard, soft):
        if min(hard.pt(), soft.pt()) > Z_CUT * (hard.pt() + soft.pt()):
            break
        jet = fastjet.PseudoJet(hard if hard.pt() > soft.pt() else soft)
    return jet, sequence


def event_jets(momenta):
    """Returns the features (k x 16, not standardised) of the at most two leading jets that lie in `PT_RANGE`."""
    particles = [fastjet.PseudoJet(*map(float, p)) for p in momenta]
    sequence = fastjet.ClusterSequence(particles, fastjet.JetDefinition(fastjet.antikt_algorithm, RADIUS))
    leading = fastjet.sorted_by_pt(sequence.inclusive_jets(PT_RANGE[0]))[:2]
    features = []
    for jet in leading:
        if jet.pt() > PT_RANGE[1]:
            continue
        groomed, kept_alive = groom(jet)
        parts = [(p.pt(), p.rap(), p.phi()) for p in groomed.constituents()]
        pt, rapidity, phi = np.array(parts).T
        if has_features(pt, rapidity, phi):
            features.append(jet_features(pt, rapidity, phi, groomed.m()))
    return features


def simulate_batch(batch):
    """Returns the features (num_jets x 16, not standardised) of a `Batch`."""
    pythia = make_generator(batch.label, batch.seed)
    random = np.random.default_rng(batch.seed)
    features = []
    while len(features) < batch.num_jets:
        if pythia.next():
            features += event_jets(measure(*visible_particles(pythia.event), random))
    return np.array(features[: batch.num_jets])


def plan_batches(num_jets, seed):
    """Returns the batches of `num_jets` jets, each class as often as the others as far as their number allows."""
    batches = []
    generator_seeds = np.random.default_rng(seed).permutation(800_000_000 // BATCH)
    for label in range(len(CLASSES)):
        remaining = (num_jets + label) // len(CLASSES)
        while remaining > 0:
            batches.append(Batch(label, min(BATCH, remaining), 1 + int(generator_seeds[len(batches)])))
            remaining -= BATCH
    return batches


def simulate(num_jets, seed, num_jobs):
    """Returns features (num_jets x 16, not standardised) and labels (num_jets), shuffled."""
    batches = plan_batches(num_jets, seed)
    features = []
    with multiprocessing.Pool(num_jobs) as pool:
        for part in pool.imap(simulate_batch, batches):
            features.append(part)
            show_progress("jets", sum(map(len, features)), num_jets)
    labels = np.concatenate([np.full(batch.num_jets, batch.label, np.uint8) for batch in batches])
    order = np.random.default_rng(seed).permutation(num_jets)
    return np.concatenate(features)[order], labels[order]


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jets", type=int, default=10000, metavar="N", help="how many jets, all classes together (10000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the generator and the detector (1)")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--name", default="jets", help="first part of the files' names (jets)")
    parser.add_argument("--scale", type=pathlib.Path, help="standardise with this scale.npy, not with the jets' own mean and deviation")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (1)")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse_options(arguments)
    features, labels = simulate(options.jets, options.seed, options.jobs)
    scale = np.stack([features.mean(axis=0), features.std(axis=0)]).astype(np.float32)
    if options.scale:
        scale = np.load(options.scale)
    assert scale.shape == (2, len(FEATURES))
    options.output.mkdir(parents=True, exist_ok=True)
    standardised = (features - scale[0].astype(np.float64)) / scale[1].astype(np.float64)
    np.save(options.output / f"{options.name}_x.npy", standardised.astype(np.float32))
    np.save(options.output / f"{options.name}_y.npy", labels)
    np.save(options.output / "scale.npy", scale)


if __name__ == "__main__":
    main(sys.argv[1:])
