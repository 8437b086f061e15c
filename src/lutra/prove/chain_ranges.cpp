#include <algorithm>
#include <array>
#include <functional>

#include "lutra/prove/chain_values.h"

namespace lutra {

/// Finds the exact value. Where the range of the form does not show what is left out, the form is written differently: as good modulo 2^width, and perhaps
/// of less range.
void ChainValues::settle(ChainValue& value) {
    orient_signs(value);
    ChainValue written = value;
    const std::array<std::function<void()>, 6> ways = {[] {},
                                                       [&] { written.certificate.reads = write_out_chains(written.form, value.width); },
                                                       [&] { fold_words(written); },
                                                       [&] { narrow_terms(written); },
                                                       [&] { narrow_tables(written); },
                                                       [&] { narrow_terms(written); }};
    const bool has_range = std::ranges::any_of(ways, [&](const auto& write) {
        write();
        written.range = range(written.form);
        return set_exact_forms(written);
    });
    set_forms_of_table(written);
    if (has_range || written.if_unsigned) {
        written.form = std::move(value.form);
        value = std::move(written);
    } else {
        set_exact_by_multiple(value);
    }
}

/// The highest bit of a chain may count half of 2^width more or less: the sign that goes with what is known of that chain.
void ChainValues::orient_signs(ChainValue& value) {
    const std::map<Monomial, Integer> terms = value.form.polynomial.terms();
    for (const auto& [monomial, coefficient] : terms) {
        if (monomial.num_variables != 1 || !variables_.is_chain_bit(monomial.largest())) {
            continue;
        }
        const std::uint32_t chain = variables_.chain_of(monomial.largest());
        const std::size_t place = monomial.largest() - variables_.of_chain_bit(chain, 0);
        if (place == 0 || place + 1 != netlist_.chains[chain].columns.size() || !(coefficient * Integer(2)).low_bits(value.width).is_zero()) {
            continue;
        }
        const Integer below = value.form.polynomial.coefficient(Monomial::of(monomial.largest() - 1)) * Integer(2);
        const ChainValue& earlier = of(chain);
        const bool is_wrong =
            coefficient == below ? !earlier.if_unsigned && earlier.if_signed : coefficient == -below && !earlier.if_signed && earlier.if_unsigned;
        if (is_wrong) {
            value.form.polynomial.add(monomial, coefficient * Integer(-2));
        }
    }
}

/// The range of a multiple of the form, in which chains that are read without their lowest bits can be written out.
void ChainValues::set_exact_by_multiple(ChainValue& value) {
    constexpr int max_shift = 6;
    constexpr int unbounded = 1 << 14;  // no coefficient is large enough for that modulus to count
    for (int shift = 1; shift <= max_shift; ++shift) {
        ExactForm multiple;
        multiple.add(value.form, Integer::power_of_two(shift));
        value.certificate.shift = shift;
        value.certificate.reads = write_out_chains(multiple, unbounded);
        const Interval whole = range(multiple);
        value.range = {-(-whole.low >> shift), whole.high >> shift};
        if (set_exact_forms(value)) {
            return;
        }
    }
}

Interval ChainValues::range(const ExactForm& form) {
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        for (const std::uint32_t variable : monomial.all()) {
            if (!variables_.is_node(variable)) {
                of(variables_.chain_of(variable));
            }
        }
    }
    const auto folded = forms_.folded(form, Folded::Tables);
    return ranges_.of(folded ? *folded : form);
}

/// Of chains whose values are known.
RangedBit ChainValues::ranged_bit(std::uint32_t variable) const {
    if (variables_.is_node(variable)) {
        const WordPlace place = local_.place_of(variable);
        return {2 * place.word, place.place, &local_.word(place.word)};
    }
    const std::uint32_t chain = variables_.chain_of(variable);
    return {2 * chain + 1, variable - variables_.of_chain_bit(chain, 0), &values_[chain]->word};
}

void ChainValues::set_word(ChainValue& value) {
    const auto size = [](const Interval& range) { return range.high - range.low; };
    value.word = {.num_bits = static_cast<std::uint32_t>(value.width), .interval = {0, Integer::power_of_two(value.width) - Integer(1)}};
    if (value.if_unsigned && (!value.if_signed || size(value.unsigned_range) <= size(value.signed_range))) {
        value.word.interval = value.unsigned_range;
    } else if (value.if_signed) {
        value.word.is_signed = true;
        value.word.interval = value.signed_range;
    }
}

/// What earlier chains leave out may be known here, where they are added.
std::vector<ChainRead> ChainValues::write_out_chains(ExactForm& form, int width) {
    ExpandedForm expanded{.form = form, .left = {}, .prefers_exact = true, .writes_out_bits = true};
    expand(expanded, width);
    if (!expanded.form.is_broken()) {
        expanded.form.polynomial.add(expanded.left, 1);
        form = std::move(expanded.form);
        return std::move(expanded.reads);
    }
    return {};
}

/// Words that are not linear as tables, with entries near the first: as words of two's complement are.
void ChainValues::fold_words(ChainValue& value) {
    forms_.fold(value.form, Folded::Products);
    for (auto& [domain, entries] : value.form.tables) {
        const Integer first = entries[0];
        std::ranges::for_each(entries, [&](Integer& entry) { entry = first + (entry - first).low_bits_signed(value.width); });
    }
}

/// Coefficients count modulo 2^width too: of the largest, those are taken that make the range narrower.
void ChainValues::narrow_terms(ChainValue& value) {
    constexpr std::size_t max_tried = 12;
    const Integer modulus = Integer::power_of_two(value.width);
    value.form.polynomial.reduce_modulo(value.width);
    value.range = range(value.form);
    std::vector<std::pair<Integer, Monomial>> largest;
    for (const auto& [monomial, coefficient] : value.form.polynomial.terms()) {
        if (!monomial.is_one() && coefficient.abs() * Integer(4) > modulus) {
            largest.emplace_back(-coefficient.abs(), monomial);
        }
    }
    std::ranges::stable_sort(largest, {}, [](const auto& entry) { return entry.first; });
    largest.resize(std::min(largest.size(), max_tried));
    for (const auto& [size, monomial] : largest) {
        const Interval before = value.range;
        const Integer change = value.form.polynomial.coefficient(monomial).sign() > 0 ? -modulus : modulus;
        value.form.polynomial.add(monomial, change);
        value.range = range(value.form);
        if (value.range.high - value.range.low >= before.high - before.low) {
            value.form.polynomial.add(monomial, -change);
            value.range = before;
        }
    }
}

bool ChainValues::set_exact_forms(ChainValue& value) const {
    const Integer modulus = Integer::power_of_two(value.width);
    const auto exact = [&](const Integer& shift, Interval& range) -> std::optional<ExactForm> {
        const Integer turns = floor_divide(value.range.low + shift, modulus);
        if (floor_divide(value.range.high + shift, modulus) != turns) {
            return std::nullopt;
        }
        ExactForm form = value.form;
        form.polynomial.add(Monomial{}, -turns * modulus);
        range = {value.range.low - turns * modulus, value.range.high - turns * modulus};
        return form;
    };
    value.if_unsigned = exact(0, value.unsigned_range);
    value.if_signed = exact(Integer::power_of_two(value.width - 1), value.signed_range);
    return value.if_unsigned || value.if_signed;
}

/// A value that is one table is known both ways.
void ChainValues::set_forms_of_table(ChainValue& value) const {
    const auto& terms = value.form.polynomial.terms();
    const bool is_table = value.form.tables.size() == 1 && std::ranges::all_of(terms, [](const auto& term) { return term.first.is_one(); });
    if (!is_table) {
        return;
    }
    const auto& [domain, entries] = *value.form.tables.begin();
    const auto wrapped = [&](const auto& wrap, Interval& range) {
        ExactForm form;
        std::vector<Integer>& values = form.tables[domain];
        std::ranges::transform(entries, std::back_inserter(values), [&](const Integer& entry) { return wrap(entry + value.form.polynomial.constant()); });
        const auto [low, high] = std::ranges::minmax(values);
        range = {low, high};
        return form;
    };
    if (!value.if_unsigned) {
        value.if_unsigned = wrapped([&](const Integer& entry) { return entry.low_bits(value.width); }, value.unsigned_range);
    }
    if (!value.if_signed) {
        value.if_signed = wrapped([&](const Integer& entry) { return entry.low_bits_signed(value.width); }, value.signed_range);
    }
}

/// Entries of a table count modulo 2^width: takes them into the shortest interval, which begins behind the widest gap between them.
void ChainValues::narrow_tables(ChainValue& value) const {
    const Integer modulus = Integer::power_of_two(value.width);
    for (auto& [domain, entries] : value.form.tables) {
        std::vector<Integer> places;
        for (std::size_t a = 0; a < entries.size(); ++a) {
            if (local_.can_occur(domain, a)) {
                places.push_back(entries[a].low_bits(value.width));
            }
        }
        std::ranges::sort(places);
        Integer begin = places.empty() ? Integer(0) : places[0];
        Integer widest = places.empty() ? modulus : places[0] + modulus - places.back();
        for (std::size_t i = 1; i < places.size(); ++i) {
            if (places[i] - places[i - 1] > widest) {
                widest = places[i] - places[i - 1];
                begin = places[i];
            }
        }
        for (Integer& entry : entries) {
            entry = begin + (entry - begin).low_bits(value.width);
        }
    }
}

}  // namespace lutra
