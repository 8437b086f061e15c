#include "lutra/prove/form_range.h"

#include <algorithm>
#include <bit>

namespace lutra {

namespace {

/// The number that occurs most often; the least of several.
std::uint32_t most_frequent(std::vector<std::uint32_t>& numbers) {
    std::ranges::sort(numbers);
    auto best = numbers.begin();
    std::ptrdiff_t most = 0;
    for (auto begin = numbers.begin(); begin != numbers.end();) {
        const auto end = std::ranges::upper_bound(begin, numbers.end(), *begin);
        best = end - begin > most ? begin : best;
        most = std::max(most, end - begin);
        begin = end;
    }
    return *best;
}

}  // namespace

/// A part whose branch variables get values: what is left of each term is at most one other variable.
struct FormRanges::Branched {
    struct Word {
        const CutWord* word = nullptr;
        std::uint32_t number = 0;
        std::size_t first = 0;  ///< of its bits in `bits`
    };
    struct Term {
        std::uint64_t mask = 0;  ///< branch variables in it
        std::optional<std::size_t> free = {};
        const Integer* coefficient = nullptr;
    };
    struct Table {
        const std::vector<Integer>* values = nullptr;
        std::vector<std::size_t> inputs;  ///< which branch variables they are
    };
    std::vector<Word> words;
    std::vector<WeightedBit> bits;    ///< of all words, one word after the other
    std::vector<std::size_t> places;  ///< of the branch variables in `bits`
    std::vector<Term> terms;
    std::vector<Table> tables;
};

Interval FormRanges::of(const ExactForm& form) {
    find_terms(form);
    const Integer constant = form.polynomial.constant();
    Interval range{constant, constant};
    for (const Part& part : find_parts()) {
        range = range + range_of_part(part);
    }
    return range;
}

Interval FormRanges::take_tables(ExactForm& form, std::map<std::uint32_t, std::vector<Integer>>& taken) {
    find_terms(form);
    Interval range{0, 0};
    for (const Part& part : find_parts()) {
        if (part.terms.empty()) {
            range = range + range_of_part(part);
            std::ranges::for_each(part.tables, [&](const Table& table) { taken.insert(form.tables.extract(table.domain)); });
        }
    }
    return range;
}

void FormRanges::find_terms(const ExactForm& form) {
    bits_.clear();
    terms_.clear();
    tables_.clear();
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        if (!monomial.is_one()) {
            terms_.push_back({&monomial, &coefficient, bits_.size()});
            std::ranges::transform(monomial.all(), std::back_inserter(bits_), bit_of_);
        }
    }
    for (const auto& [domain, values] : form.tables) {
        tables_.push_back({domain, &values});
    }
}

std::vector<FormRanges::Part> FormRanges::find_parts() {
    words_.clear();
    const auto first_word = [&](const Table& table) { return bit_of_(local_.cut_points(table.domain)[0]).word_number; };
    for (const Term& term : terms_) {
        words_.join(std::span(bits_).subspan(term.first_bit, term.monomial->num_variables), [](const RangedBit& bit) { return bit.word_number; });
    }
    for (const Table& table : tables_) {
        words_.join(local_.cut_points(table.domain), [&](std::uint32_t variable) { return bit_of_(variable).word_number; });
    }
    std::ranges::for_each(terms_, [&](Term& term) { term.part = words_.part_of(bits_[term.first_bit].word_number); });
    std::ranges::for_each(tables_, [&](Table& table) { table.part = words_.part_of(first_word(table)); });
    std::ranges::sort(terms_, {}, [](const Term& term) { return std::pair(term.part, term.first_bit); });
    std::ranges::sort(tables_, {}, [](const Table& table) { return std::pair(table.part, table.domain); });
    std::vector<Part> parts;
    const auto take = [](auto& left, std::uint32_t part) {
        const auto size = static_cast<std::size_t>(std::ranges::upper_bound(left, part, {}, [](const auto& entry) { return entry.part; }) - left.begin());
        const auto taken = left.first(size);
        left = left.subspan(size);
        return taken;
    };
    std::span<const Term> terms = terms_;
    std::span<const Table> tables = tables_;
    while (!terms.empty() || !tables.empty()) {
        const std::uint32_t part = tables.empty() || (!terms.empty() && terms[0].part < tables[0].part) ? terms[0].part : tables[0].part;
        parts.push_back({take(terms, part), take(tables, part)});
    }
    return parts;
}

Interval FormRanges::range_of_part(const Part& part) {
    if (part.terms.empty() && part.tables.size() == 1) {
        return range_of_table(part.tables[0]);
    }
    if (part.tables.empty() && std::ranges::all_of(part.terms, [](const Term& term) { return term.monomial->num_variables == 1; })) {
        return range_of_word(part.terms);
    }
    if (const auto range = part.tables.empty() ? range_of_products(part.terms) : std::nullopt) {
        return *range;
    }
    const std::vector<std::uint32_t> branch = branch_variables(part);
    if (branch.size() > LocalFunctions::max_support) {
        return rough_range(part);
    }
    const Branched branched = branch_on(part, branch);
    std::optional<Interval> range;
    for (std::uint64_t assignment = 0; assignment < std::uint64_t{1} << branch.size(); ++assignment) {
        if (const auto added = range_at(branched, assignment)) {
            range = range ? hull(*range, *added) : *added;
        }
    }
    return range.value_or(Interval{0, 0});
}

/// Of bits of one word, each for itself.
Interval FormRanges::range_of_word(std::span<const Term> terms) {
    const CutWord& word = *bits_[terms[0].first_bit].word;
    weights_.assign(word.num_bits, {});
    for (const Term& term : terms) {
        weights_[bits_[term.first_bit].place].weight += *term.coefficient;
    }
    return weighted_range(weights_, word.is_signed, word.interval).value_or(Interval{0, 0});
}

/// Of products of a few bits of one word, by all their values: coefficients are summed up over all subsets, one bit after the other.
std::optional<Interval> FormRanges::range_of_products(std::span<const Term> terms) const {
    constexpr std::uint32_t widest = 62;
    constexpr std::size_t cost_of_branch = 40;  // in values of all bits
    const auto& [number, first_place, word] = bits_[terms[0].first_bit];
    std::uint64_t places = 0;
    std::uint32_t longest = 0;
    for (const Term& term : terms) {
        longest = std::max(longest, term.monomial->num_variables);
        for (const RangedBit& bit : std::span(bits_).subspan(term.first_bit, term.monomial->num_variables)) {
            if (bit.word_number != number || bit.place >= widest) {
                return std::nullopt;
            }
            places |= std::uint64_t{1} << bit.place;
        }
    }
    const auto num_bits = static_cast<std::size_t>(std::popcount(places));
    const std::size_t branches = std::max(terms.size(), std::size_t{1} << longest);  // a long product has all of its variables but one among them
    if (num_bits > LocalFunctions::max_support || word->num_bits > widest || branches * cost_of_branch < std::size_t{1} << num_bits) {
        return std::nullopt;
    }
    std::vector<Integer> sums(std::size_t{1} << num_bits);
    for (const Term& term : terms) {
        std::size_t product = 0;
        for (const RangedBit& bit : std::span(bits_).subspan(term.first_bit, term.monomial->num_variables)) {
            product |= std::size_t{1} << std::popcount(places & ((std::uint64_t{1} << bit.place) - 1));
        }
        sums[product] += *term.coefficient;
    }
    sum_over_subsets(sums);
    std::optional<Interval> range;
    const NumbersOfWord numbers(static_cast<int>(word->num_bits), word->is_signed, word->interval);
    KnownBits known{.mask = places};
    for (const Integer& sum : sums) {
        if ((!range || !range->contains(sum)) && numbers.have(known)) {
            range = range ? hull(*range, {sum, sum}) : Interval{sum, sum};
        }
        known.value = ((known.value | ~places) + 1) & places;  // the next value of these bits
    }
    return range.value_or(Interval{0, 0});
}

/// Of one table alone.
Interval FormRanges::range_of_table(const Table& table) {
    const std::vector<Integer>& values = *table.values;
    const Integer* low = nullptr;
    const Integer* high = nullptr;
    for (std::size_t a = 0; a < values.size(); ++a) {
        if ((low == nullptr || values[a] < *low || *high < values[a]) && local_.can_occur(table.domain, a)) {
            low = low == nullptr || values[a] < *low ? &values[a] : low;
            high = high == nullptr || *high < values[a] ? &values[a] : high;
        }
    }
    return low == nullptr ? Interval{0, 0} : Interval{*low, *high};
}

Interval FormRanges::rough_range(const Part& part) {
    Interval range{0, 0};
    for (const Term& term : part.terms) {
        range = range + hull({0, 0}, {*term.coefficient, *term.coefficient});
    }
    for (const Table& table : part.tables) {
        const auto [low, high] = std::ranges::minmax(*table.values);
        range = range + Interval{low, high};
    }
    return range;
}

/// Variables without which all terms are linear and all tables known: those of tables, then those of most products.
std::vector<std::uint32_t> FormRanges::branch_variables(const Part& part) const {
    std::vector<std::uint32_t> chosen;
    for (const Table& table : part.tables) {
        chosen = LocalFunctions::join(chosen, local_.cut_points(table.domain));
    }
    std::vector<std::uint32_t> uses;
    while (true) {
        uses.clear();
        for (const Term& term : part.terms) {
            const std::size_t before = uses.size();
            std::ranges::copy_if(term.monomial->all(), std::back_inserter(uses), [&](std::uint32_t v) { return !std::ranges::binary_search(chosen, v); });
            uses.resize(uses.size() - before > 1 ? uses.size() : before);
        }
        if (uses.empty()) {
            return chosen;
        }
        chosen = LocalFunctions::join(chosen, {most_frequent(uses)});
    }
}

FormRanges::Branched FormRanges::branch_on(const Part& part, std::span<const std::uint32_t> branch) const {
    Branched result;
    const auto place_of = [&](const RangedBit& bit) {
        auto word = std::ranges::find(result.words, bit.word_number, &Branched::Word::number);
        if (word == result.words.end()) {
            word = result.words.insert(word, {bit.word, bit.word_number, result.bits.size()});
            result.bits.resize(result.bits.size() + bit.word->num_bits);
        }
        return word->first + bit.place;
    };
    const auto branch_of = [&](std::uint32_t variable) { return static_cast<std::size_t>(std::ranges::lower_bound(branch, variable) - branch.begin()); };
    std::ranges::transform(branch, std::back_inserter(result.places), [&](std::uint32_t variable) { return place_of(bit_of_(variable)); });
    for (const Term& term : part.terms) {
        Branched::Term& added = result.terms.emplace_back(Branched::Term{.coefficient = term.coefficient});
        for (std::size_t i = 0; i < term.monomial->num_variables; ++i) {
            const std::uint32_t variable = term.monomial->variables[i];
            if (const std::size_t place = branch_of(variable); place < branch.size() && branch[place] == variable) {
                added.mask |= std::uint64_t{1} << place;
            } else {
                added.free = place_of(bits_[term.first_bit + i]);
            }
        }
    }
    for (const Table& table : part.tables) {
        Branched::Table& added = result.tables.emplace_back(Branched::Table{table.values, {}});
        std::ranges::transform(local_.cut_points(table.domain), std::back_inserter(added.inputs), branch_of);
    }
    return result;
}

/// With the branch variables fixed each word counts for itself.
std::optional<Interval> FormRanges::range_at(const Branched& branched, std::uint64_t assignment) {
    weights_ = branched.bits;
    for (std::size_t i = 0; i < branched.places.size(); ++i) {
        weights_[branched.places[i]].state = (assignment >> i & 1) != 0 ? WeightedBit::State::One : WeightedBit::State::Zero;
    }
    Integer constant = 0;
    for (const auto& [mask, free, coefficient] : branched.terms) {
        if ((assignment & mask) == mask) {
            (free ? weights_[*free].weight : constant) += *coefficient;
        }
    }
    for (const auto& [values, inputs] : branched.tables) {
        std::size_t place = 0;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            place |= (assignment >> inputs[i] & 1) << i;
        }
        constant += (*values)[place];
    }
    Interval range{constant, constant};
    for (const auto& [word, number, first] : branched.words) {
        const auto added = weighted_range(std::span(weights_).subspan(first, word->num_bits), word->is_signed, word->interval);
        if (!added) {
            return std::nullopt;
        }
        range = range + *added;
    }
    return range;
}

}  // namespace lutra
