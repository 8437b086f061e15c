#include "lutra/import/onnx/pad_parameters.h"

#include <fmt/format.h>

namespace lutra::onnx {

namespace {

/// What stands at the new indices: an attribute of old files, an input of new ones.
Result<double> pad_value(NodeContext& context) {
    LUTRA_TRY(const double attribute, context.real("value", 0.0));
    if (!context.has_input(2)) {
        return attribute;
    }
    LUTRA_TRY(const Tensor* constant, context.need_constant(2, "constant_value"));
    return constant->is_scalar() ? Result<double>(constant->value(0))
                                 : context.invalid(fmt::format("its value must be a scalar, not of shape {}", to_string(constant->shape)));
}

/// All widths before, then all behind, one per axis of the file's shape or per axis that the node lists.
Result<std::vector<std::int64_t>> pad_widths(NodeContext& context) {
    if (context.has_input(1)) {
        return context.need_integers(1, "pads");
    }
    // Opset 1 calls them paddings.
    LUTRA_TRY(const auto paddings, context.integers("paddings"));
    LUTRA_TRY(const auto pads, context.integers("pads"));
    return pads ? *pads : paddings.value_or(std::vector<std::int64_t>{});
}

Result<std::vector<int>> padded_axes(NodeContext& context, std::size_t rank) {
    std::vector<int> axes;
    if (context.has_input(3)) {
        LUTRA_TRY(const std::vector<std::int64_t> listed, context.need_integers(3, "axes"));
        for (const std::int64_t axis : listed) {
            LUTRA_TRY(const int position, context.checked_axis(axis, rank));
            axes.push_back(position);
        }
        return axes;
    }
    for (std::size_t axis = 0; axis < rank; ++axis) {
        axes.push_back(static_cast<int>(axis));
    }
    return axes;
}

}  // namespace

Result<PadParameters> pad_parameters(NodeContext& context, std::size_t rank) {
    LUTRA_TRY(const std::string mode, context.string("mode", "constant"));
    if (mode != "constant") {
        return context.unsupported(fmt::format("its mode is '{}'", mode), "pad with a constant");
    }
    PadParameters parameters;
    LUTRA_TRY(parameters.value, pad_value(context));
    LUTRA_TRY(const std::vector<std::int64_t> widths, pad_widths(context));
    LUTRA_TRY(parameters.axes, padded_axes(context, rank));
    if (widths.size() != 2 * parameters.axes.size()) {
        return context.invalid(fmt::format("it has {} widths for {} axes; two for each are needed", widths.size(), parameters.axes.size()));
    }
    for (std::size_t i = 0; i < parameters.axes.size(); ++i) {
        parameters.widths.emplace_back(widths[i], widths[parameters.axes.size() + i]);
    }
    return parameters;
}

}  // namespace lutra::onnx
