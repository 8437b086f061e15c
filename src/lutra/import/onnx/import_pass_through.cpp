#include <fmt/format.h>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// The output is the input, whatever it is.
Result<void> pass(NodeContext& context) {
    if (!context.has_input(0)) {
        return context.invalid("input 0 is missing");
    }
    Value copy = context.value(0);
    if (std::holds_alternative<PendingDense>(copy)) {
        LUTRA_TRY(copy, context.event(0));
    }
    context.set_output(0, std::move(copy));
    context.translation().left_out[context.node().op_type].push_back(context.node().name);
    return {};
}

}  // namespace

Result<void> import_identity(NodeContext& context) { return pass(context); }

Result<void> import_dropout(NodeContext& context) {
    for (const std::string_view name : {"ratio", "seed", "is_test", "consumed_inputs"}) {
        context.ignore(name);
    }
    if (context.has_input(2)) {
        LUTRA_TRY(const Tensor* training, context.need_constant(2, "training_mode"));
        if (!training->is_scalar() || training->value(0) != 0) {
            return context.unsupported("it is in training mode", "export the model for inference");
        }
    }
    if (context.is_used(1)) {
        return context.unsupported("its mask is used", "export the model for inference");
    }
    return pass(context);
}

Result<void> import_cast(NodeContext& context) {
    LUTRA_TRY(const std::int64_t code, context.integer("to", 0));
    context.ignore("saturate");
    context.ignore("round_mode");
    LUTRA_TRY(Event input, context.event(0));
    const auto target = element_type_of(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000)));
    if (!target) {
        return fail(DiagnosticId::OnnxUnsupportedType, context.translation().place(context.node()), fmt::format("it casts to {} ({})", name_of_type_code(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000))), code),
                    "cast to float32 only");
    }
    if (is_real(input.type) && !is_real(*target)) {
        return context.unsupported(fmt::format("it casts {} to {}", to_string(input.type), to_string(*target)), "use a quantiser, which says how values are rounded");
    }
    if (!is_real(input.type) && !is_real(*target)) {
        const IntegerRange from = integer_range(input.type);
        const IntegerRange to = integer_range(*target);
        if (from.low < to.low || from.high > to.high) {
            return context.unsupported(fmt::format("it casts {} to {}, which holds fewer integers", to_string(input.type), to_string(*target)), "cast to a wider type");
        }
    }
    if (is_real(*target) && storage_bits(*target) == 16 && storage_bits(input.type) > 8) {
        context.decide(fmt::format("the cast to {} rounds nothing: values stay exact", to_string(*target)));
    }
    context.translation().left_out["Cast"].push_back(context.node().name);
    input.type = *target;
    context.set_output(0, input);
    return {};
}

}  // namespace lutra::onnx
