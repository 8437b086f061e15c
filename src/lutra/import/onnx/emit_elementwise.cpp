#include "lutra/import/onnx/emit_elementwise.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/onnx/alignment.h"

namespace lutra::onnx {

namespace {

int rank_of(const NodeContext& context, const Operand& operand) {
    const auto* event = std::get_if<Event>(&operand);
    return static_cast<int>(event != nullptr ? context.full_shape(*event).size() : std::get<const Tensor*>(operand)->shape.size());
}

/// The common rank and batch axis of all operands.
Result<Alignment> common_alignment(const NodeContext& context, std::span<const Operand> operands) {
    Alignment result{0, -1};
    for (const Operand& operand : operands) {
        result.rank = std::max(result.rank, rank_of(context, operand));
    }
    for (const Operand& operand : operands) {
        const auto* event = std::get_if<Event>(&operand);
        if (event == nullptr || !event->has_batch()) {
            continue;
        }
        const int batch_axis = event->batch_axis + result.rank - rank_of(context, operand);
        if (result.batch_axis >= 0 && result.batch_axis != batch_axis) {
            return context.unsupported(fmt::format("the batch axes of its inputs do not meet: {} and {}", result.batch_axis, batch_axis),
                                       "transpose one of them");
        }
        result.batch_axis = batch_axis;
    }
    for (const Operand& operand : operands) {
        const auto* event = std::get_if<Event>(&operand);
        if (event != nullptr && !event->has_batch() && result.batch_axis >= 0 && result.rank - rank_of(context, operand) <= result.batch_axis) {
            return context.unsupported("one of its inputs has no batch axis where the other one has it", "give every input of the model a batch axis");
        }
    }
    return result;
}

}  // namespace

Result<void> check_real(const NodeContext& context, const Tensor& constant) {
    if (!constant.is_real()) {
        return context.invalid(fmt::format("it combines real values with a constant of type {}", to_string(constant.type)));
    }
    return {};
}

Result<Operand> operand(NodeContext& context, std::size_t i, bool allows_bool) {
    if (const Tensor* constant = context.constant(i)) {
        if (allows_bool && constant->type == ElementType::Bool) {
            return constant;
        }
        if (auto real = check_real(context, *constant); !real) {
            return std::unexpected(std::move(real).error());
        }
        return constant;
    }
    LUTRA_TRY(const Event event, context.event(i));
    if (allows_bool && event.type == ElementType::Bool) {
        return event;
    }
    LUTRA_TRY(const Event real, context.real_event(i));
    return real;
}

Result<Event> emit_elementwise(NodeContext& context, std::string_view op, std::span<const Operand> operands) {
    LUTRA_TRY(const Alignment alignment, common_alignment(context, operands));
    Event result{{}, alignment.batch_axis, ElementType::Float32};
    std::vector<NodeId> inputs;
    bool has_type = false;
    for (const Operand& operand : operands) {
        if (const auto* event = std::get_if<Event>(&operand)) {
            inputs.push_back(event->node);
            result.type = has_type ? result.type : event->type;
            has_type = true;
            continue;
        }
        LUTRA_TRY(RealTensor constant, per_event(context, *std::get<const Tensor*>(operand), alignment));
        LUTRA_TRY(const NodeId node, context.add_constant(std::move(constant)));
        inputs.push_back(node);
    }
    if (!has_type) {
        return context.unsupported("its inputs are constants", "compute it once and store the result in the model");
    }
    LUTRA_TRY(result.node, context.add(op, {}, std::move(inputs)));
    return result;
}

Result<Event> emit_with_number(NodeContext& context, std::string_view op, const Event& x, double number) {
    LUTRA_TRY(const NodeId constant, context.add_constant(number));
    Event result = x;
    LUTRA_TRY(result.node, context.add(op, {}, std::vector{x.node, constant}));
    return result;
}

}  // namespace lutra::onnx
