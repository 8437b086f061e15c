#include "lutra/quantize/precision_plan.h"

#include <algorithm>
#include <cmath>

#include "lutra/ops/dense.h"
#include "lutra/ops/quantize.h"
#include "lutra/quantize/layer_kind.h"

namespace lutra {

namespace {

constexpr int unknown_width = 16;

/// True for nodes whose result must have few bits: one of its readers is more than a comparison, or it leaves the model, or it is a function without an
/// exact result, whose size follows from the bits of its type.
std::vector<bool> find_demand(const Graph& graph) {
    std::vector<bool> demand(graph.size(), false);
    for (const GraphOutput& output : graph.outputs()) {
        demand[output.node.index] = true;
    }
    for (std::uint32_t i = graph.size(); i-- > 0;) {
        const Node& node = graph[NodeId{i}];
        demand[i] = demand[i] || node.op.error_bound() > 0;
        const bool passes_on = only_moves_elements(node.op);
        const bool demands = passes_on ? demand[i] : !is_cheap_on_wide_inputs(node.op);
        for (const NodeId input : node.inputs) {
            demand[input.index] = demand[input.index] || demands;
        }
    }
    return demand;
}

bool is_auto(const PrecisionLookup& lookup, const Node& node, PrecisionVariable variable) {
    const auto match = lookup.find(node, variable);
    return match && match->type.kind == PrecisionType::Kind::Auto;
}

bool is_auto_by_name(const PrecisionLookup& lookup, const Node& node, PrecisionVariable variable) {
    return is_auto(lookup, node, variable) && lookup.find(node, variable)->level == PrecisionLevel::LayerName;
}

class PlanMaker {
public:
    PlanMaker(Graph graph, const PrecisionLookup& lookup) : lookup_(lookup) {
        plan_.graph = std::move(graph);
        const std::size_t size = plan_.graph.size();
        plan_.weight_slot.resize(size);
        plan_.result_slot.resize(size);
        plan_.has_auto_bias.resize(size, false);
        plan_.constants.resize(size);
    }

    PrecisionPlan run(const EventBatch& events, int num_threads) {
        const auto values = evaluate_batch(plan_.graph, events.inputs, events.num_events, num_threads);
        const std::vector<bool> demand = find_demand(plan_.graph);
        for (std::uint32_t i = 0; i < plan_.graph.size(); ++i) {
            const Node& node = plan_.graph[NodeId{i}];
            add_constants({i});
            const bool is_result =
                is_auto(lookup_, node, PrecisionVariable::Result) && (demand[i] || is_auto_by_name(lookup_, node, PrecisionVariable::Result));
            if (is_result) {
                plan_.result_slot[i] = add_slot({i}, PrecisionVariable::Result, values[i].values);
            }
        }
        return std::move(plan_);
    }

private:
    std::size_t add_slot(NodeId id, PrecisionVariable variable, const std::vector<double>& values) {
        const auto [low, high] = values.empty() ? std::ranges::min_max_result{0.0, 0.0} : std::ranges::minmax(values);
        plan_.slots.push_back({id, variable, low, high});
        return plan_.slots.size() - 1;
    }

    void add_constants(NodeId id) {
        const Node& node = plan_.graph[id];
        const bool has_weight = is_auto(lookup_, node, PrecisionVariable::Weight);
        plan_.has_auto_bias[id.index] = is_auto(lookup_, node, PrecisionVariable::Bias);
        if (has_weight || plan_.has_auto_bias[id.index]) {
            plan_.constants[id.index] = constants_of(node);
        }
        if (has_weight) {
            plan_.weight_slot[id.index] = add_slot(id, PrecisionVariable::Weight, plan_.constants[id.index].weight.values);
        }
    }

    const PrecisionLookup& lookup_;
    PrecisionPlan plan_;
};

WidthEstimate widest(const std::vector<WidthEstimate>& widths, const std::vector<NodeId>& nodes) {
    WidthEstimate result;
    int integer_bits = 0;
    for (const NodeId id : nodes) {
        const WidthEstimate& width = widths[id.index];
        integer_bits = std::max(integer_bits, width.width - width.fraction);
        result.fraction = id == nodes[0] ? width.fraction : std::max(result.fraction, width.fraction);
    }
    result.width = nodes.empty() ? unknown_width : std::max(integer_bits + result.fraction, 1);
    return result;
}

WidthEstimate estimate_width(const PrecisionPlan& plan, NodeId id, const Assignment& assignment, const std::vector<WidthEstimate>& widths) {
    const Node& node = plan.graph[id];
    if (const auto slot = plan.result_slot[id.index]) {
        const Quantization type = slot_quantization(plan, *slot, assignment[*slot]);
        return {type.type.width, type.type.fraction};
    }
    if (node.op.as<Quantize>() != nullptr || node.inputs.empty()) {
        const FixedPointType type = node.type.is_real() ? FixedPointType{true, unknown_width, unknown_width / 2} : common_type(node.type);
        return {std::max(type.width, 1), type.fraction};
    }
    const WidthEstimate input = widest(widths, node.inputs);
    if (is_cheap_on_wide_inputs(node.op)) {
        return input;
    }
    if (node.op.as<Dense>() == nullptr) {
        return {unknown_width, unknown_width / 2};
    }
    const auto weight_slot = plan.weight_slot[id.index];
    const SlotType weight = weight_slot ? assignment[*weight_slot] : SlotType{unknown_width / 2, unknown_width / 2};
    return {input.width + weight.integer_bits + weight.fraction, input.fraction + weight.fraction};
}

}  // namespace

int integer_bits_for(double low, double high) {
    constexpr double margin = 1.125;
    constexpr int most_bits = 64;
    const double magnitude = std::max(std::abs(low), std::abs(high)) * margin;
    const int bits = magnitude > 0 ? std::ilogb(magnitude) + 1 : 0;
    return std::clamp(bits, -most_bits, most_bits) + (low < 0 ? 1 : 0);
}

PrecisionPlan make_plan(Graph graph, const PrecisionLookup& lookup, const EventBatch& events, int num_threads) {
    return PlanMaker(std::move(graph), lookup).run(events, num_threads);
}

Quantization slot_quantization(const PrecisionPlan& plan, std::size_t slot_index, const SlotType& type) {
    const TypeSlot& slot = plan.slots[slot_index];
    const bool is_input = plan.graph[slot.node].op.info().is_real;
    return {.type = {slot.low < 0, std::max(type.integer_bits + type.fraction, 1), type.fraction},
            .rounding = is_input ? Rounding::HalfToEven : Rounding::HalfUp,
            .overflow = Overflow::Saturate};
}

std::vector<WidthEstimate> estimate_widths(const PrecisionPlan& plan, const Assignment& assignment) {
    std::vector<WidthEstimate> widths;
    for (std::uint32_t i = 0; i < plan.graph.size(); ++i) {
        widths.push_back(estimate_width(plan, {i}, assignment, widths));
    }
    return widths;
}

Quantization bias_quantization(const PrecisionPlan& plan, NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths) {
    constexpr int most_fraction = 40;
    constexpr int most_width = 50;
    const RealTensor& bias = plan.constants[node.index].bias;
    const auto [low, high] = bias.values.empty() ? std::ranges::min_max_result{0.0, 0.0} : std::ranges::minmax(bias.values);
    const auto slot = plan.weight_slot[node.index];
    const int weight_fraction = slot ? assignment[*slot].fraction : unknown_width;
    const auto& inputs = plan.graph[node].inputs;
    const int integer_bits = integer_bits_for(low, high);
    int fraction = std::min(weight_fraction + (inputs.empty() ? 0 : widths[inputs[0].index].fraction), most_fraction);
    fraction = std::min(fraction, most_width - integer_bits);
    return {.type = {low < 0, std::max(integer_bits + fraction, 1), fraction}, .rounding = Rounding::HalfUp, .overflow = Overflow::Saturate};
}

std::vector<PrecisionEntry> entries_of(const PrecisionPlan& plan, const Assignment& assignment) {
    std::vector<PrecisionEntry> entries;
    const auto widths = estimate_widths(plan, assignment);
    for (std::uint32_t i = 0; i < plan.graph.size(); ++i) {
        const std::string& name = plan.graph[NodeId{i}].name;
        if (const auto slot = plan.weight_slot[i]) {
            entries.push_back({name, PrecisionVariable::Weight, {.type = slot_quantization(plan, *slot, assignment[*slot])}});
        }
        if (plan.has_auto_bias[i]) {
            entries.push_back({name, PrecisionVariable::Bias, {.type = bias_quantization(plan, {i}, assignment, widths)}});
        }
        if (const auto slot = plan.result_slot[i]) {
            entries.push_back({name, PrecisionVariable::Result, {.type = slot_quantization(plan, *slot, assignment[*slot])}});
        }
    }
    return entries;
}

}  // namespace lutra
