"""Nets as functions of words and as polynomials of bits."""

from itertools import product

from forms import ONE, Word

FEW_BITS = 5  # functions of so few bits are polynomials


class Netlist:
    """The nets of a design, and what is known of them so far: which bits of which words they are."""

    def __init__(self, netlist):
        self.ports, self.alias, self.functions, chains = netlist
        self.chains = list(chains.values())  # pairs: the net of the carry in, and columns of nets that propagate, generate and are the sum
        self.chain_numbers = {self.resolved(name): number for number, name in enumerate(chains)}
        self.chain_places = {total: (number, b) for number, (_, columns) in enumerate(self.chains) for b, (_, _, total) in enumerate(columns)}
        self.words = {}  # by their wires
        self.known = {"0": (None, False), "1": (None, True)}  # by nets: the name of a bit, and whether it is inverted
        self.places = {}  # by the names of bits: words they belong to, and the place there with whether it is inverted, or the values of the bit
        self.owners = {}  # by the names of bits: the first word they belong to
        self.values_of, self.leaves_of, self.levels = {}, {}, {}

    def resolved(self, net):
        while net in self.alias:
            net = self.alias[net]
        return net

    def add_word(self, wire, low, high, bits, dropped, nets):
        """From here on `nets` are known to be the bits of the wire, which are called `bits` where they had no name yet."""
        if wire not in self.words:
            word = self.words[wire] = Word(low, high, bits, dropped)
            for place, (name, is_inverted) in enumerate(word.bits[:word.width]):
                self.owners.setdefault(name, wire)
                of = self.places.setdefault(name, {})
                if place >= dropped:
                    of[wire] = (place, is_inverted)
        for net, bit in zip(nets, self.words[wire].bits):
            if net is not None:
                self.known.setdefault(net, bit)
        self.leaves_of = {}

    def leaves(self, net):
        """The bits that a net depends on, and the words all of them belong to (None: to any, as there are none)."""
        net = self.resolved(net)
        if net in self.known:
            name = self.known[net][0]
            return (frozenset(), None) if name is None else (frozenset([name]), frozenset(self.places[name]))
        if net not in self.leaves_of:
            bits, words = frozenset(), None
            for operand in self.operands(net):
                more, of = self.leaves(operand)
                bits, words = bits | more, of if words is None else words if of is None else words & of
            self.leaves_of[net] = (bits, words)
        return self.leaves_of[net]

    def operands(self, net):
        if net in self.functions:
            return self.functions[net][0]
        number, place = self.chain_places[net]
        carry, columns = self.chains[number]
        return [carry, *(operand for column in columns[:place + 1] for operand in column[:2])]

    def values(self, net, wire):
        """Of a net that depends on the word of `wire` only: 0 or 1 for each of its values."""
        net = self.resolved(net)
        if (net, wire) not in self.values_of:
            word = self.words[wire].values
            if net in self.known:
                name, is_inverted = self.known[net]
                found = [bit ^ is_inverted for bit in (self.bit_values(name, wire) if name else [0] * len(word))]
            elif net in self.functions:
                inputs, table = self.functions[net]
                found = [table >> sum(bit << i for i, bit in enumerate(bits)) & 1 for bits in (zip(*(self.values(i, wire) for i in inputs)) if inputs else [()] * len(word))]
            else:
                number, place = self.chain_places[net]
                found = self.values(self.chains[number][0], wire)
                for b, (propagate, generate, _) in enumerate(self.chains[number][1][:place + 1]):
                    p = self.values(propagate, wire)
                    g = self.values(generate, wire) if b < place else p
                    found = [x ^ c for x, c in zip(p, found)] if b == place else [c if x else y for x, y, c in zip(p, g, found)]
            self.values_of[net, wire] = found
        return self.values_of[net, wire]

    def polynomial(self, net):
        """A net as what it is known to be, else as itself."""
        net = self.resolved(net)
        if net.startswith("%"):  # a bit without a net, of a word below a chain: in terms of the word that it is a function of, where it is
            wire = min(self.places[net])
            values = self.places[net][wire]
            return isinstance(values, list) and self.polynomial_of(values, wire) or {frozenset([net]): 1}
        name, is_inverted = self.known.get(net, (net, False))
        return {ONE: int(is_inverted)} if name is None else {ONE: 1, frozenset([name]): -1} if is_inverted else {frozenset([name]): 1}

    def opened(self, polynomial, modulus):
        """With functions of nets written out, but for those of many bits of one word. The latest first: so what columns hand on cancels before it is written out."""
        polynomial = {bits: c for bits, c in polynomial.items() if c % modulus or not bits}
        while nets := {name for bits in polynomial for name in bits if self.is_open(name)}:
            net = max(nets, key=lambda name: (self.level(name), name))
            inputs, table = self.functions[net]
            value = self.expanded(inputs, [table >> a & 1 for a in range(1 << len(inputs))])
            result = {bits: c for bits, c in polynomial.items() if net not in bits}
            for (bits, c), (others, d) in product(((bits, c) for bits, c in polynomial.items() if net in bits), value.items()):
                product_of_all = bits - {net} | others
                result[product_of_all] = result.get(product_of_all, 0) + c * d
            polynomial = {bits: c for bits, c in result.items() if c % modulus or not bits}
        return polynomial

    def is_open(self, net):
        if net not in self.functions or net in self.known or net in self.places:
            return False
        bits, words = self.leaves(net)
        return len(bits) <= FEW_BITS or not words

    def level(self, net):
        """How many cells there are on the longest way to it."""
        net = self.resolved(net)
        if net not in self.levels:
            self.levels[net] = 1 + max(map(self.level, self.operands(net)), default=0) if net in self.functions or net in self.chain_places else 0
        return self.levels[net]

    def expanded(self, inputs, numbers):
        """The polynomial that has these numbers for the values of the inputs: f(x, ...) = f(0, ...) + x (f(1, ...) - f(0, ...))."""
        for i in range(len(inputs)):
            numbers = [number - (numbers[a ^ 1 << i] if a >> i & 1 else 0) for a, number in enumerate(numbers)]
        products, result = {0: {ONE: 1}}, {}

        def multiplied(a):
            if a not in products:
                products[a] = {}
                top = a.bit_length() - 1
                for (x, c), (y, d) in product(multiplied(a ^ 1 << top).items(), self.polynomial(inputs[top]).items()):
                    products[a][x | y] = products[a].get(x | y, 0) + c * d
            return products[a]

        for a, number in enumerate(numbers):
            for bits, coefficient in multiplied(a).items() if number else ():
                result[bits] = result.get(bits, 0) + number * coefficient
        return {bits: coefficient for bits, coefficient in result.items() if coefficient}

    def bit_values(self, name, wire):
        """The values of a bit of the word, or of a net that depends on it only."""
        if name not in self.places:
            return self.values(name, wire)
        if isinstance(self.places[name][wire], list):
            return self.places[name][wire]
        place, is_inverted = self.places[name][wire]
        return [number >> place & 1 ^ is_inverted for number in self.words[wire].values]

    def polynomial_of(self, numbers, wire):
        """A function of few of a word's bits, or None."""
        names = [name for name, of in self.places.items() if wire in of and not isinstance(of[wire], list)]
        for name in list(names):
            rest = [other for other in names if other != name]
            if self.table_of(numbers, wire, rest) is not None:
                names = rest
        if len(names) > FEW_BITS:
            return None
        table = self.table_of(numbers, wire, names)
        rows = product((0, 1), repeat=len(names))  # the last name changes first
        return self.expanded(names[::-1], [table.get(row, numbers[0]) for row in rows])

    def table_of(self, numbers, wire, names):
        """The numbers by these bits of the word; None where those do not decide."""
        table = {}
        rows = zip(*(self.bit_values(name, wire) for name in names)) if names else [()] * len(numbers)
        return None if any(table.setdefault(row, number) != number for row, number in zip(rows, numbers)) else table
