#include "lutra/import/onnx/translation.h"

#include <fmt/format.h>

namespace lutra::onnx {

std::int64_t Translation::opset(std::string_view domain) const {
    const auto found = model.opsets.find(domain);
    return found == model.opsets.end() ? 1 : found->second;
}

std::string Translation::place(std::string_view what) const { return fmt::format("{}: {}", file, what); }

std::string Translation::place(const FileNode& node) const { return place(fmt::format("node '{}' ({})", node.name, node.shown_type())); }

void Translation::decide(std::string where, std::string text) { graph.add_decision({DiagnosticId::ImportDecision, std::move(where), std::move(text), ""}); }

Result<NodeId> Translation::add(const std::string& name, std::string_view op_name, const AttributeMap& attributes, std::vector<NodeId> inputs) {
    const std::string where = place(fmt::format("node '{}'", name));
    auto op = ops.make(op_name, attributes);
    if (!op) {
        return std::unexpected(std::move(op).error());
    }
    std::vector<Shape> shapes;
    for (const NodeId input : inputs) {
        shapes.push_back(graph[input].type.shape);
    }
    auto shape = op->infer_shape(shapes);
    if (!shape) {
        Diagnostic problem = std::move(shape).error();
        problem.place = where;
        return std::unexpected(std::move(problem));
    }
    const auto count = checked_num_elements(*shape);
    if (!count || *count > options.max_event_elements) {
        return fail(DiagnosticId::GraphTooLarge, where,
                    fmt::format("a tensor of one event has the shape {}; at most {} elements are supported", to_string(*shape), options.max_event_elements),
                    "split the model, or reduce its input");
    }
    auto node = graph.add(name, *std::move(op), std::move(inputs));
    if (!node) {
        Diagnostic problem = std::move(node).error();
        problem.place = where;
        return std::unexpected(std::move(problem));
    }
    return *node;
}

Result<Event> Translation::materialize(Value& value) {
    if (const auto* pending = std::get_if<PendingDense>(&value)) {
        Event event = pending->input;
        LUTRA_TRY(event.node, add(pending->name, "dense", {{"weights", pending->weights}, {"bias", 0.0}}, {pending->input.node}));
        value = event;
    } else if (const auto* integers = std::get_if<QuantizedIntegers>(&value)) {
        return fail(DiagnosticId::OnnxUnsupportedAttribute, place(fmt::format("node '{}'", integers->name)),
                    "the integers of a QuantizeLinear are used without DequantizeLinear",
                    "put a DequantizeLinear with the same scale and zero point behind it");
    }
    LUTRA_ASSERT(std::holds_alternative<Event>(value));
    return std::get<Event>(value);
}

Shape Translation::full_shape(const Event& event) const {
    Shape shape = graph[event.node].type.shape;
    if (event.has_batch()) {
        shape.insert(shape.begin() + event.batch_axis, batch_extent);
    }
    return shape;
}

}  // namespace lutra::onnx
