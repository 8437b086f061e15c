#include "lutra/quantize/bit_polish.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {

constexpr std::array both_kinds = {&SlotType::fraction, &SlotType::integer_bits};

/// The assignment with so many bits more in one slot.
Assignment with_bits(Assignment assignment, std::size_t slot, int SlotType::* bits, int more) {
    assignment[slot].*bits += more;
    return assignment;
}

}  // namespace

bool BitPolish::are_content(const OutputLoss& search, const OutputLoss& held_back) const {
    if (!is_within_budget(search, budget_, search_.num_events()) || !is_within_budget(held_back, budget_, held_back_.num_events())) {
        return false;
    }
    const auto lost = [](const OutputLoss& loss, std::size_t num_events) {
        return loss.accuracy ? (*loss.float_accuracy - *loss.accuracy) * static_cast<double>(num_events) : 0;
    };
    const auto num_events = static_cast<double>(search_.num_events() + held_back_.num_events());
    constexpr double rounding = 1e-6;  // of the numbers of events, which accuracies are fractions of
    return lost(search, search_.num_events()) + lost(held_back, held_back_.num_events()) <= budget_ * num_events + rounding;
}

BitPolish::Verdict BitPolish::judge(const Assignment& assignment) {
    const OutputLoss search = search_.evaluate(assignment);
    const OutputLoss held_back = held_back_.evaluate(assignment);
    return {are_content(search, held_back), std::max(search.expected_loss + search.uncertainty, held_back.expected_loss + held_back.uncertainty)};
}

bool BitPolish::is_good(const Assignment& assignment) {
    const OutputLoss search = search_.evaluate(assignment);
    return is_within_budget(search, budget_, search_.num_events()) && are_content(search, held_back_.evaluate(assignment));
}

std::optional<Assignment> BitPolish::repair(Assignment at) {
    for (Verdict now = judge(at); !now.is_good;) {
        search_.keep();
        held_back_.keep();
        const double cost = cost_(at);
        std::optional<Assignment> best;
        Verdict best_verdict;
        double best_gain = 0;
        for (std::size_t slot = 0; slot < at.size(); ++slot) {
            for (int SlotType::* const bits : both_kinds) {
                if (at[slot].*bits >= search_.generous()[slot].*bits) {
                    continue;
                }
                Assignment more = with_bits(at, slot, bits, 1);
                const Verdict verdict = judge(more);
                const double gain = (now.loss - verdict.loss) / std::max(cost_(more) - cost, 1.0);
                if (!best || gain > best_gain) {
                    best = std::move(more);
                    best_verdict = verdict;
                    best_gain = gain;
                }
            }
        }
        if (!best) {
            return std::nullopt;
        }
        at = *std::move(best);
        now = best_verdict;
    }
    return at;
}

std::vector<Assignment> BitPolish::cheaper_neighbours(const Assignment& at) {
    struct Ranked {
        double error_per_lut;
        Assignment assignment;
        auto operator<=>(const Ranked&) const = default;
    };
    std::vector<Ranked> ranked;
    const double cost = cost_(at);
    const double error = search_.predicted_error(at);
    const auto consider = [&](Assignment candidate) {
        if (const double saved = cost - cost_(candidate); saved > 0) {
            const double error_per_lut = (search_.predicted_error(candidate) - error) / saved;
            ranked.push_back({error_per_lut, std::move(candidate)});
        }
    };
    for (std::size_t down = 0; down < at.size(); ++down) {
        for (int SlotType::* const bits : both_kinds) {
            const Assignment less = with_bits(at, down, bits, -1);
            if (!search_.is_allowed(less[down], down)) {
                continue;
            }
            consider(less);
            for (std::size_t other = 0; other < at.size(); ++other) {
                for (int SlotType::* const other_bits : both_kinds) {
                    if (other != down && less[other].*other_bits < search_.generous()[other].*other_bits) {
                        consider(with_bits(less, other, other_bits, 1));
                    }
                    if (Assignment two_less = with_bits(less, other, other_bits, -1); other > down && search_.is_allowed(two_less[other], other)) {
                        consider(std::move(two_less));
                    }
                }
            }
        }
    }
    std::ranges::sort(ranked);
    std::vector<Assignment> result;
    std::ranges::transform(ranked, std::back_inserter(result), [](Ranked& entry) { return std::move(entry.assignment); });
    return result;
}

Assignment BitPolish::polish(Assignment at, double most_work) {
    is_good(at);
    search_.keep();
    held_back_.keep();
    for (bool is_better = true; is_better;) {
        is_better = false;
        for (Assignment& candidate : cheaper_neighbours(at)) {
            if (work() >= most_work) {
                return at;
            }
            if (!tried_.insert(candidate).second || !is_good(candidate)) {
                continue;
            }
            at = std::move(candidate);
            search_.keep();
            held_back_.keep();
            is_better = true;
            break;
        }
    }
    return at;
}

}  // namespace lutra
