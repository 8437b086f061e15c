#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/import/onnx/families.h"
#include "lutra/ops/constant.h"

namespace lutra::onnx {

namespace {

/// The output is the input, whatever it is.
Result<void> pass(NodeContext& context) {
    if (!context.has_input(0)) {
        return context.invalid("input 0 is missing");
    }
    Value copy = context.value(0);
    if (std::holds_alternative<PendingDense>(copy)) {
        LUTRA_TRY(copy, context.event(0));
    }
    context.set_output(0, std::move(copy));
    context.translation().left_out[context.node().op_type].push_back(context.node().name);
    return {};
}

/// x != 0 as (x < 0) + (0 < x).
Result<void> import_truth(NodeContext& context, const Event& x) {
    LUTRA_TRY(const NodeId zero, context.add_constant(0.0));
    LUTRA_TRY(const NodeId below, context.add("less", {}, std::vector{x.node, zero}));
    LUTRA_TRY(const NodeId above, context.add("less", {}, std::vector{zero, x.node}));
    Event result = x;
    LUTRA_TRY(result.node, context.add("add", {}, std::vector{below, above}));
    result.type = ElementType::Bool;
    context.set_output(0, result);
    return {};
}

bool has_integers_only(const RealTensor& tensor) {
    return std::ranges::all_of(tensor.values, [](double x) { return x == std::floor(x); });
}

/// True when every value of a node is an integer whatever the event is, for it is made of indices and truth values only.
bool holds_integers(const Graph& graph, NodeId id) {
    constexpr std::array makers = {"argmax", "less", "bipolar"};
    constexpr std::array keepers = {"add", "broadcast", "concat", "flatten", "maximum", "minimum", "multiply", "reshape", "slice", "subtract", "transpose"};
    std::vector<bool> is_seen(graph.size(), false);
    std::vector<NodeId> waiting = {id};
    while (!waiting.empty()) {
        const NodeId next = waiting.back();
        waiting.pop_back();
        if (is_seen[next.index]) {
            continue;
        }
        is_seen[next.index] = true;
        const Node& node = graph[next];
        const auto* constant = node.op.as<Constant>();
        if (std::ranges::find(keepers, node.op.name()) != keepers.end()) {
            waiting.insert(waiting.end(), node.inputs.begin(), node.inputs.end());
        } else if (std::ranges::find(makers, node.op.name()) == makers.end() && !(constant != nullptr && has_integers_only(constant->value))) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<void> import_identity(NodeContext& context) { return pass(context); }

Result<void> import_dropout(NodeContext& context) {
    for (const std::string_view name : {"ratio", "seed", "is_test", "consumed_inputs"}) {
        context.ignore(name);
    }
    if (context.has_input(2)) {
        LUTRA_TRY(const Tensor* training, context.need_constant(2, "training_mode"));
        if (!training->is_scalar() || training->value(0) != 0) {
            return context.unsupported("it is in training mode", "export the model for inference");
        }
    }
    if (context.is_used(1)) {
        return context.unsupported("its mask is used", "export the model for inference");
    }
    return pass(context);
}

Result<void> import_cast(NodeContext& context) {
    LUTRA_TRY(const std::int64_t code, context.integer("to", 0));
    context.ignore("saturate");
    context.ignore("round_mode");
    LUTRA_TRY(Event input, context.event(0));
    const auto target = element_type_of(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000)));
    if (!target || *target == ElementType::String) {
        return fail(DiagnosticId::OnnxUnsupportedType, context.translation().place(context.node()),
                    fmt::format("it casts to {} ({})", name_of_type_code(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000))), code),
                    "cast to float32 only");
    }
    if (input.type == ElementType::String) {
        return context.unsupported("it casts class names, of which the index stands here", "give the index itself as output");
    }
    if (is_real(input.type) && *target == ElementType::Bool) {
        return import_truth(context, input);
    }
    if (is_real(input.type) && !is_real(*target) && !holds_integers(context.translation().graph, input.node)) {
        return context.unsupported(fmt::format("it casts {} to {}", to_string(input.type), to_string(*target)),
                                   "use a quantiser, which says how values are rounded");
    }
    if (!is_real(input.type) && !is_real(*target)) {
        const IntegerRange from = integer_range(input.type);
        const IntegerRange to = integer_range(*target);
        if (from.low < to.low || from.high > to.high) {
            return context.unsupported(fmt::format("it casts {} to {}, which holds fewer integers", to_string(input.type), to_string(*target)),
                                       "cast to a wider type");
        }
    }
    if (is_real(*target) && storage_bits(*target) == 16 && storage_bits(input.type) > 8) {
        context.decide(fmt::format("the cast to {} rounds nothing: values stay exact", to_string(*target)));
    }
    context.translation().left_out["Cast"].push_back(context.node().name);
    input.type = *target;
    context.set_output(0, input);
    return {};
}

}  // namespace lutra::onnx
