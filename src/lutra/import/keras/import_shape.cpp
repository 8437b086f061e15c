#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

/// Layers that only training needs: noise, dropout, penalties.
Result<NodeId> import_identity(LayerContext& context) {
    context.ignore({"rate", "noise_shape", "seed", "stddev", "l1", "l2", "data_format", "mask_value"});
    context.translation().left_out[context.layer().class_name].push_back(context.name());
    return context.input();
}

Result<NodeId> import_flatten(LayerContext& context) {
    LUTRA_TRY(const std::string format, context.string("data_format", "channels_last"));
    if (format != "channels_last" && context.shape(context.input()).size() > 1) {
        return context.unsupported(fmt::format("its data format is '{}'", format), "use channels_last");
    }
    return context.add("flatten", {}, {context.input()});
}

Result<NodeId> import_reshape(LayerContext& context) {
    LUTRA_TRY(const auto target, context.integers("target_shape"));
    if (!target) {
        return context.invalid("it has no target shape");
    }
    Shape shape = *target;
    const auto unknown = std::ranges::count(shape, -1);
    const std::int64_t count = num_elements(context.shape(context.input()));
    std::int64_t known = 1;
    for (const std::int64_t extent : shape) {
        if (extent < -1 || extent > max_elements || known > max_elements) {
            return context.invalid("its target shape is not valid");
        }
        known *= extent == -1 ? 1 : extent;
    }
    if (unknown > 1 || (unknown == 1 && (known == 0 || count % known != 0))) {
        return context.invalid(fmt::format("its target shape does not fit {} elements", count));
    }
    std::ranges::replace(shape, std::int64_t{-1}, known == 0 ? 0 : count / known);
    return context.add("reshape", {{"shape", std::move(shape)}}, {context.input()});
}

Result<NodeId> import_permute(LayerContext& context) {
    LUTRA_TRY(const auto dims, context.integers("dims"));
    std::vector<std::int64_t> axes = dims.value_or(std::vector<std::int64_t>{});
    std::vector<std::int64_t> sorted = axes;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (sorted[i] != static_cast<std::int64_t>(i) + 1) {
            return context.invalid("its dims are no permutation of 1, 2, ...");
        }
        axes[i] -= 1;
    }
    return context.add("transpose", {{"permutation", std::move(axes)}}, {context.input()});
}

Result<NodeId> import_repeat_vector(LayerContext& context) {
    LUTRA_TRY(const std::int64_t count, context.integer("n", 1));
    const Shape& shape = context.shape(context.input());
    if (shape.size() != 1 || count < 1) {
        return context.invalid(fmt::format("it repeats an input of shape {} {} times; one axis and a positive number are needed", to_string(shape), count));
    }
    return context.add("broadcast", {{"shape", Shape{count, shape[0]}}}, {context.input()});
}

/// y = x * scale + offset.
Result<NodeId> import_rescaling(LayerContext& context) {
    LUTRA_TRY(const double scale, context.real("scale", 1.0));
    LUTRA_TRY(const double offset, context.real("offset", 0.0));
    return emit_scaled(context, "", context.input(), scale, offset);
}

}  // namespace lutra::keras
