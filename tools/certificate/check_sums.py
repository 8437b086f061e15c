#!/usr/bin/env python3
"""Checks that the carry chains of a design add up its neurons, for all inputs. Knows nothing of the prover that wrote the certificate.

    lutra prove DIR --certificate FILE && tools/certificate/check_sums.py DIR FILE

A column of a carry chain obeys sum + 2 carry_out = carry_in + v, with v = 1 where it propagates and 2 generate where not. So n columns compute
carry_in + v_0 + 2 v_1 + ... modulo 2^n: a form, which is a polynomial of bits and, for each word of the circuit, a function of its value. A form whose
range lies between two multiples of 2^n is the exact number. A chain is a neuron where the neuron's linear form less the chain vanishes. The certificate says
which chain is which sum, and which chains are replaced by what they add, the latest first; each step is checked, and then that the outputs are those of
circuit.lutra. Trusted are the files beside this one and the meaning of the cells; registers count as wires, and a word as any number in its range. Choices
of several words (an argmax) are not looked at. Needs Python 3.10 and nothing else. Exit code 1: a step does not hold, or an output is left."""

import json
import re
import sys
from itertools import islice, product
from pathlib import Path

from circuit import evaluate, read_circuit
from forms import ONE, Form, Wrong, narrowed, near_first, nearest_to_zero
from netlist import read_netlist
from ranges import Ranges

MOST_BITS = 4096  # of a factor, and by which a chain is shifted
MOST_CHOICES = 64  # of bits that may be the lowest of a sum


class Checker(Ranges):
    def __init__(self, circuit, netlist):
        super().__init__(netlist)
        self.wires, self.circuit_ports = circuit
        self.users = {wire: [] for wire in self.wires}
        for user, wire in self.wires.items():
            for operand in wire.operands:
                self.users[operand].append(user)
        self.wire_values_of, self.sums = {}, {}
        nets = iter(self.ports["input"])
        for wire in self.circuit_ports["input"]:
            names = [next(nets) for _ in range(self.wires[wire].width)]
            self.add_word(wire, *self.wires[wire].input_range(), [(net, False) for net in names], self.dropped_bits(wire), names)

    def sum_of_chain(self, number):
        """What a chain adds up, modulo 2^n."""
        if number not in self.sums:
            carry, columns = self.chains[number]
            total = Form(self.polynomial(carry))
            for b, (propagate, generate, _) in enumerate(columns):
                (p_inputs, p_table), (g_inputs, g_table) = map(self.function, (propagate, generate))
                inputs = list(dict.fromkeys([*p_inputs, *g_inputs]))
                if generate in p_inputs or len(inputs) > 6:
                    inputs, g_inputs, g_table = list(dict.fromkeys([*p_inputs, generate])), [generate], 0b10
                numbers = []
                for a in range(1 << len(inputs)):
                    p, g = (table >> sum((a >> inputs.index(net) & 1) << i for i, net in enumerate(of)) & 1 for of, table in ((p_inputs, p_table), (g_inputs, g_table)))
                    numbers.append(1 if p else 2 * g)
                total.add(Form(self.expanded(inputs, numbers)), 1 << b)
            self.sums[number] = self.form(self.opened(total.terms, 1 << len(columns)))
        return self.sums[number]

    def function(self, net):
        net = self.resolved(net)
        return self.functions[net] if net in self.functions and net not in self.known else ([net], 0b10)

    def low_bits(self, number, count):
        """The lowest bits of a chain, each a bit or its inverse: as long as no two terms of the form meet."""
        rest, found = Form().add(self.sum_of_chain(number)), []
        for b in range(count):
            odd = [(bits, c) for bits, c in rest.terms.items() if bits and c >> b & 1]
            if len(odd) > 1 or any(len(bits) > 1 for bits, _ in odd) or any(n >> b & 1 for numbers in rest.functions.values() for n in numbers):
                raise Wrong(f"bit {b} of a chain is no bit of another word")
            is_one = rest.terms.get(ONE, 0) >> b & 1
            bit = Form({ONE: is_one, **{bits: 1 - 2 * is_one for bits, _ in odd}})
            rest.add(bit, -1 << b)
            found.append(bit)
        return found

    def read(self, form, width, name, factor, low, is_signed, is_exact):
        """Replaces factor * (bits of a chain from `low` on) in a form that counts modulo 2^width; without a width, as it is."""
        number = self.chain_numbers[name]
        columns = self.chains[number][1]
        if low > len(columns) or abs(factor) >> MOST_BITS:
            raise Wrong(f"{name} has no bit {low}, or its factor is beyond {MOST_BITS} bits")
        if is_exact and (number, is_signed) not in self.exact:
            raise Wrong(f"the exact value of {name} is not known")
        if not is_exact and (width is None or (factor << len(columns) - low) % (1 << width)):
            raise Wrong(f"the carry out of {name} counts")
        value = Form().add(self.exact[number, is_signed][0] if is_exact else self.sum_of_chain(number))
        for b, bit in enumerate(self.low_bits(number, low)):
            value.add(bit, -1 << b)
        form.add(self.settled(value, 0)[0].divided(1 << low), factor)
        for b in range(low, len(columns)):
            weight = factor << b - low
            form.add(Form(self.polynomial(columns[b][2])), weight if is_signed and b + 1 == len(columns) else -weight)

    def replace_left_bits(self, form):
        """Bits of chains that are left, where they are known to be other bits or functions of one word."""
        for bits in [bits for bits in form.terms if len(bits) == 1 and form.terms[bits]]:
            (name,) = bits
            if name in self.chain_places and name not in self.places:
                try:
                    number, place = self.chain_places[name]
                    bit = self.low_bits(number, place + 1)[-1]
                except Wrong:
                    words = [wire for wire in self.leaves(name)[1] or () if self.words[wire].values]
                    bit = Form()
                    if not words:
                        continue
                    bit.add_function(max(words), self.values(name, max(words)))
                form.add(bit, form.terms.pop(bits))

    # Facts of the certificate.

    def check_chain(self, name, shift, reads):
        """The exact value of a chain, read as a number that is not negative or as two's complement. Bits that are left are better replaced, but for some signs."""
        number = self.chain_numbers[name]
        width = len(self.chains[number][1])
        if shift > MOST_BITS:
            raise Wrong(f"{name} is shifted by more than {MOST_BITS} bits")
        plain, with_words = (self.oriented(self.sum_of_chain(number), width, of_words) for of_words in (False, True))
        ways = ((plain, None), (with_words, None)) if shift else ((plain, None), (plain, near_first), (plain, narrowed))
        for replaces, (total, place) in product((True, False), ways):
            form = Form().add(total, 1 << shift)
            for read in reads:
                self.read(form, None if shift else width, *read)
            if replaces:
                self.replace_left_bits(form)
            settled, low, high = self.settled(form, 0 if shift else width, place)
            whole = settled if replaces else whole
            value = total if shift else settled
            low, high = -(-low >> shift), high >> shift
            for is_signed in (False, True):
                start = 1 << width - 1 if is_signed else 0
                turns = low + start >> width
                if high + start >> width == turns:
                    self.exact[number, is_signed] = (Form().add(value).add(Form({ONE: -turns << width})), low - (turns << width), high - (turns << width))
            if (number, False) in self.exact or (number, True) in self.exact:
                break
        if shift == 0 and len(whole.functions) == 1 and not any(c for bits, c in whole.terms.items() if bits):
            ((wire, numbers),) = whole.functions.items()
            for is_signed in (False, True):
                start = 1 << width - 1 if is_signed else 0
                wrapped = [(n + whole.terms[ONE] + start) % (1 << width) - start for n in numbers]
                value = Form()
                value.add_function(wire, wrapped)
                self.exact.setdefault((number, is_signed), (value, min(wrapped), max(wrapped)))
        if (number, False) not in self.exact and (number, True) not in self.exact:
            raise Wrong(f"the range of {name} does not show its value: {low} to {high} of {width} bits")

    def check_sum(self, wire, name, offset, reads, written):
        """Bit c of the chain is bit offset + c of the wire."""
        number = self.chain_numbers[name]
        totals = [total for _, _, total in self.chains[number][1]]
        if offset > self.wires[wire].width:
            raise Wrong(f"%{wire} has no bit {offset}")
        width = min(self.wires[wire].width, offset + len(totals))
        form = self.linear_form(wire)
        for c, total in enumerate(totals):
            form.add(Form(self.polynomial(total)), -1 << offset + c)
        for read in reads:
            self.read(form, width, *read)
        for other, factor in written:
            if abs(factor) >> MOST_BITS:
                raise Wrong(f"%{other} is taken more than 2^{MOST_BITS} times")
            if not self.is_exact_sum(other) and (factor << self.wires[other].width) % (1 << width):
                raise Wrong(f"%{other} wraps")
            form.add(self.linear_form(other), factor).add(self.value(other), -factor)
        bits = [(f"%{wire}.{b}", False) for b in range(self.wires[wire].width)]
        nets = [None] * offset + [self.resolved(total) for total in totals[:width - offset]]
        bits[:offset] = self.bits_of(form, width, wire, offset)
        self.known.update({name: (name, False) for name, _ in bits[:offset] if name in self.chain_places and name not in self.known})
        for b in range(offset, width):
            bits[b] = self.known.get(nets[b], (nets[b], False))
        self.add_word(wire, *self.range_of_sum(wire), bits, self.dropped_bits(wire), nets)

    def bits_of(self, form, width, wire, count):
        """Of a number that has to be below 2^count, modulo 2^width: from some place on single terms; below it bits of one word, where they are, or bits of their own."""
        candidates = [[] for _ in range(count)]
        for names, coefficient in form.terms.items():
            coefficient = nearest_to_zero(coefficient, 1 << width)
            place = abs(coefficient).bit_length() - 1
            if len(names) == 1 and 0 <= place < count and abs(coefficient) == 1 << place:
                candidates[place].insert(0, (next(iter(names)), coefficient < 0))
        for bits in candidates:  # first those that are no functions of a word, and bits rather than inverses, which are often left of what vanishes
            bits.sort(key=lambda bit: (bit[0] not in self.chain_places or bit[0] in self.places, bit[1]))
            bits.append(None)
        for start in range(count + 1):
            for bits in islice(product(*candidates[start:]), MOST_CHOICES):
                rest = Form().add(form)
                for place, bit in enumerate(bits, start):
                    if bit:
                        rest.add(Form({frozenset([bit[0]]): 1 << place if bit[1] else -1 << place, ONE: -1 << place if bit[1] else 0}))
                self.replace_left_bits(rest)
                rest, low, high = self.settled(rest, width, narrowed)
                if high - low >= 1 << count:
                    rest, low, high = self.settled(self.written_out(rest), width, narrowed)
                turns = low >> width
                low, high = low - (turns << width), high - (turns << width)
                if high < 1 << count and low >> start == high >> start and not any(bit and low >> place & 1 for place, bit in enumerate(bits, start)):
                    rest.add(Form({ONE: -turns << width}))
                    return self.low_bits_of(rest, wire, start) + [bit or (None, bool(low >> b & 1)) for b, bit in enumerate(bits, start)]
        raise Wrong(f"%{wire} less its chain does not vanish: {low} to {high} modulo 2^{width}, from bit {count}")

    def low_bits_of(self, form, wire, count):
        """Of a function of one word: the bits of that word that they are, else names for what they are."""
        bits = [(f"%{wire}.{b}", False) for b in range(count)]
        if len(form.functions) == 1 and not any(c for names, c in form.terms.items() if names):
            ((word, numbers),) = form.functions.items()
            known = {tuple(self.bit_values(name, word)): name for name, of in self.places.items() if word in of}
            for place in range(count):
                values = tuple(n + form.terms[ONE] >> place & 1 for n in numbers)
                inverse = tuple(1 - value for value in values)
                if values in known or inverse in known:
                    bits[place] = (known.get(values) or known[inverse], values not in known)
                else:
                    self.places.setdefault(bits[place][0], {})[word] = list(values)
        return bits

    # The circuit.

    def value(self, wire):
        """A wire as a form: of the bits of words, exactly."""
        if wire in self.words:
            word = self.words[wire]
            form = Form()
            for (name, is_inverted), weight in zip(word.bits, word.weights):
                form.add(Form({ONE: weight * is_inverted}))
                form.add(Form({frozenset([name]): -weight if is_inverted else weight} if name else {}))
            return form
        kind, operands = self.wires[wire].kind, self.wires[wire].operands
        form = None
        if kind in ("move_point", "register", "wrap"):
            form = self.value(operands[0])
        elif kind == "shift_left":
            form = Form().add(self.value(operands[0]), 1 << self.wires[wire].numbers[0])
        elif kind == "sum" and len(words := self.words_of(wire)) != 1:
            form = self.linear_form(wire)
        if form is not None and self.fits(form, wire):
            return form
        words = self.words_of(wire)
        if len(words) > 1 or any(self.words[word].values is None for word in words):
            raise Wrong(f"%{wire} is a function of more than one word, and no sum")
        form = Form()
        for word in words:
            form.add_function(word, self.wire_values(wire, word))
        return form if words else Form({ONE: self.wire_values(wire, None)[0]})

    def linear_form(self, wire):
        """What a sum adds up."""
        if self.wires[wire].kind != "sum":
            raise Wrong(f"%{wire} is no sum")
        form = Form({ONE: self.wires[wire].constant})
        for operand, coefficient in zip(self.wires[wire].operands, self.wires[wire].numbers, strict=True):
            form.add(self.value(operand), coefficient)
        return form

    def fits(self, form, wire):
        _, low, high = self.settled(form, 0)
        least, most = self.wires[wire].type_range()
        return least <= low and high <= most

    def is_exact_sum(self, wire):
        return self.fits(self.linear_form(wire), wire)

    def range_of_sum(self, wire):
        _, low, high = self.settled(self.linear_form(wire), 0)
        least, most = self.wires[wire].type_range()
        return (low, high) if least <= low and high <= most else (least, most)

    def words_of(self, wire):
        if wire in self.words:
            return {wire}
        return set().union(*map(self.words_of, self.wires[wire].operands))

    def dropped_bits(self, wire):
        """How many of the lowest bits of a wire nothing reads: shifts to the right drop them."""
        if wire in self.circuit_ports["output"]:
            return 0
        counts = [self.wires[user].numbers[0] if self.wires[user].kind == "shift_right" else self.dropped_bits(user) if self.wires[user].kind == "move_point" else 0
                  for user in self.users[wire]]
        return min(counts, default=0)

    def wire_values(self, wire, word):
        if wire == word:
            return list(self.words[word].values)
        if (wire, word) not in self.wire_values_of:
            operands = [self.wire_values(operand, word) for operand in self.wires[wire].operands]
            count = len(self.words[word].values) if word is not None else 1
            rows = zip(*operands, strict=True) if operands else [()] * count
            self.wire_values_of[wire, word] = [evaluate(self.wires[wire], list(row)) for row in rows]
        return self.wire_values_of[wire, word]

    def check_outputs(self):
        """How many bits of the outputs are those of the circuit, of how many."""
        nets, proved = iter(self.ports["output"]), 0
        for wire in self.circuit_ports["output"]:
            for b in range(self.wires[wire].width):
                proved += self.is_bit(next(nets), wire, b)
        return proved, len(self.ports["output"])

    def is_bit(self, net, wire, place):
        while wire not in self.words and self.wires[wire].kind in ("move_point", "register"):
            (wire,) = self.wires[wire].operands
        shift = 0
        if wire not in self.words and self.wires[wire].kind == "shift_left":
            shift, wire = self.wires[wire].numbers[0], self.wires[wire].operands[0]
        net, names = self.resolved(net), self.leaves(net)[1]
        if place < shift:
            return self.known.get(net) == (None, False)
        if wire in self.words and place - shift < len(self.words[wire].bits):
            name, is_inverted = self.words[wire].bits[place - shift]
            if self.known.get(net) == (name, is_inverted):
                return True
            for word in (names or set()) & self.places.get(name, {}).keys():
                if self.words[word].values and [bit ^ is_inverted for bit in self.bit_values(name, word)] == [int(bit) for bit in self.values(net, word)]:
                    return True
        words = self.words_of(wire) or {next(word for word in self.words if self.words[word].values)}
        word = next(iter(words))
        if len(words) > 1 or not self.words[word].values or names is not None and word not in names:
            return False
        values = self.wire_values(wire, word)
        return [number << shift >> place & 1 for number in values] == [int(bit) for bit in self.values(net, word)]


def read_design(folder):
    top = json.loads((folder / "report.json").read_text())["rtl"]["top"]
    return Checker(read_circuit((folder / "circuit.lutra").read_text()), read_netlist((folder / "rtl" / f"{top}.v").read_text()))


def main(folder, certificate):
    try:
        checker = read_design(Path(folder))
    except (OSError, KeyError, IndexError, ValueError, StopIteration, AttributeError) as problem:
        sys.exit(f"{folder}: this is not a design of lutra compile with cells: {problem}")
    try:
        lines = Path(certificate).read_text().splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        sys.exit(f"{certificate}: cannot be read: {problem}")
    if lines[:1] != ["lutra certificate 1"]:
        sys.exit(f"{certificate}: not a certificate of lutra prove")
    sums, chains = 0, 0
    for number, line in enumerate(lines[1:], 2):
        reads = [(name, int(factor), int(low), sign == "signed", kind == "exact")
                 for name, factor, low, sign, kind in re.findall(r"(\S+) \* (-?\d+) from (\d+) (signed|unsigned) (exact|modular);", line)]
        try:
            if fact := re.match(r"chain (\S+) shift (\d+) reads {", line):
                checker.check_chain(fact[1], int(fact[2]), reads)
                chains += 1
            elif fact := re.match(r"sum %(\d+) chain (\S+) offset (\d+) reads {", line):
                written = [(int(other), int(factor)) for other, factor in re.findall(r" %(\d+) \* (-?\d+);", line)]
                checker.check_sum(int(fact[1]), fact[2], int(fact[3]), reads, written)
                sums += 1
            else:
                raise Wrong("this is no fact")
        except Wrong as problem:
            sys.exit(f"{certificate}:{number}: {problem}")
        except (KeyError, IndexError, ValueError, RecursionError, MemoryError) as problem:  # names that are not there, words of other widths, cells in a loop
            sys.exit(f"{certificate}:{number}: this does not fit the design: {problem!r}")
    proved, count = checker.check_outputs()
    print(f"checked: {sums} sums, {chains} exact values of chains; with them {proved} of {count} output bits are those of circuit.lutra")
    return 0 if proved == count else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.setrecursionlimit(20_000)
    sys.exit(main(*sys.argv[1:]))
