#include "lutra/import/keras/einsum.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lutra/ir/gather.h"

namespace lutra::keras {

namespace {

bool has(std::string_view labels, char label) { return labels.find(label) != std::string_view::npos; }

bool is_all_different(std::string_view labels) { return std::set<char>(labels.begin(), labels.end()).size() == labels.size(); }

/// `...` becomes labels of its own: digits.
std::string with_ellipsis(std::string_view labels, std::size_t num_axes) {
    const std::size_t dots = labels.find("...");
    if (dots == std::string_view::npos) {
        return std::string(labels);
    }
    std::string axes;
    for (std::size_t i = 0; i < num_axes; ++i) {
        axes += static_cast<char>('0' + static_cast<int>(i));
    }
    return std::string(labels.substr(0, dots)) + axes + std::string(labels.substr(dots + 3));
}

/// Axes of `from` in the order in which their labels stand in `to`.
std::vector<std::int64_t> permutation(std::string_view from, std::string_view to) {
    std::vector<std::int64_t> axes;
    for (const char label : to) {
        axes.push_back(static_cast<std::int64_t>(from.find(label)));
    }
    return axes;
}

RealTensor transposed(const RealTensor& tensor, const std::vector<std::int64_t>& axes) {
    RealTensor result({}, {});
    for (const std::int64_t axis : axes) {
        result.shape.push_back(tensor.shape[static_cast<std::size_t>(axis)]);
    }
    for (const std::size_t element : transposed_elements(tensor.shape, axes)) {
        result.values.push_back(tensor[element]);
    }
    return result;
}

Result<NodeId> transpose(LayerContext& context, NodeId node, std::string_view from, std::string_view to) {
    if (from == to) {
        return node;
    }
    return context.add_part("transpose", "transpose", {{"permutation", permutation(from, to)}}, {node});
}

}  // namespace

Result<Einsum> read_einsum(LayerContext& context, std::string_view equation, std::size_t rank) {
    std::string text;
    std::ranges::copy_if(equation, std::back_inserter(text), [](char c) { return c != ' '; });
    const std::size_t comma = text.find(',');
    const std::size_t arrow = text.find("->");
    if (comma == std::string::npos || arrow == std::string::npos || arrow < comma) {
        return context.invalid(fmt::format("its equation '{}' is no 'a,b->c'", equation));
    }
    const std::string input = text.substr(0, comma);
    const std::size_t num_named = input.find("...") == std::string::npos ? input.size() : input.size() - 3;
    constexpr std::size_t most_axes = 9;
    const std::size_t num_elided = rank + 1 >= num_named ? std::min(rank + 1 - num_named, most_axes) : 0;
    Einsum einsum{with_ellipsis(input, num_elided), text.substr(comma + 1, arrow - comma - 1), with_ellipsis(text.substr(arrow + 2), num_elided)};
    if (einsum.input.size() != rank + 1 || einsum.output.empty() || einsum.output[0] != einsum.input[0] || has(einsum.kernel, einsum.input[0])) {
        return context.unsupported(fmt::format("its equation '{}' does not fit an event of {} axes, or does not keep the batch in front", equation, rank));
    }
    einsum.input.erase(0, 1);
    einsum.output.erase(0, 1);
    const bool is_plain = is_all_different(einsum.input) && is_all_different(einsum.kernel) && is_all_different(einsum.output);
    const bool is_closed = std::ranges::all_of(einsum.kernel, [&](char c) { return has(einsum.input, c) != has(einsum.output, c); }) &&
                           std::ranges::all_of(einsum.output, [&](char c) { return has(einsum.input, c) != has(einsum.kernel, c); }) &&
                           std::ranges::all_of(einsum.input, [&](char c) { return has(einsum.output, c) != has(einsum.kernel, c); });
    if (!is_plain || !is_closed) {
        return context.unsupported(fmt::format("its equation '{}' is more than a product of matrices", equation), "each label but the batch stands in exactly two of the three parts");
    }
    return einsum;
}

Result<NodeId> emit_einsum(LayerContext& context, const Einsum& einsum, NodeId input, const RealTensor& kernel, const RealTensor& bias, std::string_view part) {
    std::string kept;
    std::string contracted;
    std::string made;
    for (const char c : einsum.input) {
        (has(einsum.kernel, c) ? contracted : kept) += c;
    }
    std::ranges::copy_if(einsum.output, std::back_inserter(made), [&](char c) { return has(einsum.kernel, c); });
    if (kernel.shape.size() != einsum.kernel.size()) {
        return context.bad_weights(fmt::format("its kernel has the shape {}, its equation {} axes", to_string(kernel.shape), einsum.kernel.size()));
    }
    const Shape in_shape = context.shape(input);
    const auto extent = [&](char label) {
        const std::size_t in_kernel = einsum.kernel.find(label);
        return in_kernel != std::string::npos ? kernel.shape[in_kernel] : in_shape[einsum.input.find(label)];
    };
    const auto extents = [&](std::string_view labels) {
        Shape shape;
        std::ranges::transform(labels, std::back_inserter(shape), extent);
        return shape;
    };
    for (const char c : contracted) {
        if (extent(c) != in_shape[einsum.input.find(c)]) {
            return context.bad_weights(fmt::format("its kernel of shape {} does not fit its input of shape {}", to_string(kernel.shape), to_string(in_shape)));
        }
    }
    RealTensor weights = transposed(kernel, permutation(einsum.kernel, contracted + made));
    weights.shape = {num_elements(extents(contracted)), num_elements(extents(made))};
    Shape flat = extents(kept);
    flat.push_back(weights.shape[0]);
    LUTRA_TRY(NodeId node, transpose(context, input, einsum.input, kept + contracted));
    LUTRA_TRY(node, context.reshape("columns", node, flat));
    const bool is_direct = kept + made == einsum.output && bias.shape.size() <= made.size() && broadcast(bias.shape, extents(made)) == extents(made);
    RealTensor dense_bias = 0.0;
    if (is_direct && !bias.shape.empty()) {
        dense_bias = RealTensor({weights.shape[1]}, {});
        for (const std::int64_t i : broadcast_indices(bias.shape, extents(made))) {
            dense_bias.values.push_back(bias[static_cast<std::size_t>(i)]);
        }
    }
    LUTRA_TRY(node, context.add_part(part, "dense", {{"weights", std::move(weights)}, {"bias", std::move(dense_bias)}}, {node}));
    LUTRA_TRY(node, context.reshape("axes", node, extents(kept + made)));
    LUTRA_TRY(node, transpose(context, node, kept + made, einsum.output));
    if (!is_direct) {
        LUTRA_TRY(const NodeId constant, context.add_constant("bias", bias));
        LUTRA_TRY(node, context.add_part("add_bias", "add", {}, {node, constant}));
    }
    return node;
}

}  // namespace lutra::keras
