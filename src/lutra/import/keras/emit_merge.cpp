#include "lutra/import/keras/emit_merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/keras/einsum.h"

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

Result<NodeId> emit_sum(LayerContext& context, std::string_view part, NodeId input, const std::vector<std::int64_t>& axes, double factor, bool keeps_axes) {
    const Shape shape = context.shape(input);
    Einsum einsum;
    RealTensor kernel({}, {});
    Shape result;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char label = static_cast<char>('a' + static_cast<int>(i));
        einsum.input += label;
        if (std::ranges::find(axes, static_cast<std::int64_t>(i)) != axes.end()) {
            einsum.kernel += label;
            kernel.shape.push_back(shape[i]);
        } else {
            einsum.output += label;
        }
        if (std::ranges::find(axes, static_cast<std::int64_t>(i)) == axes.end() || keeps_axes) {
            result.push_back(einsum.output.find(label) == std::string::npos ? 1 : shape[i]);
        }
    }
    einsum.kernel += 'z';
    einsum.output += 'z';
    kernel.shape.push_back(1);
    kernel.values.assign(static_cast<std::size_t>(num_elements(kernel.shape)), factor);
    LUTRA_TRY(const NodeId sum, emit_einsum(context, einsum, input, kernel, 0.0, part));
    return context.reshape(std::string(part) + "result", sum, result);
}

Result<NodeId> emit_dot(LayerContext& context, std::span<const NodeId> inputs) {
    context.ignore({"axes"});
    LUTRA_TRY(const bool is_normalized, context.boolean("normalize", false));
    const bool are_rows = inputs.size() == 2 && context.shape(inputs[0]).size() == 1 && context.shape(inputs[0]) == context.shape(inputs[1]);
    if (is_normalized || !are_rows) {
        return context.unsupported("it is normalised, or its inputs are no two rows of one length", "use Dense, or Multiply and a sum");
    }
    LUTRA_TRY(const NodeId products, context.add_part("products", "multiply", {}, {inputs[0], inputs[1]}));
    return emit_sum(context, "", products, {0}, 1, true);
}

}  // namespace lutra::keras
