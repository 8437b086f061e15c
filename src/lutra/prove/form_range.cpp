#include "lutra/prove/form_range.h"

#include <algorithm>
#include <set>

#include "lutra/prove/bit_ranges.h"
#include "lutra/prove/partition.h"

namespace lutra {

namespace {

/// Terms and tables that have words in common.
struct Component {
    std::vector<const std::pair<const Monomial, Integer>*> terms;
    std::vector<std::uint32_t> domains;
};

class FormRange {
public:
    FormRange(const ExactForm& form, LocalFunctions& local, const std::function<RangedBit(std::uint32_t)>& bit_of)
        : form_(form), local_(local), bit_of_(bit_of) {}

    Interval run() {
        const Integer constant = form_.polynomial.constant();
        Interval range{constant, constant};
        for (const Component& component : components()) {
            range = range + range_of_component(component);
        }
        return range;
    }

private:
    const RangedBit& bit_of(std::uint32_t variable) {
        const auto found = bits_.find(variable);
        return found != bits_.end() ? found->second : bits_.emplace(variable, bit_of_(variable)).first->second;
    }

    std::vector<Component> components() {
        Partition words;
        const auto join = [&](std::span<const std::uint32_t> variables) { words.join(variables, [&](std::uint32_t v) { return bit_of(v).word_key; }); };
        for (const auto& [monomial, coefficient] : form_.polynomial.terms()) {
            join(monomial.all());
        }
        for (const auto& [domain, values] : form_.tables) {
            join(local_.cut_points(domain));
        }
        std::vector<Component> found(words.size());
        for (const auto& term : form_.polynomial.terms()) {
            if (!term.first.is_one()) {
                found[words.part_of(bit_of(term.first.largest()).word_key)].terms.push_back(&term);
            }
        }
        for (const auto& [domain, values] : form_.tables) {
            found[words.part_of(bit_of(local_.cut_points(domain)[0]).word_key)].domains.push_back(domain);
        }
        std::erase_if(found, [](const Component& component) { return component.terms.empty() && component.domains.empty(); });
        return found;
    }

    /// Variables without which all terms are linear and all tables known: those of tables, then those of most products.
    std::vector<std::uint32_t> branch_variables(const Component& component) const {
        std::set<std::uint32_t> chosen;
        for (const std::uint32_t domain : component.domains) {
            chosen.insert(local_.cut_points(domain).begin(), local_.cut_points(domain).end());
        }
        while (true) {
            std::map<std::uint32_t, int> uses;
            for (const auto* term : component.terms) {
                std::vector<std::uint32_t> free;
                std::copy_if(term->first.variables.begin(), term->first.variables.begin() + term->first.num_variables, std::back_inserter(free),
                             [&](std::uint32_t v) { return !chosen.contains(v); });
                if (free.size() > 1) {
                    std::ranges::for_each(free, [&](std::uint32_t v) { ++uses[v]; });
                }
            }
            if (uses.empty()) {
                return {chosen.begin(), chosen.end()};
            }
            chosen.insert(std::ranges::max_element(uses, {}, [](const auto& use) { return use.second; })->first);
        }
    }

    /// Of one table alone.
    Interval range_of_table(std::uint32_t domain) {
        const std::vector<Integer>& values = form_.tables.at(domain);
        std::optional<Interval> range;
        for (std::size_t a = 0; a < values.size(); ++a) {
            if ((!range || !range->contains(values[a])) && local_.can_occur(domain, a)) {
                range = range ? hull(*range, {values[a], values[a]}) : Interval{values[a], values[a]};
            }
        }
        return range.value_or(Interval{0, 0});
    }

    Interval range_of_component(const Component& component) {
        if (component.domains.size() == 1 && component.terms.empty()) {
            return range_of_table(component.domains[0]);
        }
        const std::vector<std::uint32_t> branch = branch_variables(component);
        if (branch.size() > LocalFunctions::max_support) {
            return rough_range(component);
        }
        const Branched branched = branch_on(component, branch);
        std::optional<Interval> range;
        for (std::uint64_t assignment = 0; assignment < std::uint64_t{1} << branch.size(); ++assignment) {
            if (const auto added = range_at(component, branched, branch, assignment)) {
                range = range ? hull(*range, *added) : *added;
            }
        }
        return range.value_or(Interval{0, 0});
    }

    /// A component whose branch variables get values: what is left of each term is at most one other variable.
    struct Branched {
        struct Place {
            std::size_t word = 0;
            std::uint32_t bit = 0;
        };
        struct Term {
            std::uint64_t mask = 0;  ///< branch variables in it
            std::optional<Place> free;
            const Integer* coefficient = nullptr;
        };
        std::vector<std::pair<CutWord, std::vector<WeightedBit>>> words;
        std::vector<Place> places;  ///< of the branch variables
        std::vector<Term> terms;
    };

    Branched branch_on(const Component& component, const std::vector<std::uint32_t>& branch) {
        Branched result;
        std::map<std::uint64_t, std::size_t> numbers;
        const auto place_of = [&](std::uint32_t variable) -> Branched::Place {
            const RangedBit& bit = bit_of(variable);
            const auto [number, is_new] = numbers.try_emplace(bit.word_key, result.words.size());
            if (is_new) {
                result.words.emplace_back(bit.word, std::vector<WeightedBit>(bit.word.num_bits));
            }
            return {number->second, bit.place};
        };
        for (const std::uint32_t variable : branch) {
            result.places.push_back(place_of(variable));
        }
        for (const auto* term : component.terms) {
            Branched::Term& added = result.terms.emplace_back();
            added.coefficient = &term->second;
            for (const std::uint32_t variable : term->first.all()) {
                const auto place = std::ranges::lower_bound(branch, variable);
                if (place == branch.end() || *place != variable) {
                    added.free = place_of(variable);
                } else {
                    added.mask |= std::uint64_t{1} << (place - branch.begin());
                }
            }
        }
        return result;
    }

    /// With the branch variables fixed each word counts for itself.
    std::optional<Interval> range_at(const Component& component, const Branched& branched, const std::vector<std::uint32_t>& branch, std::uint64_t assignment) {
        auto words = branched.words;
        for (std::size_t i = 0; i < branched.places.size(); ++i) {
            const auto [word, bit] = branched.places[i];
            words[word].second[bit].state = (assignment >> i & 1) != 0 ? WeightedBit::State::One : WeightedBit::State::Zero;
        }
        Integer constant = 0;
        for (const auto& [mask, free, coefficient] : branched.terms) {
            if ((assignment & mask) != mask) {
                continue;
            }
            (free ? words[free->word].second[free->bit].weight : constant) += *coefficient;
        }
        for (const std::uint32_t domain : component.domains) {
            constant += form_.tables.at(domain)[place_in(domain, branch, assignment)];
        }
        Interval range{constant, constant};
        for (const auto& [word, bits] : words) {
            const auto added = weighted_range(bits, word.is_signed, word.interval);
            if (!added) {
                return std::nullopt;
            }
            range = range + *added;
        }
        return range;
    }

    std::size_t place_in(std::uint32_t domain, const std::vector<std::uint32_t>& branch, std::uint64_t assignment) const {
        std::size_t result = 0;
        const Support& cut_points = local_.cut_points(domain);
        for (std::size_t i = 0; i < cut_points.size(); ++i) {
            const auto place = std::ranges::lower_bound(branch, cut_points[i]) - branch.begin();
            result |= (assignment >> place & 1) << i;
        }
        return result;
    }

    Interval rough_range(const Component& component) const {
        Interval range{0, 0};
        for (const auto* term : component.terms) {
            range = range + hull({0, 0}, {term->second, term->second});
        }
        for (const std::uint32_t domain : component.domains) {
            const auto [low, high] = std::ranges::minmax(form_.tables.at(domain));
            range = range + Interval{low, high};
        }
        return range;
    }

    const ExactForm& form_;
    LocalFunctions& local_;
    const std::function<RangedBit(std::uint32_t)>& bit_of_;
    std::map<std::uint32_t, RangedBit> bits_;
};

}  // namespace

Interval range_of(const ExactForm& form, LocalFunctions& local, const std::function<RangedBit(std::uint32_t)>& bit_of) {
    return FormRange(form, local, bit_of).run();
}

}  // namespace lutra
