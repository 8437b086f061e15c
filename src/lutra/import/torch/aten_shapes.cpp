#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "lutra/import/torch/aten_families.h"

namespace lutra::torch {

namespace {

Result<void> permute(AtenNode& node, const std::string& input, std::vector<std::int64_t> permutation) {
    node.finish("Transpose", {input}, {{"perm", std::move(permutation)}});
    return {};
}

Result<void> reshape(AtenNode& node, const std::string& input, std::vector<std::int64_t> shape) {
    node.finish("Reshape", {input, node.integers_constant(std::move(shape))}, {{"allowzero", std::int64_t{1}}});
    return {};
}

}  // namespace

/// Axes outside of start..end keep their extents.
Result<void> spell_flatten(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const Shape shape, node.shape(input));
    if (shape.empty()) {
        return reshape(node, input, {1});
    }
    LUTRA_TRY(const std::int64_t start_dim, node.integer("start_dim", 0));
    LUTRA_TRY(const std::int64_t end_dim, node.integer("end_dim", -1));
    LUTRA_TRY(const std::int64_t start, node.axis(start_dim, shape.size()));
    LUTRA_TRY(const std::int64_t end, node.axis(end_dim, shape.size()));
    if (end < start) {
        return node.invalid(fmt::format("it flattens axes {} to {}", start, end));
    }
    std::vector<std::int64_t> target(shape.begin(), shape.begin() + start);
    target.push_back(-1);
    target.insert(target.end(), shape.begin() + end + 1, shape.end());
    return reshape(node, input, std::move(target));
}

Result<void> spell_view(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(auto shape, node.integers(node.has("size") ? "size" : "shape"));
    return reshape(node, input, std::move(shape));
}

Result<void> spell_unsqueeze(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    node.finish("Unsqueeze", {input, node.integers_constant({dim})});
    return {};
}

/// torch leaves axes alone whose extent is not 1.
Result<void> spell_squeeze(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const Shape shape, node.shape(input));
    std::vector<std::int64_t> axes;
    if (node.target() == "aten.squeeze.dims") {
        LUTRA_TRY(axes, node.integers("dim"));
    } else if (node.has("dim")) {
        LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
        axes = {dim};
    } else {
        axes.resize(shape.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    std::vector<std::int64_t> removed;
    for (const std::int64_t axis : axes) {
        LUTRA_TRY(const std::int64_t position, node.axis(axis, shape.size()));
        if (shape[static_cast<std::size_t>(position)] == 1) {
            removed.push_back(position);
        }
    }
    if (removed.empty()) {
        node.finish("Identity", {input});
    } else {
        node.finish("Squeeze", {input, node.integers_constant(std::move(removed))});
    }
    return {};
}

Result<void> spell_permute(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(auto dims, node.integers("dims"));
    for (std::int64_t& dim : dims) {
        LUTRA_TRY(dim, node.axis(dim, dims.size()));
    }
    return permute(node, input, std::move(dims));
}

Result<void> spell_transpose(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const Shape shape, node.shape(input));
    std::vector<std::int64_t> permutation(shape.size());
    std::iota(permutation.begin(), permutation.end(), 0);
    const bool is_matrix = node.target() == "aten.t.default";
    LUTRA_TRY(const std::int64_t first, node.integer("dim0", 0));
    LUTRA_TRY(const std::int64_t second, node.integer("dim1", 1));
    if (is_matrix && shape.size() < 2) {
        node.finish("Identity", {input});
        return {};
    }
    LUTRA_TRY(const std::int64_t a, node.axis(first, shape.size()));
    LUTRA_TRY(const std::int64_t b, node.axis(second, shape.size()));
    std::swap(permutation[static_cast<std::size_t>(a)], permutation[static_cast<std::size_t>(b)]);
    return permute(node, input, std::move(permutation));
}

Result<void> spell_cat(AtenNode& node) {
    LUTRA_TRY(auto inputs, node.tensors("tensors"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    node.finish("Concat", std::move(inputs), {{"axis", dim}});
    return {};
}

Result<void> spell_slice(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    LUTRA_TRY(const std::int64_t start, node.integer("start", 0));
    LUTRA_TRY(const std::int64_t end, node.integer("end", std::numeric_limits<std::int64_t>::max()));
    LUTRA_TRY(const std::int64_t step, node.integer("step", 1));
    LUTRA_TRY(const Shape shape, node.shape(input));
    LUTRA_TRY(const std::int64_t axis, node.axis(dim, shape.size()));
    if (start == 0 && step == 1 && end >= std::max(shape[static_cast<std::size_t>(axis)], std::int64_t{0}) && end == std::numeric_limits<std::int64_t>::max()) {
        node.finish("Identity", {input});
        return {};
    }
    node.finish("Slice",
                {input, node.integers_constant({start}), node.integers_constant({end}), node.integers_constant({dim}), node.integers_constant({step})});
    return {};
}

Result<void> spell_select(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    LUTRA_TRY(const std::int64_t index, node.integer("index", 0));
    onnx::Tensor position = onnx::make_tensor(onnx::ElementType::Int64, {});
    position.integers[0] = index;
    node.finish("Gather", {input, node.constant(std::move(position))}, {{"axis", dim}});
    return {};
}

/// The parts' extents are those that the file says for the outputs.
Result<void> spell_split(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    std::vector<std::int64_t> sizes;
    for (const std::string& output : node.outputs()) {
        LUTRA_TRY(const Shape shape, node.shape(output));
        LUTRA_TRY(const std::int64_t axis, node.axis(dim, shape.size()));
        sizes.push_back(shape[static_cast<std::size_t>(axis)]);
    }
    node.finish("Split", {input, node.integers_constant(std::move(sizes))}, {{"axis", dim}});
    return {};
}

}  // namespace lutra::torch
