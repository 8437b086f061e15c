#pragma once

/// What a handler sees of the node that it imports, and what it can say about it.

#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "lutra/import/onnx/translation.h"

namespace lutra::onnx {

/// One node while it is imported. Attributes that nobody asked for are reported afterwards: none is ignored in silence.
class NodeContext {
public:
    NodeContext(Translation& translation, const FileNode& node) : translation_(translation), node_(node) {}

    Translation& translation() { return translation_; }
    const FileNode& node() const { return node_; }
    /// The opset of the node's domain.
    std::int64_t opset() const { return translation_.opset(node_.domain); }

    /// Attributes; absent ones are `otherwise`. Fails when the attribute is of another kind.
    Result<std::int64_t> integer(std::string_view name, std::int64_t otherwise);
    Result<double> real(std::string_view name, double otherwise);
    Result<std::string> string(std::string_view name, std::string otherwise);
    Result<std::optional<std::vector<std::int64_t>>> integers(std::string_view name);
    Result<std::optional<std::vector<double>>> reals(std::string_view name);
    Result<std::optional<std::vector<std::string>>> strings(std::string_view name);
    Result<std::optional<Tensor>> tensor(std::string_view name);
    bool has_attribute(std::string_view name) const { return node_.attributes.contains(name); }
    /// Says that an attribute changes nothing in inference.
    void ignore(std::string_view name) { read_.emplace(name); }
    /// The first attribute that is neither read nor ignored.
    std::optional<std::string> unread_attribute() const;

    std::size_t num_inputs() const { return node_.inputs.size(); }
    bool has_input(std::size_t i) const { return i < node_.inputs.size() && !node_.inputs[i].empty(); }
    bool is_constant(std::size_t i) const { return constant(i) != nullptr; }
    /// The input as a constant; null when it is none.
    const Tensor* constant(std::size_t i) const;
    /// The same, but the input must be one; `what` names it in the message.
    Result<const Tensor*> need_constant(std::size_t i, std::string_view what) const;
    /// The same for a list of integers: axes, shapes.
    Result<std::vector<std::int64_t>> need_integers(std::size_t i, std::string_view what) const;
    /// The input as a tensor of the event; fails when it is a constant.
    Result<Event> event(std::size_t i);
    /// The same for arithmetic: the elements must be real.
    Result<Event> real_event(std::size_t i);
    /// The input as it is; it must be there.
    Value& value(std::size_t i);
    Shape full_shape(const Event& event) const { return translation_.full_shape(event); }
    const Shape& shape(const Event& event) const { return translation_.graph[event.node].type.shape; }

    bool has_output(std::size_t i) const { return i < node_.outputs.size() && !node_.outputs[i].empty(); }
    /// True when a live node or an output of the graph reads output i.
    bool is_used(std::size_t i) const;
    void set_output(std::size_t i, Value value);
    void set_output(std::size_t i, Tensor tensor) { set_output(i, Value(std::make_shared<const Tensor>(std::move(tensor)))); }

    /// Appends a layer with the node's name.
    Result<NodeId> add(std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs) {
        return translation_.add(node_.name, op, attributes, std::move(inputs));
    }
    /// Appends a layer on one event; the file's shape keeps its batch axis.
    Result<Event> add(std::string_view op, const AttributeMap& attributes, const Event& input);
    /// Takes room for a computed constant from the budget of the model.
    Result<void> reserve_constant(std::int64_t num_elements);
    /// Fails unless the elements of a computed constant are finite and within its type.
    Result<void> check_computed(const Tensor& result) const;
    /// A constant as a layer.
    Result<NodeId> add_constant(RealTensor value);

    void decide(std::string text) { translation_.decide(translation_.place(node_), std::move(text)); }
    std::unexpected<Diagnostic> unsupported(std::string message, std::string advice = "") const;
    std::unexpected<Diagnostic> invalid(std::string message) const;

    /// An axis of a shape of this rank, negative ones counted from the end.
    Result<int> checked_axis(std::int64_t axis, std::size_t rank) const;
    /// Position in the event's shape of an axis of the file's shape, which must not be the batch axis.
    Result<int> event_axis(const Event& event, std::int64_t axis, std::string_view what) const;

private:
    const AttributeContent* find(std::string_view name);
    template <typename T>
    Result<std::optional<T>> optional(std::string_view name);
    std::unexpected<Diagnostic> wrong_kind(std::string_view name) const;

    Translation& translation_;
    const FileNode& node_;
    std::set<std::string, std::less<>> read_;
};

}  // namespace lutra::onnx
