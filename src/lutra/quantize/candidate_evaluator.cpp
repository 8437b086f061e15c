#include "lutra/quantize/candidate_evaluator.h"

#include <algorithm>

#include "lutra/ops/dense.h"
#include "lutra/ops/einsum.h"
#include "lutra/ops/quantize.h"
#include "lutra/quantize/rounded_tensor.h"

namespace lutra {

double work_per_event(const Graph& graph, NodeId id) {
    const Node& node = graph[id];
    const auto num_outputs = static_cast<double>(num_elements(node.type.shape));
    const auto* dense = node.op.as<Dense>();
    const auto* einsum = node.op.as<Einsum>();
    const double products = einsum != nullptr ? 16 * einsum->num_products(input_shapes(graph, node)) : 0;
    return num_outputs * (dense != nullptr ? 1 + static_cast<double>(dense->weights.shape[0]) : 16) + products;
}

CandidateEvaluator::CandidateEvaluator(const PrecisionPlan& plan, EventBatch events, Batch expected, int num_threads)
    : plan_(plan),
      events_(std::move(events)),
      expected_(std::move(expected)),
      compared_(compared_output(plan.graph, !events_.labels.empty())),
      num_threads_(num_threads),
      kept_(plan.graph.size()),
      trial_(plan.graph.size()) {
    for (std::uint32_t i = 0; i < plan.graph.size(); ++i) {
        work_of_node_.push_back(work_per_event(plan.graph, {i}));
    }
}

std::uint32_t CandidateEvaluator::first_difference(const Assignment& assignment) const {
    std::uint32_t first = kept_assignment_.empty() ? 0 : plan_.graph.size();
    for (std::size_t i = 0; i < kept_assignment_.size(); ++i) {
        if (assignment[i] != kept_assignment_[i]) {
            first = std::min(first, plan_.slots[i].node.index);
        }
    }
    return first;
}

OutputLoss CandidateEvaluator::evaluate(const Assignment& assignment) {
    first_ = first_difference(assignment);
    trial_assignment_ = assignment;
    const auto widths = estimate_widths(plan_, assignment);
    for (std::uint32_t i = first_; i < plan_.graph.size(); ++i) {
        trial_[i] = compute({i}, assignment, widths);
        work_ += work_of_node_[i] * static_cast<double>(events_.num_events);
    }
    return compare_outputs(compared_.kind, expected_, value(compared_.node), events_.labels, events_.num_events);
}

void CandidateEvaluator::keep() {
    for (std::uint32_t i = first_; i < plan_.graph.size(); ++i) {
        kept_[i] = std::move(trial_[i]);
    }
    kept_assignment_ = trial_assignment_;
    first_ = plan_.graph.size();
}

Op CandidateEvaluator::op_for(NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths) {
    const auto slot = plan_.weight_slot[node.index];
    if (!slot && !plan_.has_auto_bias[node.index]) {
        return plan_.graph[node].op;
    }
    LayerConstants constants = plan_.constants[node.index];
    if (slot) {
        const auto [entry, is_new] = rounded_weights_.try_emplace({*slot, assignment[*slot]});
        if (is_new) {
            entry->second = round_tensor(constants.weight, slot_quantization(plan_, *slot, assignment[*slot])).value().values;
        }
        constants.weight = entry->second;
    }
    if (plan_.has_auto_bias[node.index]) {
        constants.bias = round_tensor(constants.bias, bias_quantization(plan_, node, assignment, widths)).value().values;
    }
    return with_constants(plan_.graph[node], std::move(constants));
}

Batch CandidateEvaluator::compute(NodeId id, const Assignment& assignment, const std::vector<WidthEstimate>& widths) {
    const Node& node = plan_.graph[id];
    Batch result;
    if (node.op.info().is_real) {
        const auto inputs = plan_.graph.inputs();
        result = events_.inputs[static_cast<std::size_t>(std::ranges::find(inputs, id) - inputs.begin())];
    } else {
        std::vector<const Batch*> operands;
        std::ranges::transform(node.inputs, std::back_inserter(operands), [&](NodeId input) { return &value(input); });
        result = evaluate_batch(op_for(id, assignment, widths), operands, input_shapes(plan_.graph, node), events_.num_events, num_threads_);
    }
    if (const auto slot = plan_.result_slot[id.index]) {
        const Op quantize = Quantize::from(slot_quantization(plan_, *slot, assignment[*slot]));
        const std::array operands = {static_cast<const Batch*>(&result)};
        const std::array shapes = {node.type.shape};
        result = evaluate_batch(quantize, operands, shapes, events_.num_events, num_threads_);
    }
    return result;
}

}  // namespace lutra
