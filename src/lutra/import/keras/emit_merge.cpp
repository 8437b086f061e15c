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

}  // namespace lutra::keras
