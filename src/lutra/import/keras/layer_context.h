#pragma once

/// What a handler sees of the layer that it imports, and what it can say about it.

#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "lutra/import/import_model.h"
#include "lutra/import/keras/model_config.h"
#include "lutra/import/keras/weights.h"
#include "lutra/ir/op_registry.h"

namespace lutra::keras {

/// The state of an import, shared by all layers.
struct Translation {
    const WeightStore& weights;
    const ImportOptions& options;
    std::string file;  ///< for places of diagnostics
    OpRegistry ops;
    bool is_keras3 = true;  ///< some functions changed between Keras 2 and 3
    Graph graph{};
    Diagnostics problems{};
    std::map<std::string, std::vector<std::string>, std::less<>> left_out{};  ///< names of layers that change no value, by class

    void decide(std::string place, std::string text) { graph.add_decision({DiagnosticId::ImportDecision, std::move(place), std::move(text), ""}); }
    /// Appends an op made by name; checks the limits of the import before the type of the output is inferred.
    Result<NodeId> add(const std::string& name, std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs, const std::string& place);
};

/// One call of a layer while it is imported. Options that nobody asked for are reported afterwards: none is ignored in silence.
class LayerContext {
public:
    /// `name` is the layer's with the names of the models around it.
    LayerContext(Translation& translation, const LayerConfig& layer, const LayerCall& call, std::string name, WeightPlace place, std::vector<NodeId> inputs)
        : translation_(translation), layer_(layer), call_(call), name_(std::move(name)), weight_place_(std::move(place)), inputs_(std::move(inputs)) {}

    /// The context of a layer inside of this one: its weights are below `path` in files of Keras 3 and below `part` in those of Keras 2, its ops are named
    /// with "/part" behind this one's name.
    LayerContext inside(const LayerConfig& layer, std::string_view part, std::string_view path, NodeId input) const;

    Translation& translation() { return translation_; }
    const ImportOptions& options() const { return translation_.options; }
    const LayerConfig& layer() const { return layer_; }
    const std::string& name() const { return name_; }

    /// Options of the configuration; absent ones and null are `otherwise`. Fails when the option is of another kind.
    Result<std::int64_t> integer(std::string_view key, std::int64_t otherwise);
    Result<double> real(std::string_view key, double otherwise);
    Result<bool> boolean(std::string_view key, bool otherwise);
    Result<std::string> string(std::string_view key, std::string otherwise);
    /// One integer, or a list of them.
    Result<std::optional<std::vector<std::int64_t>>> integers(std::string_view key);
    /// The option as it is; null when it is absent.
    const Json& option(std::string_view key);
    bool has(std::string_view key) const;
    /// Says that options change nothing in inference.
    void ignore(std::initializer_list<std::string_view> keys);
    /// The first option that is neither read nor ignored.
    std::optional<std::string> unread_option() const;

    std::size_t num_inputs() const { return inputs_.size(); }
    NodeId input(std::size_t i = 0) const { return inputs_[i]; }
    std::span<const NodeId> inputs() const { return inputs_; }
    /// The input of this parameter of the call, given by keyword or by place; nothing if it is left out.
    std::optional<NodeId> argument(std::string_view keyword, std::size_t place);
    /// True when the call gives this option as true.
    bool is_called_with(std::string_view option);
    /// The first keyword or option of the call that nobody asked for.
    std::optional<std::string> unread_argument() const;
    const Shape& shape(NodeId node) const { return translation_.graph[node].type.shape; }
    bool is_real(NodeId node) const { return translation_.graph[node].type.is_real(); }
    /// The axis of one event, from an axis of the file, where axis 0 is the batch.
    Result<std::int64_t> event_axis(std::int64_t axis, std::size_t rank) const;

    /// The weights with these names; see WeightStore::find.
    Result<std::vector<RealTensor>> weights(std::initializer_list<std::string_view> names, std::string_view below = "") const;
    Result<std::vector<RealTensor>> weights(std::span<const std::string_view> names, std::string_view below = "") const;
    std::size_t num_weights(std::string_view below = "") const { return translation_.weights.count(weight_place_, below); }
    /// Fails unless the weight has the shape.
    Result<void> check_shape(const RealTensor& weight, std::string_view what, const Shape& shape) const;

    /// Appends a layer with this layer's name, or with "/part" behind it.
    Result<NodeId> add(std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs) {
        return add_part("", op, attributes, std::move(inputs));
    }
    Result<NodeId> add_part(std::string_view part, std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs);
    Result<NodeId> add_constant(std::string_view part, RealTensor value) { return add_part(part, "constant", {{"value", std::move(value)}}, {}); }
    /// Appends a reshape unless the shape is that already.
    Result<NodeId> reshape(std::string_view part, NodeId node, const Shape& shape);

    std::string place() const;
    void decide(std::string text) { translation_.decide(place(), std::move(text)); }
    std::unexpected<Diagnostic> unsupported(std::string message, std::string advice = "") const;
    std::unexpected<Diagnostic> invalid(std::string message, std::string advice = "save the model again") const;
    std::unexpected<Diagnostic> bad_weights(std::string message) const;

private:
    template <typename T>
    Result<T> converted(std::string_view key, T otherwise, std::optional<T> (*convert)(const Json&), std::string_view kind);

    Translation& translation_;
    const LayerConfig& layer_;
    const LayerCall& call_;
    std::string name_;
    WeightPlace weight_place_;
    std::vector<NodeId> inputs_;
    std::set<std::string, std::less<>> read_;
    std::set<std::string, std::less<>> read_arguments_;
};

}  // namespace lutra::keras
