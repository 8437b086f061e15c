#include "lutra/optimize/subtract_score.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "lutra/optimize/rebuild.h"
#include "lutra/optimize/signed_digits.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// A sum by value: a coefficient per wire of the source, and a constant.
struct LinearForm {
    std::map<Wire, Dyadic> coefficients;
    Dyadic constant = 0;
};

LinearForm difference(const LinearForm& a, const LinearForm& b) {
    LinearForm result = a;
    for (const auto& [wire, coefficient] : b.coefficients) {
        const auto [place, is_new] = result.coefficients.try_emplace(wire, 0);
        place->second = place->second - coefficient;
        if (place->second.is_zero()) {
            result.coefficients.erase(place);
        }
    }
    result.constant = a.constant - b.constant;
    return result;
}

std::size_t num_digits(const LinearForm& form) {
    std::size_t digits = 0;
    for (const auto& [wire, coefficient] : form.coefficients) {
        digits += signed_digits(coefficient.mantissa()).size();
    }
    return digits;
}

/// Values that meet in comparisons: sums, and what chooses among them.
struct Scores {
    std::vector<Wire> sums;
    std::vector<LinearForm> forms;  ///< of the sums
    std::set<Wire> choices;         ///< the greater, the less, or one or the other of two values; extended values
};

class ScoreSubtraction {
public:
    explicit ScoreSubtraction(const Circuit& circuit)
        : source_(circuit),
          rewriter_(circuit),
          b_(rewriter_.builder()),
          is_live_(live_wires(circuit)),
          readers_(live_readers(circuit, is_live_)),
          is_output_(output_wires(circuit)) {}

    Circuit run() {
        find_scores();
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            if (const auto first = first_choice_.find(wire); first != first_choice_.end()) {
                subtract(scores_[first->second]);
            }
            if (!is_live_[wire.index]) {
                continue;
            }
            rewriter_.follow_origin(wire);
            if (!is_rebuilt_.contains(wire)) {
                rewriter_.copy(wire);
            } else if (!is_sum_of_scores_.contains(wire)) {
                rewriter_.replace(wire, rebuild(wire));
            }
        }
        return rewriter_.finish();
    }

private:
    void find_scores() {
        std::set<Wire> seen;
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            if (source_[wire].kind != Less || !is_live_[wire.index] || seen.contains(wire)) {
                continue;
            }
            std::set<Wire> comparisons;
            std::optional<Scores> scores = collect(wire, comparisons);
            seen.insert(comparisons.begin(), comparisons.end());
            if (!scores) {
                continue;
            }
            const Wire first = std::min(*comparisons.begin(), scores->choices.empty() ? *comparisons.begin() : *scores->choices.begin());
            if (!choose(*scores) || !is_known_before(*scores, first)) {
                continue;
            }
            is_rebuilt_.insert(comparisons.begin(), comparisons.end());
            is_rebuilt_.insert(scores->choices.begin(), scores->choices.end());
            is_rebuilt_.insert(scores->sums.begin(), scores->sums.end());
            is_sum_of_scores_.insert(scores->sums.begin(), scores->sums.end());
            first_choice_.emplace(first, scores_.size());
            scores_.push_back(std::move(*scores));
        }
    }

    /// All that is compared with what a comparison compares; nothing when one of them is no exact sum or is read by something else.
    std::optional<Scores> collect(Wire comparison, std::set<Wire>& comparisons) const {
        Scores scores;
        std::vector<Wire> waiting = {comparison};
        std::set<Wire> found = {comparison};
        const auto add = [&](Wire wire) {
            if (found.insert(wire).second) {
                waiting.push_back(wire);
            }
        };
        bool fits = true;
        while (!waiting.empty()) {
            const Wire wire = waiting.back();
            waiting.pop_back();
            const bool is_comparison = source_[wire].kind == Less;
            if (is_comparison) {
                comparisons.insert(wire);
            } else {
                fits = fits && !is_output_[wire.index];
                for (const Wire reader : readers_[wire.index]) {
                    fits = fits && keeps_order(reader, wire);
                    add(reader);
                }
            }
            if (!is_comparison && source_[wire].kind == Sum) {
                fits = fits && is_exact_sum(wire);
                scores.sums.push_back(wire);
                scores.forms.push_back(form_of(wire));
            } else if (is_comparison || is_choice(wire)) {
                for (const Wire operand : values_of(wire)) {
                    add(operand);
                }
                if (!is_comparison) {
                    scores.choices.insert(wire);
                }
            } else {
                fits = false;
            }
            if (!fits) {
                return std::nullopt;
            }
        }
        return scores;
    }

    /// The operands that are values, not selectors.
    std::vector<Wire> values_of(Wire wire) const {
        const auto operands = source_.operands(wire);
        return {operands.begin() + (source_[wire].kind == Mux ? 1 : 0), operands.end()};
    }

    /// A reader gives an order, or one of its values.
    bool keeps_order(Wire reader, Wire value) const {
        return (source_[reader].kind == Less || is_choice(reader)) && (source_[reader].kind != Mux || source_.operands(reader)[0] != value);
    }

    bool is_choice(Wire wire) const {
        switch (source_[wire].kind) {
            case Min:
            case Max:
            case Mux: return true;
            case Wrap: return range_of(source_.type(wire)).contains(source_.interval(source_.operands(wire)[0]));
            case ShiftLeft: {
                const Interval& operand = source_.interval(source_.operands(wire)[0]);
                const auto amount = static_cast<int>(source_[wire].amount);
                return range_of(source_.type(wire)).contains({operand.low << amount, operand.high << amount});
            }
            default: return false;
        }
    }

    bool is_exact_sum(Wire wire) const {
        Interval exact{source_.constant(wire), source_.constant(wire)};
        for (std::size_t i = 0; i < source_.operands(wire).size(); ++i) {
            exact = exact + source_.interval(source_.operands(wire)[i]) * source_.coefficients(wire)[i];
        }
        return range_of(source_.type(wire)).contains(exact);
    }

    LinearForm form_of(Wire wire) const {
        const int fraction = source_.type(wire).fraction;
        LinearForm form{.coefficients = {}, .constant = Dyadic(source_.constant(wire), -fraction)};
        for (std::size_t i = 0; i < source_.operands(wire).size(); ++i) {
            const Wire operand = source_.operands(wire)[i];
            const auto place = form.coefficients.try_emplace(operand, 0).first;
            place->second = place->second + Dyadic(source_.coefficients(wire)[i], source_.type(operand).fraction - fraction);
        }
        return form;
    }

    /// Subtracts the best of the sums from all of them; false when all digits are fewer as they are.
    static bool choose(Scores& scores) {
        const auto total = [](const std::vector<LinearForm>& forms) {
            std::size_t digits = 0;
            for (const LinearForm& form : forms) {
                digits += num_digits(form);
            }
            return digits;
        };
        std::size_t fewest = total(scores.forms);
        std::optional<std::vector<LinearForm>> best;
        for (const LinearForm& subtracted : scores.forms) {
            std::vector<LinearForm> forms;
            for (const LinearForm& form : scores.forms) {
                forms.push_back(difference(form, subtracted));
            }
            if (const std::size_t digits = total(forms); digits < fewest) {
                fewest = digits;
                best = std::move(forms);
            }
        }
        if (!best) {
            return false;
        }
        scores.forms = std::move(*best);
        return true;
    }

    /// Whether each sum can be made from the terms of all before the first of them is read.
    static bool is_known_before(const Scores& scores, Wire first) {
        return std::ranges::all_of(scores.forms,
                                   [&](const LinearForm& form) { return form.coefficients.empty() || form.coefficients.rbegin()->first < first; });
    }

    void subtract(const Scores& scores) {
        for (std::size_t i = 0; i < scores.sums.size(); ++i) {
            rewriter_.follow_origin(scores.sums[i]);
            std::vector<LinearTerm> terms;
            for (const auto& [wire, coefficient] : scores.forms[i].coefficients) {
                terms.push_back({rewriter_.now(wire), coefficient});
            }
            rewriter_.replace(scores.sums[i], b_.sum(terms, scores.forms[i].constant));
        }
    }

    /// A comparison or a choice of the new values.
    Wire rebuild(Wire wire) {
        const auto operand = [&](std::size_t i) { return rewriter_.now(source_.operands(wire)[i]); };
        switch (source_[wire].kind) {
            case Less: return b_.extend(b_.less(operand(0), operand(1)), boolean_type);
            case Min: return b_.min(operand(0), operand(1));
            case Max: return b_.max(operand(0), operand(1));
            case Mux: return b_.mux(operand(0), operand(1), operand(2));
            default: return operand(0);  // extended
        }
    }

    const Circuit& source_;
    CircuitRewriter rewriter_;
    CircuitBuilder& b_;
    std::vector<bool> is_live_;
    std::vector<std::vector<Wire>> readers_;
    std::vector<bool> is_output_;
    std::vector<Scores> scores_;
    std::map<Wire, std::size_t> first_choice_;  ///< the first comparison or choice of each, with its number
    std::set<Wire> is_rebuilt_;
    std::set<Wire> is_sum_of_scores_;
};

}  // namespace

Circuit subtract_score(const Circuit& circuit) { return ScoreSubtraction(circuit).run(); }

}  // namespace lutra
