#pragma once

/// The search for the cheapest types within a budget.

#include <functional>
#include <optional>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/quantize/candidate_evaluator.h"
#include "lutra/quantize/precision_cost.h"

namespace lutra {

/// Searches one plan on one set of events.
class BitSearch {
public:
    BitSearch(const PrecisionPlan& plan, CandidateEvaluator& evaluator, Progress progress);

    /// Starts from the narrowest generous types that are within the budget and measures what fewer bits do; false when none are.
    bool start(double budget);
    /// The cheapest assignment found whose loss is within the budget. `start` must have succeeded with at least this budget.
    Assignment find(double budget);
    /// The generous types.
    const Assignment& generous() const { return generous_; }
    std::size_t num_evaluations() const { return num_evaluations_; }

private:
    /// Error that one slot alone causes when it has fewer bits: one entry per bit less, as far as the budget allowed.
    struct Sensitivity {
        std::vector<double> fraction;
        std::vector<double> integer;
    };

    OutputLoss evaluate(const Assignment& assignment);
    bool is_allowed(const SlotType& type, std::size_t slot) const;
    std::vector<double> measure(std::size_t slot, int SlotType::* bits, int most_bits, double budget);
    /// Assignments from the generous one on, each with one bit less than the one before.
    std::vector<Assignment> path();
    std::optional<Assignment> next_on_path(const Assignment& at);
    /// Tries bits less and exchanges of bits until none is cheaper and within the budget.
    Assignment polish(Assignment at, double budget);
    std::vector<Assignment> neighbours(const Assignment& at);

    const PrecisionPlan& plan_;
    CandidateEvaluator& evaluator_;
    PrecisionCost cost_;
    Progress progress_;
    Assignment generous_;
    std::vector<Sensitivity> sensitivities_;
    std::size_t num_evaluations_ = 0;
};

}  // namespace lutra
