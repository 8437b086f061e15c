#include "lutra/quantize/bit_search.h"

#include <algorithm>
#include <cmath>

namespace lutra {

namespace {

constexpr int first_weight_width = 10;
constexpr int first_result_width = 12;
constexpr int width_step = 4;
constexpr int num_width_steps = 4;
constexpr int most_integer_bits_less = 5;

/// Squared error, the sum of which over independent slots is about that of all together.
double squared_error(const OutputLoss& loss) { return loss.relative_error * loss.relative_error; }

}  // namespace

std::vector<FrontPoint> pareto_front(std::vector<FrontPoint> points) {
    std::ranges::sort(points, {}, [](const FrontPoint& point) { return std::pair(point.cost, point.expected_loss); });
    std::vector<FrontPoint> front;
    for (const FrontPoint& point : points) {
        if (front.empty() || point.expected_loss < front.back().expected_loss) {
            front.push_back(point);
        }
    }
    std::ranges::reverse(front);
    return front;
}

BitSearch::BitSearch(const PrecisionPlan& plan, CandidateEvaluator& evaluator, Progress progress)
    : plan_(plan), evaluator_(evaluator), cost_(plan), progress_(std::move(progress)) {}

OutputLoss BitSearch::evaluate(const Assignment& assignment) {
    const OutputLoss loss = evaluator_.evaluate(assignment);
    points_.push_back({cost_(assignment), loss.expected_loss});
    if (progress_) {
        progress_({"choosing types", num_evaluations(), 0});
    }
    return loss;
}

bool BitSearch::is_allowed(const SlotType& type, std::size_t slot) const { return type.integer_bits + type.fraction >= (plan_.slots[slot].low < 0 ? 2 : 1); }

bool BitSearch::start(double budget) {
    OutputLoss loss;
    for (int step = 0; step < num_width_steps; ++step) {
        generous_.clear();
        for (const TypeSlot& slot : plan_.slots) {
            const int width = (slot.variable == PrecisionVariable::Weight ? first_weight_width : first_result_width) + step * width_step;
            const int integer_bits = integer_bits_for(slot.low, slot.high);
            generous_.push_back({integer_bits, width - integer_bits});
        }
        loss = evaluate(generous_);
        evaluator_.keep();
        // Half of the budget is left to the search.
        if (is_within_budget(loss, step + 1 < num_width_steps ? budget / 2 : budget, evaluator_.num_events())) {
            break;
        }
    }
    if (!is_within_budget(loss, budget, evaluator_.num_events())) {
        return false;
    }
    const double base = squared_error(loss);
    for (std::size_t slot = 0; slot < plan_.slots.size(); ++slot) {
        const int width = generous_[slot].integer_bits + generous_[slot].fraction;
        Sensitivity sensitivity{measure(slot, &SlotType::fraction, width, budget), measure(slot, &SlotType::integer_bits, most_integer_bits_less, budget)};
        for (std::vector<double>* errors : {&sensitivity.fraction, &sensitivity.integer}) {
            std::ranges::for_each(*errors, [&](double& error) { error = std::max(error - base, 0.0); });
        }
        sensitivities_.push_back(std::move(sensitivity));
    }
    return true;
}

double BitSearch::predicted_error(const Assignment& assignment) const {
    const auto error_of = [](const std::vector<double>& errors, int less) {
        constexpr double smallest = 1e-12;
        if (less <= 0) {
            return 0.0;
        }
        const int measured = std::min(less, static_cast<int>(errors.size()));
        const double error = std::max(measured == 0 ? 0 : errors[static_cast<std::size_t>(measured - 1)], smallest);
        return std::ldexp(error, 2 * (less - measured));
    };
    double sum = 0;
    for (std::size_t slot = 0; slot < assignment.size(); ++slot) {
        sum += error_of(sensitivities_[slot].fraction, generous_[slot].fraction - assignment[slot].fraction);
        sum += error_of(sensitivities_[slot].integer, generous_[slot].integer_bits - assignment[slot].integer_bits);
    }
    return sum;
}

std::vector<double> BitSearch::measure(std::size_t slot, int SlotType::* bits, int most_bits, double budget) {
    std::vector<double> errors;
    Assignment candidate = generous_;
    for (int less = 1; less <= most_bits; ++less) {
        --(candidate[slot].*bits);
        if (!is_allowed(candidate[slot], slot)) {
            break;
        }
        const OutputLoss loss = evaluate(candidate);
        if (!is_within_budget(loss, budget, evaluator_.num_events())) {
            break;
        }
        errors.push_back(squared_error(loss));
    }
    return errors;
}

std::optional<Assignment> BitSearch::next_on_path(const Assignment& at) {
    const double cost = cost_(at);
    const auto error_of = [](const std::vector<double>& errors, int less) { return less == 0 ? 0 : errors[static_cast<std::size_t>(less - 1)]; };
    std::optional<Assignment> best;
    double best_gain = 0;
    for (std::size_t slot = 0; slot < at.size(); ++slot) {
        for (const bool is_fraction : {true, false}) {
            int SlotType::* const bits = is_fraction ? &SlotType::fraction : &SlotType::integer_bits;
            const auto& errors = is_fraction ? sensitivities_[slot].fraction : sensitivities_[slot].integer;
            const int less = generous_[slot].*bits - at[slot].*bits;
            Assignment next = at;
            --(next[slot].*bits);
            if (less >= static_cast<int>(errors.size()) || !is_allowed(next[slot], slot)) {
                continue;
            }
            const double error = std::max(error_of(errors, less + 1) - error_of(errors, less), 1e-15);
            const double gain = (cost - cost_(next)) / error;
            if (!best || gain > best_gain) {
                best = std::move(next);
                best_gain = gain;
            }
        }
    }
    return best;
}

std::vector<Assignment> BitSearch::path() {
    std::vector<Assignment> result = {generous_};
    while (auto next = next_on_path(result.back())) {
        result.push_back(*std::move(next));
    }
    return result;
}

Assignment BitSearch::find(double budget) {
    const std::vector<Assignment> steps = path();
    std::size_t good = 0;
    std::size_t bad = steps.size();
    while (bad - good > 1) {
        const std::size_t middle = good + (bad - good) / 2;
        const bool is_good = is_within_budget(evaluate(steps[middle]), budget, evaluator_.num_events());
        (is_good ? good : bad) = middle;
    }
    return steps[good];
}

}  // namespace lutra
