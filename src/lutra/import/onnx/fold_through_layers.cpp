#include "lutra/import/onnx/fold_through_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "lutra/ir/reference.h"

namespace lutra::onnx {

namespace {

/// While it lives, the import appends to an empty graph, and a name stands for something else.
class Aside {
public:
    Aside(Translation& translation, const std::string& name)
        : translation_(translation), name_(name), graph_(std::exchange(translation.graph, Graph())), value_(translation.values.at(name)) {}
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    ~Aside() {
        translation_.graph = std::move(graph_);
        translation_.values.insert_or_assign(name_, std::move(value_));
    }

private:
    Translation& translation_;
    std::string name_;
    Graph graph_;
    Value value_;
};

Result<Tensor> tensor_of(NodeContext& context, const RealTensor& value, ElementType type) {
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(value.size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(type, value.shape);
    if (result.is_real()) {
        std::ranges::transform(value.values, result.reals.begin(), [type](double x) { return round_to(type, x); });
    } else {
        constexpr double most = 0x1p53;
        if (!std::ranges::all_of(value.values, [](double x) { return std::abs(x) <= most && x == std::floor(x); })) {
            return context.unsupported(fmt::format("its result does not fit into {}", to_string(type)), "compute the constant before the export");
        }
        std::ranges::transform(value.values, result.integers.begin(), [](double x) { return static_cast<std::int64_t>(x); });
    }
    if (auto checked = context.check_computed(result); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    return result;
}

/// The outputs that the handler sets, computed; by name.
Result<std::vector<std::pair<std::string, Tensor>>> computed_outputs(NodeContext& context, const Handler& handler, const RealTensor& x) {
    Translation& translation = context.translation();
    if (auto done = handler.import(context); !done) {
        return std::unexpected(std::move(done).error());
    }
    std::vector<std::pair<std::string, Event>> made;
    for (const std::string& output : context.node().outputs) {
        const auto found = translation.values.find(output);
        const bool is_set =
            found != translation.values.end() && (std::holds_alternative<Event>(found->second) || std::holds_alternative<PendingDense>(found->second));
        if (is_set && !output.empty()) {
            LUTRA_TRY(const Event event, translation.materialize(found->second));
            made.emplace_back(output, event);
        }
    }
    const std::vector<RealTensor> values = evaluate_reference(translation.graph, std::array{x});
    std::vector<std::pair<std::string, Tensor>> outputs;
    for (const auto& [name, event] : made) {
        // In damaged files an output may have the name of an event of the model.
        if (event.node.index >= values.size()) {
            return context.invalid(fmt::format("its output has a name that is taken: '{}'", name));
        }
        LUTRA_TRY(Tensor tensor, tensor_of(context, values[event.node.index], event.type));
        outputs.emplace_back(name, std::move(tensor));
    }
    return outputs;
}

}  // namespace

Result<void> fold_through_layers(NodeContext& context, const Handler& handler) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    if (x->type == ElementType::String || std::ranges::find(x->integers, batch_extent) != x->integers.end()) {
        return context.unsupported("it computes with strings, or with the size of the batch", "compute the constant before the export");
    }
    Translation& translation = context.translation();
    const RealTensor value = to_real(*x);
    const ElementType type = x->type;
    std::vector<std::pair<std::string, Tensor>> outputs;
    {
        const Aside aside(translation, context.node().inputs[0]);
        LUTRA_TRY(const NodeId node, translation.add(context.node().name, "input", {{"shape", value.shape}}, {}));
        translation.values.insert_or_assign(context.node().inputs[0], Event{node, -1, type});
        LUTRA_TRY(outputs, computed_outputs(context, handler, value));
    }
    for (auto& [name, tensor] : outputs) {
        translation.values.insert_or_assign(name, std::make_shared<const Tensor>(std::move(tensor)));
    }
    return {};
}

}  // namespace lutra::onnx
