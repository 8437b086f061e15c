#include "lutra/import/keras/emit_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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
    LUTRA_TRY(const auto axes, context.integers("axes"));
    LUTRA_TRY(const bool is_normalized, context.boolean("normalize", false));
    if (is_normalized) {
        return context.unsupported("it normalises its inputs", "leave normalize out, or divide by a constant");
    }
    const std::vector<std::int64_t> given = axes.value_or(std::vector<std::int64_t>{-1});
    if (inputs.size() != 2 || given.empty() || given.size() > 2) {
        return context.invalid(fmt::format("it has {} inputs and {} axes, not two of each", inputs.size(), given.size()));
    }
    std::array<std::string, 2> labels;
    std::string output;
    constexpr std::size_t most_axes = 12;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::size_t rank = context.shape(inputs[i]).size();
        LUTRA_TRY(const std::int64_t summed, context.event_axis(given[std::min(i, given.size() - 1)], rank));
        if (rank > most_axes) {
            return context.unsupported(fmt::format("its input has {} axes; at most {} are supported", rank, most_axes));
        }
        for (std::size_t axis = 0; axis < rank; ++axis) {
            const bool is_summed = axis == static_cast<std::size_t>(summed);
            labels[i] += is_summed ? 'z' : static_cast<char>((i == 0 ? 'a' : 'm') + static_cast<int>(axis));
            output += is_summed ? "" : std::string(1, labels[i].back());
        }
    }
    const std::string equation = fmt::format("{},{}->{}", labels[0], labels[1], output);
    LUTRA_TRY(const NodeId product, context.add("einsum", {{"equation", equation}}, {inputs[0], inputs[1]}));
    // Two rows give one number, which Keras leaves an axis.
    return context.reshape("axis", product, output.empty() ? Shape{1} : context.shape(product));
}

}  // namespace lutra::keras
