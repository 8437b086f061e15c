#include "lutra/import/keras/emit_merge.h"

#include <fmt/format.h>

namespace lutra::keras {

Result<NodeId> emit_merge(LayerContext& context, std::string_view op, std::span<const NodeId> inputs, std::string_view part) {
    if (inputs.size() < 2) {
        return context.invalid(fmt::format("it has {} inputs; two or more are needed", inputs.size()));
    }
    NodeId node = inputs[0];
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        const bool is_last = i + 1 == inputs.size();
        LUTRA_TRY(node, context.add_part(is_last ? std::string(part) : fmt::format("{}{}", op, i), op, {}, {node, inputs[i]}));
    }
    return node;
}

/// max(a, b) = a + relu(b - a), min(a, b) = a - relu(a - b): both exact.
Result<NodeId> emit_extreme(LayerContext& context, bool is_max, std::span<const NodeId> inputs) {
    if (inputs.size() < 2) {
        return context.invalid(fmt::format("it has {} inputs; two or more are needed", inputs.size()));
    }
    NodeId node = inputs[0];
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        LUTRA_TRY(const NodeId difference, context.add_part(fmt::format("difference{}", i), "subtract", {}, is_max ? std::vector{inputs[i], node} : std::vector{node, inputs[i]}));
        LUTRA_TRY(const NodeId excess, context.add_part(fmt::format("excess{}", i), "relu", {}, {difference}));
        LUTRA_TRY(node, context.add_part(i + 1 == inputs.size() ? "" : fmt::format("extreme{}", i), is_max ? "add" : "subtract", {}, {node, excess}));
    }
    return node;
}

}  // namespace lutra::keras
