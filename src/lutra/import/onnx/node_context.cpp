#include "lutra/import/onnx/node_context.h"

#include <fmt/format.h>

#include <cmath>

namespace lutra::onnx {

const AttributeContent* NodeContext::find(std::string_view name) {
    read_.emplace(name);
    const auto found = node_.attributes.find(name);
    return found == node_.attributes.end() ? nullptr : &found->second;
}

std::unexpected<Diagnostic> NodeContext::wrong_kind(std::string_view name) const {
    return invalid(fmt::format("attribute '{}' is of another kind than the operator has", name));
}

Result<std::int64_t> NodeContext::integer(std::string_view name, std::int64_t otherwise) {
    const auto* content = find(name);
    if (content == nullptr) {
        return otherwise;
    }
    const auto* value = std::get_if<std::int64_t>(content);
    return value != nullptr ? Result<std::int64_t>(*value) : wrong_kind(name);
}

Result<double> NodeContext::real(std::string_view name, double otherwise) {
    const auto* content = find(name);
    if (content == nullptr) {
        return otherwise;
    }
    const auto* value = std::get_if<double>(content);
    return value != nullptr ? Result<double>(*value) : wrong_kind(name);
}

Result<std::string> NodeContext::string(std::string_view name, std::string otherwise) {
    const auto* content = find(name);
    if (content == nullptr) {
        return otherwise;
    }
    const auto* value = std::get_if<std::string>(content);
    return value != nullptr ? Result<std::string>(*value) : wrong_kind(name);
}

template <typename T>
Result<std::optional<T>> NodeContext::optional(std::string_view name) {
    const auto* content = find(name);
    if (content == nullptr) {
        return std::nullopt;
    }
    if (const auto* value = std::get_if<T>(content)) {
        return *value;
    }
    return wrong_kind(name);
}

Result<std::optional<std::vector<std::int64_t>>> NodeContext::integers(std::string_view name) { return optional<std::vector<std::int64_t>>(name); }
Result<std::optional<std::vector<double>>> NodeContext::reals(std::string_view name) { return optional<std::vector<double>>(name); }
Result<std::optional<std::vector<std::string>>> NodeContext::strings(std::string_view name) { return optional<std::vector<std::string>>(name); }
Result<std::optional<Tensor>> NodeContext::tensor(std::string_view name) { return optional<Tensor>(name); }

std::optional<std::string> NodeContext::unread_attribute() const {
    for (const auto& [name, content] : node_.attributes) {
        if (!read_.contains(name)) {
            return name;
        }
    }
    return std::nullopt;
}

Value& NodeContext::value(std::size_t i) {
    LUTRA_ASSERT(has_input(i));
    return translation_.values.find(node_.inputs[i])->second;
}

const Tensor* NodeContext::constant(std::size_t i) const {
    if (!has_input(i)) {
        return nullptr;
    }
    const auto* tensor = std::get_if<std::shared_ptr<const Tensor>>(&translation_.values.find(node_.inputs[i])->second);
    return tensor != nullptr ? tensor->get() : nullptr;
}

Result<const Tensor*> NodeContext::need_constant(std::size_t i, std::string_view what) const {
    if (!has_input(i)) {
        return invalid(fmt::format("input {} ({}) is missing", i, what));
    }
    const Tensor* tensor = constant(i);
    if (tensor == nullptr) {
        return unsupported(fmt::format("its {} depends on the event", what), fmt::format("make the {} a constant of the model", what));
    }
    return tensor;
}

Result<std::vector<std::int64_t>> NodeContext::need_integers(std::size_t i, std::string_view what) const {
    LUTRA_TRY(const Tensor* tensor, need_constant(i, what));
    if (tensor->is_real() || tensor->shape.size() > 1) {
        return invalid(fmt::format("its {} must be a list of integers, not {} of shape {}", what, to_string(tensor->type), to_string(tensor->shape)));
    }
    return tensor->integers;
}

Result<Event> NodeContext::event(std::size_t i) {
    if (!has_input(i)) {
        return invalid(fmt::format("input {} is missing", i));
    }
    if (is_constant(i)) {
        return unsupported(fmt::format("input {} is a constant", i), "compute it once and store the result in the model");
    }
    return translation_.materialize(value(i));
}

Result<Event> NodeContext::real_event(std::size_t i) {
    LUTRA_TRY(const Event result, event(i));
    if (!is_real(result.type)) {
        return unsupported(fmt::format("arithmetic on {} is not supported", to_string(result.type)), "cast to float first");
    }
    return result;
}

bool NodeContext::is_used(std::size_t i) const { return has_output(i) && translation_.use_counts.contains(node_.outputs[i]); }

void NodeContext::set_output(std::size_t i, Value value) {
    if (has_output(i)) {
        translation_.values.insert_or_assign(node_.outputs[i], std::move(value));
    }
}

Result<Event> NodeContext::add(std::string_view op, const AttributeMap& attributes, const Event& input) {
    Event result = input;
    LUTRA_TRY(result.node, add(op, attributes, std::vector{input.node}));
    return result;
}

Result<void> NodeContext::reserve_constant(std::int64_t num_elements) {
    if (!translation_.budget.take_computed(num_elements)) {
        return fail(DiagnosticId::OnnxInvalidTensor, translation_.place(node_),
                    fmt::format("the constants computed for the model have too many elements: {} more", num_elements), "compute them before the export");
    }
    return {};
}

Result<void> NodeContext::check_computed(const Tensor& result) const {
    for (std::size_t i = 0; i < result.reals.size(); ++i) {
        if (!std::isfinite(result.reals[i])) {
            return fail(DiagnosticId::OnnxInvalidTensor, translation_.place(node_),
                        fmt::format("element {} of its constant result is not finite: {}", i, name_of_infinity(result.reals[i])),
                        "remove the division by zero or the overflow from the model");
        }
    }
    if (result.is_real()) {
        return {};
    }
    const IntegerRange range = integer_range(result.type);
    for (std::size_t i = 0; i < result.integers.size(); ++i) {
        const std::int64_t integer = result.integers[i];
        if (integer != batch_extent && (integer < range.low || integer > range.high)) {
            return unsupported(fmt::format("element {} of its constant result does not fit into {}: {}", i, to_string(result.type), integer),
                               "compute the constant before the export");
        }
    }
    return {};
}

Result<NodeId> NodeContext::add_constant(RealTensor value) { return translation_.add(node_.name + "_constant", "constant", {{"value", std::move(value)}}, {}); }

std::unexpected<Diagnostic> NodeContext::unsupported(std::string message, std::string advice) const {
    return fail(DiagnosticId::OnnxUnsupportedAttribute, translation_.place(node_), std::move(message), std::move(advice));
}

std::unexpected<Diagnostic> NodeContext::invalid(std::string message) const {
    return fail(DiagnosticId::OnnxInvalidGraph, translation_.place(node_), std::move(message), "export the model again; onnx.checker says more");
}

Result<int> NodeContext::checked_axis(std::int64_t axis, std::size_t rank) const {
    const auto signed_rank = static_cast<std::int64_t>(rank);
    if (axis < -signed_rank || axis >= signed_rank) {
        return invalid(fmt::format("axis {} is not one of a tensor with {} axes", axis, rank));
    }
    return static_cast<int>(axis < 0 ? axis + signed_rank : axis);
}

Result<int> NodeContext::event_axis(const Event& event, std::int64_t axis, std::string_view what) const {
    LUTRA_TRY(const int full_axis, checked_axis(axis, full_shape(event).size()));
    if (full_axis == event.batch_axis) {
        return unsupported(fmt::format("{} goes along the batch axis ({}): events would depend on each other", what, full_axis),
                           "the first axis of every input is taken for the batch; if the model has none, say so");
    }
    return event.has_batch() && full_axis > event.batch_axis ? full_axis - 1 : full_axis;
}

}  // namespace lutra::onnx
