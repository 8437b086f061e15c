#include "lutra/import/keras/model_importer.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/keras/handlers.h"

namespace lutra::keras {

namespace {

void check_classes_below(const ModelConfig& model, const std::string& file, const std::string& around, Diagnostics& problems) {
    for (const LayerConfig& layer : model.layers) {
        if (!layer.nested.empty()) {
            check_classes_below(layer.nested[0], file, fmt::format("{}{}/", around, layer.name), problems);
        } else if (layer.class_name != "InputLayer" && find_handler(layer) == nullptr) {
            problems.push_back({DiagnosticId::KerasUnsupportedLayer, fmt::format("{}: layer '{}{}' ({})", file, around, layer.name, layer.class_name),
                                fmt::format("{} of {} is not supported", layer.class_name, name_of(layer.library)), advice_for(layer)});
        }
    }
}

/// An input that the model or the layers around it already reported makes what depends on it fail silently.
using Value = std::optional<NodeId>;

/// Where a model stands: what its layers are called, and where their weights are.
struct Scope {
    std::string name;   ///< of the models around, each with a slash behind it
    std::string path;   ///< Keras 3: of the model in the weights
    std::string group;  ///< Keras 2: of the outermost layer; empty outside of nested models
};

class ModelImporter {
public:
    explicit ModelImporter(Translation& translation) : translation_(translation) {}

    void run(const ModelConfig& model) {
        const std::vector<Value> outputs = import_model(model, {}, {});
        if (outputs.empty()) {
            report(DiagnosticId::KerasInvalidConfig, translation_.file, "the model has no output", "save the model again");
        }
        std::vector<std::string> names = output_names(model);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            if (outputs[i]) {
                translation_.graph.add_output(names[i], *outputs[i]);
            }
        }
        for (const auto& [class_name, layers] : translation_.left_out) {
            translation_.decide(translation_.file, fmt::format("{} changes no value in inference and is left out: {}", class_name, fmt::join(layers, ", ")));
        }
    }

private:
    void report(DiagnosticId id, std::string place, std::string message, std::string advice) {
        translation_.problems.push_back({id, std::move(place), std::move(message), std::move(advice)});
    }

    static std::vector<std::string> output_names(const ModelConfig& model) {
        std::vector<std::string> names;
        for (const TensorRef& output : model.outputs) {
            const auto same = std::ranges::count(model.outputs, output.layer, &TensorRef::layer);
            names.push_back(same > 1 ? fmt::format("{}_{}", output.layer, names.size()) : output.layer);
        }
        if (model.is_sequential) {
            names.push_back(model.layers.back().name);
        }
        return names;
    }

    /// The outputs of a model. `inputs` are given to a nested model; the outermost one makes its own.
    std::vector<Value> import_model(const ModelConfig& model, const std::optional<std::vector<NodeId>>& inputs, const Scope& scope) {
        return model.is_sequential ? import_sequential(model, inputs, scope) : import_functional(model, inputs, scope);
    }

    WeightPlace weight_place(const LayerConfig& layer, const std::string& path, const Scope& scope) const {
        return {path, scope.group.empty() ? layer.name : scope.group, layer.name, !scope.group.empty()};
    }

    std::vector<Value> import_sequential(const ModelConfig& model, const std::optional<std::vector<NodeId>>& inputs, const Scope& scope) {
        const std::vector<std::string> paths = numbered_paths(model, scope.path);
        std::vector<NodeId> values;
        if (inputs) {
            values = *inputs;
        }
        for (std::size_t i = 0; i < model.layers.size(); ++i) {
            const LayerConfig& layer = model.layers[i];
            if (layer.class_name == "InputLayer" && inputs) {
                continue;
            }
            if (values.empty()) {
                const Value input = add_input(layer, i == 0 && layer.class_name != "InputLayer" ? layer.name + "_input" : layer.name);
                if (!input) {
                    return {std::nullopt};
                }
                values = {*input};
                if (layer.class_name == "InputLayer") {
                    continue;
                }
            }
            const std::vector<Value> results = import_layer(layer, LayerCall{}, values, paths[i], scope);
            if (results.size() != 1 || !results[0]) {
                return {std::nullopt};
            }
            values = {*results[0]};
        }
        return {values.empty() ? std::nullopt : Value(values[0])};
    }

    /// The graph's input for an InputLayer or for the first layer of a sequential model.
    Value add_input(const LayerConfig& layer, const std::string& name) {
        const std::string place = fmt::format("{}: input '{}'", translation_.file, name);
        const auto shape_option = [&](std::string_view key) -> const Json* {
            const auto found = layer.config.find(key);
            return found == layer.config.end() || found->second.array() == nullptr ? nullptr : &found->second;
        };
        const Json* extents = shape_option("batch_shape") != nullptr ? shape_option("batch_shape") : shape_option("batch_input_shape");
        if (extents == nullptr && !layer.nested.empty()) {
            return add_input(layer.nested[0].layers[0], name);
        }
        if (extents == nullptr) {
            report(DiagnosticId::UnsupportedShape, place, "the file does not say its shape", "build the model with keras.Input(shape=...) and save it again");
            return std::nullopt;
        }
        Shape shape;
        for (std::size_t i = 1; i < extents->size(); ++i) {
            if (!(*extents)[i].integer()) {
                report(DiagnosticId::UnsupportedShape, place, "an extent other than that of the batch is not known", "build the model with fixed extents");
                return std::nullopt;
            }
            shape.push_back(*(*extents)[i].integer());
        }
        auto node = translation_.add(name, "input", {{"shape", shape}}, {}, place);
        if (!node) {
            translation_.problems.push_back(std::move(node).error());
            return std::nullopt;
        }
        return *node;
    }

    /// Keras 2 counts the calls of a nested model from 1: call 0 made the model itself. Such a file refers to one call more than it lists.
    static std::set<std::string, std::less<>> counted_from_one(const ModelConfig& model) {
        std::map<std::string, std::int64_t, std::less<>> num_calls;
        for (const LayerConfig& layer : model.layers) {
            if (!layer.nested.empty()) {
                num_calls.emplace(layer.name, static_cast<std::int64_t>(layer.calls.size()));
            }
        }
        std::set<std::string, std::less<>> names;
        const auto look_at = [&](const TensorRef& ref) {
            const auto found = num_calls.find(ref.layer);
            if (found != num_calls.end() && ref.call == found->second) {
                names.insert(ref.layer);
            }
        };
        std::ranges::for_each(model.outputs, look_at);
        for (const LayerConfig& layer : model.layers) {
            for (const LayerCall& call : layer.calls) {
                std::ranges::for_each(call.inputs, look_at);
            }
        }
        return names;
    }

    /// One functional model while its layers are imported in the order in which their inputs are there.
    struct Run {
        const ModelConfig& model;
        const std::optional<std::vector<NodeId>>& inputs;
        const Scope& scope;
        std::vector<std::string> paths;
        std::set<std::string, std::less<>> from_one;
        std::map<TensorRef, Value> values{};
    };

    std::vector<Value> import_functional(const ModelConfig& model, const std::optional<std::vector<NodeId>>& inputs, const Scope& scope) {
        Run run{model, inputs, scope, numbered_paths(model, scope.path), counted_from_one(model)};
        std::set<std::string> names;
        for (const LayerConfig& layer : model.layers) {
            if (!names.insert(layer.name).second) {
                report(DiagnosticId::KerasInvalidConfig, translation_.file, fmt::format("two layers have the name '{}'", layer.name), "save the model again");
            }
        }
        add_inputs(run);
        // Layers stand in order in practice; other files need more rounds.
        std::vector<std::pair<std::size_t, std::size_t>> waiting;
        for (std::size_t i = 0; i < model.layers.size(); ++i) {
            for (std::size_t call = 0; call < model.layers[i].calls.size() && model.layers[i].class_name != "InputLayer"; ++call) {
                waiting.emplace_back(i, call);
            }
        }
        constexpr int most_rounds = 1000;
        for (int round = 0; round < most_rounds && !waiting.empty(); ++round) {
            if (std::erase_if(waiting, [&](const auto& next) { return import_call(run, next.first, next.second); }) == 0) {
                break;
            }
        }
        for (const auto& [layer, call] : waiting) {
            report(DiagnosticId::KerasInvalidConfig, fmt::format("{}: layer '{}{}'", translation_.file, scope.name, model.layers[layer].name),
                   "it reads a tensor that no layer makes, or its own output", "save the model again");
        }
        std::vector<Value> outputs;
        for (const TensorRef& output : model.outputs) {
            const auto found = run.values.find(output);
            outputs.push_back(found == run.values.end() ? std::nullopt : found->second);
            if (found == run.values.end() && waiting.empty()) {
                report(DiagnosticId::KerasInvalidConfig, translation_.file, fmt::format("no layer makes the output '{}'", output.layer),
                       "save the model again");
            }
        }
        return outputs;
    }

    void add_inputs(Run& run) {
        if (run.inputs && run.inputs->size() != run.model.inputs.size()) {
            report(DiagnosticId::KerasInvalidConfig, fmt::format("{}: model '{}{}'", translation_.file, run.scope.name, run.model.name),
                   fmt::format("it has {} inputs and is called with {}", run.model.inputs.size(), run.inputs->size()), "save the model again");
        }
        for (std::size_t i = 0; i < run.model.inputs.size(); ++i) {
            const TensorRef& ref = run.model.inputs[i];
            const auto layer = std::ranges::find(run.model.layers, ref.layer, &LayerConfig::name);
            if (run.inputs) {
                run.values.insert_or_assign(ref, i < run.inputs->size() ? Value((*run.inputs)[i]) : std::nullopt);
            } else if (layer == run.model.layers.end()) {
                report(DiagnosticId::KerasInvalidConfig, translation_.file, fmt::format("there is no layer of its input '{}'", ref.layer),
                       "save the model again");
            } else {
                run.values.insert_or_assign(ref, add_input(*layer, ref.layer));
            }
        }
    }

    /// Imports a call if all that it reads is there; true when it is done.
    bool import_call(Run& run, std::size_t index, std::size_t call_index) {
        const LayerConfig& layer = run.model.layers[index];
        const LayerCall& call = layer.calls[call_index];
        std::vector<NodeId> inputs;
        bool has_failed = false;
        for (const TensorRef& ref : call.inputs) {
            const auto found = run.values.find(ref);
            if (found == run.values.end()) {
                return false;
            }
            has_failed = has_failed || !found->second;
            inputs.push_back(found->second.value_or(NodeId{}));
        }
        const std::vector<Value> results = has_failed ? std::vector<Value>{} : import_layer(layer, call, inputs, run.paths[index], run.scope);
        const std::size_t num_outputs = layer.nested.empty() || layer.nested[0].is_sequential ? 1 : layer.nested[0].outputs.size();
        const auto number = static_cast<std::int64_t>(call_index) + (run.from_one.contains(layer.name) ? 1 : 0);
        for (std::size_t i = 0; i < num_outputs; ++i) {
            run.values.insert_or_assign(TensorRef{layer.name, number, static_cast<std::int64_t>(i)}, i < results.size() ? results[i] : std::nullopt);
        }
        return true;
    }

    /// Counts a call; false when there were too many, which models that call each other several times reach with few layers.
    bool count_call() {
        if (++num_calls_ == max_calls + 1) {
            report(DiagnosticId::KerasInvalidConfig, translation_.file,
                   fmt::format("it makes more than {} calls of layers, with all models inside of models", max_calls),
                   "save the model without models inside of it");
        }
        return num_calls_ <= max_calls;
    }

    std::vector<Value> import_layer(const LayerConfig& layer, const LayerCall& call, const std::vector<NodeId>& inputs, const std::string& path,
                                    const Scope& scope) {
        if (!count_call()) {
            return {std::nullopt};
        }
        if (!layer.nested.empty()) {
            const Scope inner{fmt::format("{}{}/", scope.name, layer.name), path, scope.group.empty() ? layer.name : scope.group};
            return import_model(layer.nested[0], inputs, inner);
        }
        LayerContext context(translation_, layer, call, scope.name + layer.name, weight_place(layer, path, scope), inputs);
        auto result = run_handler(context, call);
        if (!result) {
            translation_.problems.push_back(std::move(result).error());
            return {std::nullopt};
        }
        return {*result};
    }

    Result<NodeId> run_handler(LayerContext& context, const LayerCall& call) {
        if (!call.strange.empty()) {
            return context.unsupported(fmt::format("it is called with {}, which is not supported", call.strange[0]), "call layers with tensors only");
        }
        if (context.num_inputs() == 0) {
            return context.invalid("it has no input");
        }
        LUTRA_TRY(const bool is_unmasked, check_policy(context));
        static_cast<void>(is_unmasked);
        const Handler* handler = find_handler(context.layer());
        LUTRA_TRY(const NodeId result, handler->import(context));
        if (const auto argument = context.unread_argument()) {
            return context.unsupported(fmt::format("it is called with '{}', which is not supported", *argument), "leave it out");
        }
        if (const auto key = context.unread_option()) {
            return context.unsupported(fmt::format("its option '{}' is not known", *key),
                                       "save the model without it, or with a version of the library that does not write it");
        }
        return result;
    }

    /// The data type of a layer: a name, or a policy object of Keras 3.
    static Result<bool> check_policy(LayerContext& context) {
        const Json& dtype = context.option("dtype");
        const std::string* name = dtype.string() != nullptr ? dtype.string() : dtype["config"]["name"].string();
        if (dtype.is_null() || (name != nullptr && (*name == "float32" || *name == "float64"))) {
            return true;
        }
        return context.unsupported(fmt::format("its data type is '{}'", name == nullptr ? "of a kind that is not known" : *name),
                                   "save the model with dtype float32");
    }

    Translation& translation_;
    std::size_t num_calls_ = 0;
};

}  // namespace

void check_classes(const ModelConfig& model, const std::string& file, Diagnostics& problems) { check_classes_below(model, file, "", problems); }

void import_layers(Translation& translation, const ModelConfig& model) { ModelImporter(translation).run(model); }

}  // namespace lutra::keras
