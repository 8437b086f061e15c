"""Forms of bits of words and chains, and their ranges."""

from itertools import product

from forms import ONE, Form, extreme, nearest_to_zero
from nets import Netlist

MOST_BRANCHES = 10  # bits of products whose values are all looked at


class Ranges(Netlist):
    """exact: by the number of a chain and whether its highest bit counts negative, the form that is its value, and the ends of that."""

    def __init__(self, netlist):
        super().__init__(netlist)
        self.exact = {}

    def form(self, polynomial):
        """With products and functions of one word's bits as functions of that word."""
        result = Form()
        for bits, coefficient in polynomial.items():
            is_linear = len(bits) == 1 and any(name in self.places or name in self.chain_places for name in bits)
            words = set(self.words) if bits and not is_linear else set()
            for name in bits if words else ():
                words &= set(self.places[name] if name in self.places else self.leaves(name)[1] or ())
            wire = max((wire for wire in words if self.words[wire].values), default=None)
            if wire is None:
                result.add(Form({bits: coefficient}))
            else:
                columns = zip(*(self.bit_values(name, wire) for name in bits))
                result.add_function(wire, [coefficient * all(column) for column in columns])
        return result

    def settled(self, form, width, place=None):
        """The form, with linear terms in the functions of their words, and its range. Where it counts modulo 2^width, `place` chooses between numbers that are equal."""
        modulus = 1 << width if place else 0
        result, linear, products = Form({ONE: form.terms.get(ONE, 0)}), {}, {}
        for bits, coefficient in form.terms.items():
            if place and bits:
                coefficient = nearest_to_zero(coefficient, modulus)
            if len(bits) > 1 and coefficient:
                products[bits] = coefficient
            elif bits and coefficient:
                (name,) = bits
                linear.setdefault(self.home(name, form.functions), {})[name] = coefficient
        functions = dict(form.functions)
        for wire in functions:
            for name, coefficient in linear.pop(wire, {}).items():
                functions[wire] = [n + coefficient * bit for n, bit in zip(functions[wire], self.bit_values(name, wire))]
            functions[wire] = place(functions[wire], modulus) if place else functions[wire]
        for wire in sorted(functions, reverse=True) if place else ():
            for other in (other for other in functions if other < wire):
                if moved := self.moved(functions[wire], wire, other):
                    functions[other] = place([a + b for a, b in zip(functions[other], moved)], modulus)
                    functions.pop(wire)
                    break
        for wire, numbers in functions.items():
            result.add_function(wire, numbers)
        result.functions = {wire: numbers for wire, numbers in result.functions.items() if any(numbers)}
        low = high = result.terms[ONE]
        for home in [*linear, *result.functions]:
            if home in linear:
                linear[home] = self.with_best_sign(home, linear[home], width)
                result.add(Form({frozenset([name]): c for name, c in linear[home].items()}))
        result.add(Form(products))
        for least, most in self.ranges(linear, result.functions, products):
            low, high = low + least, high + most
        return result, low, high

    def written_out(self, form):
        """With functions of few bits as polynomials: so they may cancel with products of bits of several words."""
        result = Form(form.terms)
        for wire, numbers in form.functions.items():
            polynomial = self.polynomial_of(numbers, wire)
            if polynomial is None:
                result.add_function(wire, numbers)
            else:
                result.add(Form(polynomial))
        return result

    def home(self, name, functions):
        """What a bit belongs to: a word, of several the latest that has a function; a chain; or itself."""
        if name in self.chain_places and name not in self.places:
            words = self.leaves(name)[1] or ()
            return max((wire for wire in words if wire in functions), default=("chain", self.chain_places[name][0]))
        words = self.places[name] if name in self.places else self.leaves(name)[1] or ()
        return max((wire for wire in words if wire in functions), default=self.owners.get(name, min(words, default=name)))

    def ranges(self, linear, functions, products):
        """Of all parts of a form that have no bits in common: those in products by all values of the products' bits."""
        parts = [[{home}, {}] for home in linear.keys() | functions.keys()]
        for bits, coefficient in products.items():
            homes = {self.home(name, functions) for name in bits}
            joined = [part for part in parts if part[0] & homes]
            parts = [part for part in parts if not part[0] & homes] + [[homes.union(*(part[0] for part in joined)), {bits: coefficient}]]
            for part in joined:
                parts[-1][1].update(part[1])
        for homes, terms in parts:
            names = sorted(set().union(*terms))
            if len(names) > MOST_BRANCHES:
                yield sum(min(c, 0) for c in terms.values()), sum(max(c, 0) for c in terms.values())
                terms, names = {}, []
            sums = []
            for bits in product((0, 1), repeat=len(names)):
                fixed = dict(zip(names, bits))
                base = sum(c for factors, c in terms.items() if all(fixed[name] for name in factors))
                ends = [self.range_of_home(home, linear.get(home, {}), functions.get(home), fixed, functions) for home in homes]
                if None not in ends:
                    sums.append((base + sum(low for low, _ in ends), base + sum(high for _, high in ends)))
            yield min((low for low, _ in sums), default=0), max((high for _, high in sums), default=0)

    def range_of_home(self, home, terms, numbers, fixed, functions):
        """Of linear terms, or of a function, of a word's or a chain's bits, some of which are fixed; None where they cannot be that."""
        fixed = {name: bit for name, bit in fixed.items() if self.home(name, functions) == home}
        if numbers:
            of_fixed = [(self.bit_values(name, home), bit) for name, bit in fixed.items()]
            numbers = [n for i, n in enumerate(numbers) if all(values[i] == bit for values, bit in of_fixed)] if fixed else numbers
            return (min(numbers), max(numbers)) if numbers else None
        bits, known = self.bits_of_home(home)
        if not known or any(name not in dict(bits) for name in [*terms, *fixed]):
            known, bits = [(False, 0, (1 << len(terms | fixed)) - 1)], [(name, False) for name in terms | fixed]
        found = []
        for is_signed, low, high in known:
            weights = [(-1 if is_inverted else 1) * terms.get(name, 0) for name, is_inverted in bits]
            base = sum(terms.get(name, 0) for name, is_inverted in bits if is_inverted)
            state = [fixed[name] ^ is_inverted if name in fixed else None for name, is_inverted in bits]
            found.append(tuple(extreme(weights, state, low, high, is_signed, choose, base) for choose in (min, max)))
        return None if (None, None) in found else min(found, key=lambda ends: ends[1] - ends[0])

    def bits_of_home(self, home):
        """The bits of a word or chain, and what is known of its value: whether it is signed, and from where to where."""
        if home in self.words:
            word = self.words[home]
            return word.bits[:word.width], [(word.is_signed, *word.range)]
        if home[0] == "chain":
            known = [(is_signed, *self.exact[home[1], is_signed][1:]) for is_signed in (False, True) if (home[1], is_signed) in self.exact]
            return [(total, False) for _, _, total in self.chains[home[1]][1]], known
        return [], []

    def oriented(self, form, width, of_words):
        """Modulo 2^width, with the signs of the highest bits of chains, or of words too, that go with what is known of those."""
        chains, words = {}, {}
        for bits, coefficient in form.terms.items():
            if len(bits) == 1:
                (name,) = bits
                home = self.home(name, {})
                (words if home in self.words else chains).setdefault(home, {})[name] = coefficient
        result = Form(form.terms, form.functions)
        for home, terms in chains.items():
            result.terms.update({frozenset([name]): c for name, c in self.with_best_sign(home, terms, width).items()})
        for home, terms in words.items() if of_words else ():
            word = self.words[home]
            below, top = (terms.get(name, 0) for name, _ in word.bits[word.width - 2:word.width]) if word.is_signed and word.width > 1 else (0, 0)
            if top and top == 2 * below and 2 * top % (1 << width) == 0:
                result.terms[frozenset([word.bits[word.width - 1][0]])] = -top
        return result

    def with_best_sign(self, home, terms, width):
        """Modulo 2^width the highest bit may count negative: as makes the range less."""
        top = next((name for name, _ in reversed(self.bits_of_home(home)[0]) if name in terms), None)
        if not width or top is None or 2 * terms[top] % (1 << width):
            return terms
        choices = [terms, terms | {top: -terms[top]}]
        ranges = [self.range_of_home(home, choice, None, {}, {}) for choice in choices]
        return choices[0] if ranges[0][1] - ranges[0][0] <= ranges[1][1] - ranges[1][0] else choices[1]

    def moved(self, numbers, wire, other):
        """A function of the bits that two words have in common, as one of the other word."""
        common = [name for name, of in self.places.items() if wire in of and other in of]
        table = self.table_of(numbers, wire, common) if common and any(numbers) else None
        return table and [table.get(row, numbers[0]) for row in zip(*(self.bit_values(name, other) for name in common))]
