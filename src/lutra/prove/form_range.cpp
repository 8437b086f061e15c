#include "lutra/prove/form_range.h"

#include <algorithm>
#include <set>

#include "lutra/prove/bit_ranges.h"

namespace lutra {

namespace {

/// Terms and tables that have words in common.
struct Component {
    std::set<std::uint64_t> words;
    std::vector<const std::pair<const Monomial, Integer>*> terms;
    std::vector<std::uint32_t> domains;
};

class FormRange {
public:
    FormRange(const ExactForm& form, LocalFunctions& local, const std::function<RangedBit(std::uint32_t)>& bit_of) : form_(form), local_(local), bit_of_(bit_of) {}

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
        std::vector<Component> found;
        const auto take = [&](std::set<std::uint64_t> words) -> Component& {
            Component joined{std::move(words), {}, {}};
            std::erase_if(found, [&](Component& other) {
                if (std::ranges::none_of(other.words, [&](std::uint64_t word) { return joined.words.contains(word); })) {
                    return false;
                }
                joined.words.insert(other.words.begin(), other.words.end());
                joined.terms.insert(joined.terms.end(), other.terms.begin(), other.terms.end());
                joined.domains.insert(joined.domains.end(), other.domains.begin(), other.domains.end());
                return true;
            });
            return found.emplace_back(std::move(joined));
        };
        for (const auto& term : form_.polynomial.terms()) {
            std::set<std::uint64_t> words;
            for (std::uint32_t i = 0; i < term.first.num_variables; ++i) {
                words.insert(bit_of(term.first.variables[i]).word_key);
            }
            if (!words.empty()) {
                take(std::move(words)).terms.push_back(&term);
            }
        }
        for (const auto& [domain, values] : form_.tables) {
            std::set<std::uint64_t> words;
            for (const std::uint32_t n : local_.cut_points(domain)) {
                words.insert(bit_of(n).word_key);
            }
            take(std::move(words)).domains.push_back(domain);
        }
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
        std::optional<Interval> range;
        for (std::uint64_t assignment = 0; assignment < std::uint64_t{1} << branch.size(); ++assignment) {
            if (const auto added = range_at(component, branch, assignment)) {
                range = range ? hull(*range, *added) : *added;
            }
        }
        return range.value_or(Interval{0, 0});
    }

    /// With the branch variables fixed each word counts for itself.
    std::optional<Interval> range_at(const Component& component, const std::vector<std::uint32_t>& branch, std::uint64_t assignment) {
        std::map<std::uint64_t, std::pair<CutWord, std::vector<WeightedBit>>> words;
        const auto weighted_bit = [&](std::uint32_t variable) -> WeightedBit& {
            const RangedBit& bit = bit_of(variable);
            auto& [word, bits] = words[bit.word_key];
            word = bit.word;
            bits.resize(word.num_bits);
            return bits[bit.place];
        };
        for (std::size_t i = 0; i < branch.size(); ++i) {
            weighted_bit(branch[i]).state = (assignment >> i & 1) != 0 ? WeightedBit::State::One : WeightedBit::State::Zero;
        }
        Integer constant = 0;
        for (const auto* term : component.terms) {
            std::optional<std::uint32_t> free;
            bool is_zero = false;
            for (std::uint32_t i = 0; i < term->first.num_variables; ++i) {
                const std::uint32_t variable = term->first.variables[i];
                const auto place = std::ranges::lower_bound(branch, variable);
                if (place == branch.end() || *place != variable) {
                    free = variable;
                } else {
                    is_zero = is_zero || (assignment >> (place - branch.begin()) & 1) == 0;
                }
            }
            if (!is_zero && free) {
                weighted_bit(*free).weight += term->second;
            } else if (!is_zero) {
                constant += term->second;
            }
        }
        for (const std::uint32_t domain : component.domains) {
            constant += form_.tables.at(domain)[place_in(domain, branch, assignment)];
        }
        Interval range{constant, constant};
        for (const auto& [key, word] : words) {
            const auto added = weighted_range(word.second, word.first.is_signed, word.first.interval);
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

Interval range_of(const ExactForm& form, LocalFunctions& local, const std::function<RangedBit(std::uint32_t)>& bit_of) { return FormRange(form, local, bit_of).run(); }

}  // namespace lutra
