"""Forms: what bits sum up; and words, whose values are known to lie in a range."""

from itertools import product

ONE = frozenset()  # the product of no bits
MOST_VALUES = 1 << 18  # of a word whose functions are looked at value by value


class Wrong(Exception):
    """A step that does not hold."""


class Form:
    """terms: coefficients by sets of bits. functions: by word, a number for each of its values, the first 0."""

    def __init__(self, terms=(), functions=()):
        self.terms, self.functions = dict(terms), dict(functions)

    def add(self, other, factor=1):
        for bits, coefficient in other.terms.items():
            self.terms[bits] = self.terms.get(bits, 0) + factor * coefficient
        for word, numbers in other.functions.items():
            self.add_function(word, numbers, factor)
        return self

    def add_function(self, word, numbers, factor=1):
        before = self.functions.get(word, [0] * len(numbers))
        self.functions[word] = [a + factor * (b - numbers[0]) for a, b in zip(before, numbers, strict=True)]
        self.terms[ONE] = self.terms.get(ONE, 0) + factor * numbers[0]

    def divided(self, divisor):
        if any(number % divisor for number in [*self.terms.values(), *(n for numbers in self.functions.values() for n in numbers)]):
            raise Wrong("a chain without its lowest bits is no whole number")
        return Form({bits: c // divisor for bits, c in self.terms.items()}, {word: [n // divisor for n in ns] for word, ns in self.functions.items()})


def nearest_to_zero(number, modulus):
    """The number of least size that is equal modulo the modulus."""
    return (number + modulus // 2) % modulus - modulus // 2


def near_first(numbers, modulus):
    """Numbers that are equal modulo the modulus, near the first: as those of two's complement are."""
    start = numbers[0] - modulus // 2
    return [start + (number - start) % modulus for number in numbers]


def narrowed(numbers, modulus):
    """Numbers that are equal modulo the modulus, in the shortest interval: it begins behind the widest gap."""
    places = sorted({number % modulus for number in numbers})
    gaps = [b - a for a, b in zip(places, places[1:])] + [places[0] + modulus - places[-1]]
    start = places[(gaps.index(max(gaps)) + 1) % len(places)]
    start -= modulus if start > modulus // 2 else 0
    return [start + (number - start) % modulus for number in numbers]


def extreme(weights, state, low, high, is_signed, choose, base):
    """base + the least or greatest sum of the weights of the bits that are 1, of the numbers from low to high whose bits are as in `state`; None: of none."""
    if is_signed:  # as the numbers from 0 on: the sign is inverted
        base, weights, half = base + weights[-1], weights[:-1] + [-weights[-1]], 1 << len(weights) - 1
        low, high, state = low + half, high + half, state[:-1] + [None if state[-1] is None else 1 - state[-1]]
    found = dict.fromkeys(product((False, True), repeat=2), 0)  # by whether the bits below may not go below those of low, above those of high
    for b, weight in enumerate(weights):
        before, found = found, {}
        for at_low, at_high in before:
            bits = [bit for bit in ((0, 1) if state[b] is None else (state[b],)) if not (at_low and bit < low >> b & 1 or at_high and bit > high >> b & 1)]
            sums = [(before[at_low and bit == low >> b & 1, at_high and bit == high >> b & 1], weight * bit) for bit in bits]
            found[at_low, at_high] = choose((below + added for below, added in sums if below is not None), default=None)
    return None if found[True, True] is None else base + found[True, True]


class Word:
    """A wire of the circuit that is taken for any number of its range. bits: pairs of a name and whether it is inverted; 0 and 1 are those of None. Nothing
    reads the lowest bits but those of `dropped`: functions of the word are looked at for multiples of 2^dropped."""

    def __init__(self, low, high, bits, dropped):
        step = 1 << dropped
        self.is_signed = low < 0
        self.width = max((number if number >= 0 else -1 - number).bit_length() for number in (low, high)) + self.is_signed
        self.bits = bits[:self.width] + [bits[self.width - 1] if self.is_signed else (None, False)] * (len(bits) - self.width)
        self.weights = [-1 << b if self.is_signed and b + 1 == self.width else 1 << b for b in range(self.width)]
        self.range = (low, high)
        self.values = range(low // step * step, high + 1, step) if high - low < MOST_VALUES * step else None
