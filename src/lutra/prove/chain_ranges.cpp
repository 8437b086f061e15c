#include <algorithm>
#include <array>
#include <functional>

#include "lutra/prove/chain_values.h"

namespace lutra {

/// Finds the exact value. Where the range of the form does not show what is left out, the form is written differently: as good modulo 2^width, and perhaps
/// of less range.
void ChainValues::settle(ChainValue& value, ExactForm form) {
    if (!form.is_broken()) {
        orient_signs(form, value.width);
    }
    value.form = std::make_shared<const ExactForm>(std::move(form));
    if (value.form->is_broken()) {
        return;
    }
    if (set_range(value, range(*value.form))) {
        set_form(value, value.form);
        return;
    }
    settle_in_other_form(value);
    if (!value.if_unsigned && !value.if_signed) {
        set_exact_by_multiple(value);
    }
}

void ChainValues::settle_in_other_form(ChainValue& value) {
    ExactForm form;
    const std::array<std::function<Interval()>, 5> ways = {[&] {
                                                               value.certificate.reads = write_out_chains(*value.form, 1, value.width, form);
                                                               return range(form);
                                                           },
                                                           [&] {
                                                               fold_words(form, value.width);
                                                               return range(form);
                                                           },
                                                           [&] { return narrow_terms(form, value.width); },
                                                           [&] {
                                                               narrow_tables(form, value.width);
                                                               return range(form);
                                                           },
                                                           [&] { return narrow_terms(form, value.width); }};
    std::ranges::any_of(ways, [&](const auto& way) { return set_range(value, way()); });
    set_form(value, std::make_shared<const ExactForm>(std::move(form)));
}

/// The highest bit of a chain may count half of 2^width more or less: the sign that goes with what is known of that chain.
void ChainValues::orient_signs(ExactForm& form, int width) {
    for (auto& [monomial, coefficient] : form.polynomial.terms()) {
        if (monomial.num_variables != 1 || !variables_.is_chain_bit(monomial.largest())) {
            continue;
        }
        const std::uint32_t chain = variables_.chain_of(monomial.largest());
        const std::size_t place = monomial.largest() - variables_.of_chain_bit(chain, 0);
        if (place == 0 || place + 1 != netlist_.chains[chain].columns.size() || !coefficient.is_multiple_of_power_of_two(width - 1)) {
            continue;
        }
        const Integer below = form.polynomial.coefficient(Monomial::of(monomial.largest() - 1)) * Integer(2);
        const ChainValue& earlier = of(chain);
        const bool is_wrong =
            coefficient == below ? !earlier.if_unsigned && earlier.if_signed : coefficient == -below && !earlier.if_signed && earlier.if_unsigned;
        if (is_wrong) {
            coefficient = -coefficient;
        }
    }
}

/// The range of a multiple of the form, in which chains that are read without their lowest bits can be written out.
void ChainValues::set_exact_by_multiple(ChainValue& value) {
    constexpr int max_shift = 6;
    constexpr int unbounded = 1 << 14;  // no coefficient is large enough for that modulus to count
    for (int shift = 1; shift <= max_shift; ++shift) {
        ExactForm written;
        value.certificate.shift = shift;
        value.certificate.reads = write_out_chains(*value.form, Integer::power_of_two(shift), unbounded, written);
        const Interval whole = range(written);
        if (set_range(value, {-(-whole.low >> shift), whole.high >> shift})) {
            set_form(value, value.form);
            return;
        }
    }
}

/// Finds the values of all chains that the form reads.
void ChainValues::ask_chains(const ExactForm& form) {
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        for (const std::uint32_t variable : monomial.all()) {
            if (!variables_.is_node(variable)) {
                of(variables_.chain_of(variable));
            }
        }
    }
}

Interval ChainValues::range(const ExactForm& form) {
    ask_chains(form);
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
    const auto size = [](const ExactValue& exact) { return exact.range.high - exact.range.low; };
    value.word = {.num_bits = static_cast<std::uint32_t>(value.width), .interval = {0, Integer::power_of_two(value.width) - Integer(1)}};
    if (value.if_unsigned && (!value.if_signed || size(*value.if_unsigned) <= size(*value.if_signed))) {
        value.word.interval = value.if_unsigned->range;
    } else if (value.if_signed) {
        value.word.is_signed = true;
        value.word.interval = value.if_signed->range;
    }
}

/// What earlier chains leave out may be known here, where they are added.
std::vector<ChainRead> ChainValues::write_out_chains(const ExactForm& form, const Integer& factor, int width, ExactForm& written) {
    ExpandedForm expanded{.form = {}, .left = {}, .prefers_exact = true, .writes_out_bits = true};
    expanded.form.add(form, factor);
    expand(expanded, width);
    if (expanded.form.is_broken()) {
        written = {};
        written.add(form, factor);
        return {};
    }
    expanded.form.polynomial.add(expanded.left, 1);
    written = std::move(expanded.form);
    return std::move(expanded.reads);
}

/// Words that are not linear as tables, with entries near the first: as words of two's complement are.
void ChainValues::fold_words(ExactForm& form, int width) {
    forms_.fold(form, Folded::Products);
    for (auto& [domain, entries] : form.tables) {
        const Integer first = entries[0];
        std::ranges::for_each(entries, [&](Integer& entry) { entry = first + (entry - first).low_bits_signed(width); });
    }
}

/// Coefficients count modulo 2^width too: of the largest, those are taken that make the range narrower. The range then.
Interval ChainValues::narrow_terms(ExactForm& form, int width) {
    constexpr std::size_t max_tried = 12;
    const Integer modulus = Integer::power_of_two(width);
    form.polynomial.reduce_modulo(width);
    ask_chains(form);
    std::map<std::uint32_t, std::vector<Integer>> apart;  // whose ranges no coefficient changes
    const Interval of_tables = ranges_.take_tables(form, apart);
    Interval narrowest = range(form);
    std::vector<std::pair<Integer, Monomial>> largest;
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        if (!monomial.is_one() && coefficient.abs() * Integer(4) > modulus) {
            largest.emplace_back(-coefficient.abs(), monomial);
        }
    }
    std::ranges::stable_sort(largest, {}, [](const auto& entry) { return entry.first; });
    largest.resize(std::min(largest.size(), max_tried));
    for (const auto& [size, monomial] : largest) {
        const Integer change = form.polynomial.coefficient(monomial).sign() > 0 ? -modulus : modulus;
        form.polynomial.add(monomial, change);
        if (Interval changed = range(form); changed.high - changed.low < narrowest.high - narrowest.low) {
            narrowest = std::move(changed);
        } else {
            form.polynomial.add(monomial, -change);
        }
    }
    form.tables.merge(apart);
    return narrowest + of_tables;
}

/// What is left out where the form lies in the range, as far as that shows it; the form is set later.
bool ChainValues::set_range(ChainValue& value, const Interval& range) {
    const Integer modulus = Integer::power_of_two(value.width);
    const auto exact = [&](const Integer& shift) -> std::optional<ExactValue> {
        const Integer turns = floor_divide(range.low + shift, modulus);
        if (floor_divide(range.high + shift, modulus) != turns) {
            return std::nullopt;
        }
        const Integer added = -turns * modulus;
        return ExactValue{.form = {}, .added = added, .range = {range.low + added, range.high + added}};
    };
    value.if_unsigned = exact(0);
    value.if_signed = exact(Integer::power_of_two(value.width - 1));
    return value.if_unsigned || value.if_signed;
}

/// The form that a range was set of. A value that is one table is known both ways.
void ChainValues::set_form(ChainValue& value, const std::shared_ptr<const ExactForm>& form) {
    const bool is_table = form->tables.size() == 1 && std::ranges::all_of(form->polynomial.terms(), [](const auto& term) { return term.first.is_one(); });
    const auto set = [&](std::optional<ExactValue>& exact, const auto& wrap) {
        if (exact) {
            exact->form = form;
        } else if (is_table) {
            ExactForm wrapped;
            const auto& [domain, entries] = *form->tables.begin();
            std::vector<Integer>& values = wrapped.tables[domain];
            std::ranges::transform(entries, std::back_inserter(values), [&](const Integer& entry) { return wrap(entry + form->polynomial.constant()); });
            const auto [low, high] = std::ranges::minmax(values);
            exact = ExactValue{.form = std::make_shared<const ExactForm>(std::move(wrapped)), .range = {low, high}};
        }
    };
    set(value.if_unsigned, [&](const Integer& entry) { return entry.low_bits(value.width); });
    set(value.if_signed, [&](const Integer& entry) { return entry.low_bits_signed(value.width); });
}

/// Entries of a table count modulo 2^width: takes them into the shortest interval, which begins behind the widest gap between them.
void ChainValues::narrow_tables(ExactForm& form, int width) const {
    const Integer modulus = Integer::power_of_two(width);
    for (auto& [domain, entries] : form.tables) {
        std::vector<Integer> places;
        for (std::size_t a = 0; a < entries.size(); ++a) {
            if (local_.can_occur(domain, a)) {
                places.push_back(entries[a].low_bits(width));
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
            entry = begin + (entry - begin).low_bits(width);
        }
    }
}

}  // namespace lutra
