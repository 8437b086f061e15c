#pragma once

/// Outputs of a model for candidate types, computed only from the first layer on that differs from what is known.

#include <map>
#include <utility>
#include <vector>

#include "lutra/quantize/output_loss.h"
#include "lutra/quantize/precision_plan.h"

namespace lutra {

/// Multiplications, or as much time as so many take, that a node costs for one event.
double work_per_event(const Graph& graph, NodeId node);

/// Evaluates assignments on one set of events. Values of all layers are kept for the assignment kept last, so that candidates near it are cheap.
class CandidateEvaluator {
public:
    /// `plan` must outlive the evaluator. `expected` is what is compared of the float model on the events.
    CandidateEvaluator(const PrecisionPlan& plan, EventBatch events, Batch expected, int num_threads);

    std::size_t num_events() const { return events_.num_events; }
    /// The loss of an assignment.
    OutputLoss evaluate(const Assignment& assignment);
    /// Multiplications, or as much time as so many take, that all evaluations so far took.
    double work() const { return work_; }
    /// Keeps the values of the assignment evaluated last.
    void keep();

private:
    /// The op of a node with the constants of the assignment.
    Op op_for(NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths);
    Batch compute(NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths);
    const Batch& value(NodeId node) const { return node.index < first_ ? kept_[node.index] : trial_[node.index]; }
    std::uint32_t first_difference(const Assignment& assignment) const;

    const PrecisionPlan& plan_;
    EventBatch events_;
    Batch expected_;
    ComparedOutput compared_;
    int num_threads_;
    Assignment kept_assignment_;
    Assignment trial_assignment_;
    std::vector<Batch> kept_;
    std::vector<Batch> trial_;
    std::vector<double> work_of_node_;  ///< for one event
    double work_ = 0;
    std::uint32_t first_ = 0;  ///< nodes before it are as in `kept_`
    std::map<std::pair<std::size_t, SlotType>, RealTensor> rounded_weights_;
};

}  // namespace lutra
