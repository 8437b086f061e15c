#include <fmt/format.h>

#include "lutra/import/torch/aten_families.h"
#include "lutra/import/torch/stored_tensors.h"

namespace lutra::torch {

namespace {

/// The largest or smallest values along an axis, and where they stand.
Result<void> extremes(AtenNode& node, std::string_view reduction, std::string_view index) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", -1));
    LUTRA_TRY(const bool keeps, node.boolean("keepdim", false));
    const std::int64_t keepdims = keeps ? 1 : 0;
    node.finish_output(0, reduction, {self, node.integers_constant({dim})}, {{"keepdims", keepdims}});
    node.finish_output(1, index, {self}, {{"axis", dim}, {"keepdims", keepdims}});
    return {};
}

/// op(self, other), where `other` may be a number.
Result<void> comparison(AtenNode& node, std::string_view op_type) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::string other, node.tensor_or_number("other"));
    node.finish(op_type, {self, other});
    return {};
}

}  // namespace

Result<void> spell_max_of_axis(AtenNode& node) { return extremes(node, "ReduceMax", "ArgMax"); }
Result<void> spell_min_of_axis(AtenNode& node) { return extremes(node, "ReduceMin", "ArgMin"); }

Result<void> spell_topk(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::int64_t k, node.integer("k", 1));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", -1));
    LUTRA_TRY(const bool takes_largest, node.boolean("largest", true));
    node.finish("TopK", {self, node.integers_constant({k})}, {{"axis", dim}, {"largest", std::int64_t{takes_largest ? 1 : 0}}});
    return {};
}

Result<void> spell_embedding(AtenNode& node) {
    LUTRA_TRY(const std::string weight, node.tensor("weight"));
    LUTRA_TRY(const std::string indices, node.tensor("indices"));
    node.finish("Gather", {weight, indices}, {{"axis", std::int64_t{0}}});
    return {};
}

Result<void> spell_index_select(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::string index, node.tensor("index"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    node.finish("Gather", {self, index}, {{"axis", dim}});
    return {};
}

Result<void> spell_where(AtenNode& node) {
    LUTRA_TRY(const std::string condition, node.tensor("condition"));
    LUTRA_TRY(const std::string self, node.tensor_or_number("self"));
    LUTRA_TRY(const std::string other, node.tensor_or_number("other"));
    node.finish("Where", {condition, self, other});
    return {};
}

Result<void> spell_equal(AtenNode& node) { return comparison(node, "Equal"); }
Result<void> spell_greater(AtenNode& node) { return comparison(node, "Greater"); }
Result<void> spell_greater_or_equal(AtenNode& node) { return comparison(node, "GreaterOrEqual"); }
Result<void> spell_less(AtenNode& node) { return comparison(node, "Less"); }
Result<void> spell_less_or_equal(AtenNode& node) { return comparison(node, "LessOrEqual"); }

/// torch lists the widths from the last axis on; ONNX first all in front of the axes, then all behind.
Result<void> spell_pad(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::string mode, node.string("mode", "constant"));
    LUTRA_TRY(const std::vector<std::int64_t> widths, node.integers("pad"));
    LUTRA_TRY(const double value, node.real("value", 0));
    LUTRA_TRY(const Shape shape, node.shape(self));
    if (mode != "constant") {
        return node.unsupported(fmt::format("its mode is '{}'", mode), "pad with a constant");
    }
    if (widths.size() % 2 != 0 || widths.size() / 2 > shape.size()) {
        return node.invalid(fmt::format("it has {} widths for {} axes", widths.size(), shape.size()));
    }
    std::vector<std::int64_t> pads(2 * shape.size(), 0);
    for (std::size_t i = 0; i < widths.size() / 2; ++i) {
        const std::size_t axis = shape.size() - 1 - i;
        pads[axis] = widths[2 * i];
        pads[shape.size() + axis] = widths[2 * i + 1];
    }
    node.finish("Pad", {self, node.integers_constant(std::move(pads)), node.number(value)});
    return {};
}

/// To the shape that the file says for the result.
Result<void> spell_expand(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const Shape shape, node.shape(node.outputs().empty() ? std::string() : node.outputs()[0]));
    node.finish("Expand", {self, node.integers_constant(shape)});
    return {};
}

Result<void> spell_repeat(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(auto repeats, node.integers("repeats"));
    LUTRA_TRY(const Shape shape, node.shape(self));
    if (repeats.size() != shape.size()) {
        return node.unsupported("it adds axes in front", "use unsqueeze first");
    }
    node.finish("Tile", {self, node.integers_constant(std::move(repeats))});
    return {};
}

Result<void> spell_stack(AtenNode& node) {
    LUTRA_TRY(auto tensors, node.tensors("tensors"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    for (std::string& tensor : tensors) {
        tensor = node.emit("Unsqueeze", {tensor, node.integers_constant({dim})});
    }
    node.finish("Concat", std::move(tensors), {{"axis", dim}});
    return {};
}

}  // namespace lutra::torch
