#pragma once

/// The search for the cheapest types within a budget.

#include <functional>
#include <optional>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/quantize/candidate_evaluator.h"
#include "lutra/quantize/precision_cost.h"

namespace lutra {

/// What one choice of types costs and loses.
struct FrontPoint {
    double cost = 0;           ///< estimated look-up tables
    double expected_loss = 0;  ///< as OutputLoss counts it, on the events of the search

    friend bool operator==(const FrontPoint&, const FrontPoint&) = default;
};

/// The points than which no other both costs and loses less, cheapest last.
std::vector<FrontPoint> pareto_front(std::vector<FrontPoint> points);

/// Searches one plan on one set of events.
class BitSearch {
public:
    BitSearch(const PrecisionPlan& plan, CandidateEvaluator& evaluator, Progress progress);

    /// Starts from the narrowest generous types that are within the budget and measures what fewer bits do; false when none are.
    bool start(double budget);
    /// The last assignment within the budget on the path on which a look-up table saved costs the least error. `start` must have succeeded with at
    /// least this budget.
    Assignment find(double budget);
    /// The generous types.
    const Assignment& generous() const { return generous_; }
    std::size_t num_evaluations() const { return points_.size(); }
    /// The best of all that was tried.
    std::vector<FrontPoint> front() const { return pareto_front(points_); }

    /// The loss on the events of the search; remembered for the front.
    OutputLoss evaluate(const Assignment& assignment);
    /// Keeps what was evaluated last as the start of evaluations nearby.
    void keep() { evaluator_.keep(); }
    std::size_t num_events() const { return evaluator_.num_events(); }
    double work() const { return evaluator_.work(); }
    /// The squared error that the bits taken from each slot are expected to cause together; beyond what was measured, four times as much for each bit.
    double predicted_error(const Assignment& assignment) const;
    /// True when a slot may have so few bits.
    bool is_allowed(const SlotType& type, std::size_t slot) const;

private:
    /// Error that one slot alone causes when it has fewer bits: one entry per bit less, as far as the budget allowed.
    struct Sensitivity {
        std::vector<double> fraction;
        std::vector<double> integer;
    };

    std::vector<double> measure(std::size_t slot, int SlotType::* bits, int most_bits, double budget);
    /// Assignments from the generous one on, each with one bit less than the one before.
    std::vector<Assignment> path();
    std::optional<Assignment> next_on_path(const Assignment& at);

    const PrecisionPlan& plan_;
    CandidateEvaluator& evaluator_;
    PrecisionCost cost_;
    Progress progress_;
    Assignment generous_;
    std::vector<Sensitivity> sensitivities_;
    std::vector<FrontPoint> points_;  ///< one per evaluation
};

}  // namespace lutra
