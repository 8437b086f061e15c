#include "lutra/import/keras/einsum.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
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

/// The letters that stand for labels; ops have no digits.
class Letters {
public:
    std::string operator()(std::string_view labels) {
        std::string result;
        for (const char label : labels) {
            const auto next = static_cast<char>(letters_.size() < 26 ? 'a' + static_cast<int>(letters_.size()) : 'A' + static_cast<int>(letters_.size()) - 26);
            result += letters_.try_emplace(label, next).first->second;
        }
        return result;
    }

private:
    std::map<char, char> letters_;
};

/// True when every label stands in exactly two of the three parts, which a dense layer can compute.
bool is_matrix_product(const Einsum& einsum) {
    return std::ranges::all_of(einsum.kernel, [&](char c) { return has(einsum.input, c) != has(einsum.output, c); }) &&
           std::ranges::all_of(einsum.output, [&](char c) { return has(einsum.input, c) != has(einsum.kernel, c); }) &&
           std::ranges::all_of(einsum.input, [&](char c) { return has(einsum.output, c) != has(einsum.kernel, c); });
}

/// Appends the product as an einsum with the constant kernel, and the bias as an addition.
Result<NodeId> emit_general(LayerContext& context, const Einsum& einsum, NodeId input, const RealTensor& kernel, const RealTensor& bias,
                            std::string_view part) {
    Letters letters;
    const std::string first = letters(einsum.input);
    const std::string second = letters(einsum.kernel);
    const std::string equation = fmt::format("{},{}->{}", first, second, letters(einsum.output));
    LUTRA_TRY(const NodeId constant, context.add_constant(fmt::format("{}kernel", part), kernel));
    LUTRA_TRY(const NodeId product, context.add_part(part, "einsum", {{"equation", equation}}, {input, constant}));
    if (bias.shape.empty()) {
        return product;
    }
    LUTRA_TRY(const NodeId offsets, context.add_constant(fmt::format("{}bias", part), bias));
    return context.add_part(fmt::format("{}add_bias", part), "add", {}, {product, offsets});
}

/// Splits "a,b->c" into its terms and the result; nothing if it is no equation.
struct Terms {
    std::vector<std::string> inputs{};
    std::string output{};
};

std::optional<Terms> split(std::string_view equation) {
    std::string text;
    std::ranges::copy_if(equation, std::back_inserter(text), [](char c) { return c != ' '; });
    const std::size_t arrow = text.find("->");
    if (arrow == std::string::npos) {
        return std::nullopt;
    }
    Terms terms{.inputs = {""}, .output = text.substr(arrow + 2)};
    for (const char c : text.substr(0, arrow)) {
        if (c == ',') {
            terms.inputs.emplace_back();
        } else {
            terms.inputs.back() += c;
        }
    }
    return terms;
}

/// Number of axes that `...` stands for in a term of a tensor of this rank, the batch included; at most 9, so that digits can name them.
std::size_t num_elided(std::string_view term, std::size_t full_rank) {
    constexpr std::size_t most_axes = 9;
    const std::size_t num_named = term.find("...") == std::string_view::npos ? term.size() : term.size() - 3;
    return full_rank >= num_named ? std::min(full_rank - num_named, most_axes) : 0;
}

}  // namespace

Result<Einsum> read_einsum(LayerContext& context, std::string_view equation, std::size_t rank) {
    const auto terms = split(equation);
    if (!terms || terms->inputs.size() != 2) {
        return context.invalid(fmt::format("its equation '{}' is no 'a,b->c'", equation));
    }
    const std::size_t elided = num_elided(terms->inputs[0], rank + 1);
    Einsum einsum{with_ellipsis(terms->inputs[0], elided), terms->inputs[1], with_ellipsis(terms->output, elided)};
    if (einsum.input.size() != rank + 1 || einsum.output.empty() || einsum.output[0] != einsum.input[0] || has(einsum.kernel, einsum.input[0])) {
        return context.unsupported(fmt::format("its equation '{}' does not fit an event of {} axes, or does not keep the batch in front", equation, rank));
    }
    einsum.input.erase(0, 1);
    einsum.output.erase(0, 1);
    const bool is_plain = is_all_different(einsum.input) && is_all_different(einsum.kernel) && is_all_different(einsum.output);
    const bool is_made = std::ranges::all_of(einsum.output, [&](char c) { return has(einsum.input, c) || has(einsum.kernel, c); });
    if (!is_plain || !is_made) {
        return context.unsupported(fmt::format("its equation '{}' has an axis twice in one term, or one that no term has", equation),
                                   "give each axis of a term a letter of its own");
    }
    return einsum;
}

Einsum last_axis_einsum(std::size_t rank) {
    std::string kept;
    for (std::size_t i = 0; i + 1 < rank; ++i) {
        kept += static_cast<char>('0' + static_cast<int>(i % 10));
    }
    return {kept + "a", "ab", kept + "b"};
}

Result<NodeId> emit_einsum(LayerContext& context, const Einsum& einsum, NodeId input, const RealTensor& kernel, const RealTensor& bias, std::string_view part) {
    if (!is_matrix_product(einsum)) {
        return emit_general(context, einsum, input, kernel, bias, part);
    }
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

Result<NodeId> emit_input_einsum(LayerContext& context, std::string_view equation, std::span<const NodeId> inputs, std::string_view part) {
    auto terms = split(equation);
    if (!terms || terms->inputs.size() != inputs.size()) {
        return context.invalid(fmt::format("its equation '{}' does not fit its {} inputs", equation, inputs.size()));
    }
    std::size_t num_axes_elided = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const std::size_t full_rank = context.shape(inputs[i]).size() + 1;
        const bool has_ellipsis = terms->inputs[i].find("...") != std::string::npos;
        const std::size_t elided = has_ellipsis ? num_elided(terms->inputs[i], full_rank) : 0;
        terms->inputs[i] = with_ellipsis(terms->inputs[i], elided);
        const bool is_first = num_axes_elided == 0;
        num_axes_elided = has_ellipsis && is_first ? elided : num_axes_elided;
        if ((has_ellipsis && elided != num_axes_elided) || terms->inputs[i].size() != full_rank || terms->inputs[i][0] != terms->inputs[0][0]) {
            return context.unsupported(fmt::format("its equation '{}' does not fit its inputs, or mixes the events of a batch", equation),
                                       "begin every term with the letter of the batch");
        }
    }
    terms->output = with_ellipsis(terms->output, num_axes_elided);
    const char batch = terms->inputs[0][0];
    const auto has_batch_inside = [batch](const std::string& term) { return std::ranges::count(term, batch) != 1; };
    if (!terms->output.starts_with(batch) || has_batch_inside(terms->output) || std::ranges::any_of(terms->inputs, has_batch_inside)) {
        return context.unsupported(fmt::format("its equation '{}' sums or mixes the events of a batch", equation),
                                   "begin every term with the letter of the batch");
    }
    Letters letters;
    std::vector<std::string> rest;
    std::ranges::transform(terms->inputs, std::back_inserter(rest), [&](const std::string& term) { return letters(term.substr(1)); });
    const std::string output = letters(terms->output.substr(1));
    NodeId node = inputs[0];
    std::string labels = rest[0];
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        // What is still needed: the result of all, or of a pair for the inputs that come later.
        std::string needed;
        for (const char c : labels + rest[i]) {
            const bool is_later = has(output, c) || std::any_of(rest.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest.end(),
                                                                [c](const std::string& term) { return has(term, c); });
            needed += is_later && !has(needed, c) ? std::string(1, c) : "";
        }
        const bool is_last = i + 1 == inputs.size();
        const std::string& result = is_last ? output : needed;
        LUTRA_TRY(node, context.add_part(is_last ? std::string(part) : fmt::format("{}product{}", part, i), "einsum",
                                         {{"equation", fmt::format("{},{}->{}", labels, rest[i], result)}}, {node, inputs[i]}));
        labels = result;
    }
    return inputs.size() > 1 ? Result<NodeId>(node) : context.add_part(part, "einsum", {{"equation", fmt::format("{}->{}", labels, output)}}, {node});
}

}  // namespace lutra::keras
