#include "lutra/import/keras/model_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"

namespace lutra::keras {

std::string_view name_of(Library library) {
    switch (library) {
        case Library::Keras: return "Keras";
        case Library::QKeras: return "QKeras";
        case Library::Hgq: return "HGQ";
    }
    LUTRA_UNREACHABLE("library");
}

namespace {

std::string text_of(const Json& json) { return json.string() != nullptr ? *json.string() : std::string(); }

bool is_model_class(std::string_view class_name) { return class_name == "Functional" || class_name == "Model" || class_name == "Sequential"; }

}  // namespace

Library library_of(const Json& layer, std::string_view class_name) {
    const std::string module = text_of(layer["module"]);
    const std::string registered = text_of(layer["registered_name"]);
    if (module.starts_with("hgq") || registered.starts_with("hgq")) {
        return Library::Hgq;
    }
    constexpr std::array names = {"QDense",
                                  "QActivation",
                                  "QAdaptiveActivation",
                                  "QBatchNormalization",
                                  "QDenseBatchnorm",
                                  "QConv1D",
                                  "QConv2D",
                                  "QDepthwiseConv2D",
                                  "QSeparableConv1D",
                                  "QSeparableConv2D",
                                  "QConv2DBatchnorm",
                                  "QConv2DTranspose",
                                  "QAveragePooling2D",
                                  "QGlobalAveragePooling2D",
                                  "QDepthwiseConv2DBatchnorm",
                                  "QSimpleRNN",
                                  "QLSTM",
                                  "QGRU",
                                  "QBidirectional",
                                  "QMobileNetSeparableConv2D"};
    const bool is_qkeras = module.starts_with("qkeras") || registered.starts_with("qkeras") || std::ranges::find(names, class_name) != names.end();
    return is_qkeras ? Library::QKeras : Library::Keras;
}

namespace {

/// Reads one model and all models inside of it.
class Reader {
public:
    Reader(const std::string& place, Diagnostics& problems) : place_(place), problems_(problems) {}

    std::optional<ModelConfig> read(const Json& json, int depth) {
        const std::string class_name = text_of(json["class_name"]);
        if (!is_model_class(class_name)) {
            report(
                class_name.empty() ? "it names no class of a model" : fmt::format("its class is '{}'; Functional, Model and Sequential are read", class_name),
                "subclassed models have no layers in the file: build the model with the functional API and save it");
            return std::nullopt;
        }
        if (depth > max_nesting) {
            report(fmt::format("models are nested more than {} deep", max_nesting));
            return std::nullopt;
        }
        const Json& config = json["config"];
        ModelConfig model;
        model.name = text_of(config["name"]);
        model.is_sequential = class_name == "Sequential";
        // The oldest sequential models are a bare list of layers.
        const Json& layers = config.array() != nullptr ? config : config["layers"];
        if (layers.array() == nullptr || layers.size() == 0) {
            report("it has no layers");
            return std::nullopt;
        }
        for (const Json& layer : *layers.array()) {
            if (++num_layers_ > max_layers) {
                report(fmt::format("it has more than {} layers", max_layers));
                return std::nullopt;
            }
            if (auto read = read_layer(layer, depth)) {
                model.layers.push_back(*std::move(read));
                if (model.is_sequential && model.layers.size() > 1 && model.layers.back().class_name == "InputLayer") {
                    report(fmt::format("the input '{}' stands behind other layers of the sequential model '{}'", model.layers.back().name, model.name));
                }
            }
        }
        if (!model.is_sequential) {
            read_refs(config["input_layers"], model.inputs);
            read_refs(config["output_layers"], model.outputs);
        }
        return model;
    }

private:
    void report(std::string message, std::string advice = "save the model again") {
        problems_.push_back({DiagnosticId::KerasInvalidConfig, place_, std::move(message), std::move(advice)});
    }

    std::optional<LayerConfig> read_layer(const Json& json, int depth) {
        LayerConfig layer;
        layer.class_name = text_of(json["class_name"]);
        layer.name = text_of(json["config"]["name"]).empty() ? text_of(json["name"]) : text_of(json["config"]["name"]);
        layer.registered_name = text_of(json["registered_name"]);
        layer.library = library_of(json, layer.class_name);
        if (layer.class_name.empty() || json["config"].object() == nullptr) {
            report(fmt::format("layer {} '{}' has no class or no configuration", num_layers_, layer.name));
            return std::nullopt;
        }
        if (layer.name.empty()) {
            layer.name = fmt::format("layer_{}", num_layers_);
        }
        layer.config = *json["config"].object();
        if (json["inbound_nodes"].array() != nullptr) {
            for (const Json& node : *json["inbound_nodes"].array()) {
                layer.calls.push_back(read_call(node, layer.name));
            }
        }
        if (is_model_class(layer.class_name)) {
            auto nested = read(json, depth + 1);
            if (!nested) {
                return std::nullopt;
            }
            layer.nested.push_back(*std::move(nested));
        }
        return layer;
    }

    /// ["name", call, tensor] with more behind it, or nothing.
    static std::optional<TensorRef> as_ref(const Json& json) {
        if (json.size() < 3 || json[0].string() == nullptr || !json[1].integer() || !json[2].integer()) {
            return std::nullopt;
        }
        return TensorRef{*json[0].string(), *json[1].integer(), *json[2].integer()};
    }

    LayerCall read_call(const Json& node, const std::string& name) {
        LayerCall call;
        if (node.object() != nullptr) {
            read_argument(node["args"], call, 0);
            if (const Json::Object* options = node["kwargs"].object()) {
                read_options(*options, call);
            }
            return call;
        }
        for (std::size_t i = 0; i < node.size(); ++i) {
            const auto ref = as_ref(node[i]);
            if (!ref) {
                report(fmt::format("layer '{}': what it is called with cannot be read", name));
                break;
            }
            call.inputs.push_back(*ref);
            call.keywords.emplace_back();
            if (const Json::Object* options = node[i][3].object()) {
                read_options(*options, call);
            }
        }
        return call;
    }

    void read_options(const Json::Object& options, LayerCall& call) {
        for (const auto& [key, value] : options) {
            if (value.is_null()) {
                continue;
            }
            const bool is_tensor = text_of(value["class_name"]) == "__keras_tensor__";
            if (const auto ref = is_tensor ? as_ref(value["config"]["keras_history"]) : as_ref(value)) {
                call.inputs.push_back(*ref);
                call.keywords.push_back(key);
            } else if (value.array() != nullptr || value.object() != nullptr) {
                call.strange.push_back(fmt::format("'{}'", key));
            } else {
                call.options.emplace(key, value);
            }
        }
    }

    /// Positional arguments of Keras 3: tensors, and lists of them.
    void read_argument(const Json& argument, LayerCall& call, int depth) {
        constexpr int deepest_list = 4;
        if (text_of(argument["class_name"]) == "__keras_tensor__") {
            if (const auto ref = as_ref(argument["config"]["keras_history"])) {
                call.inputs.push_back(*ref);
                call.keywords.emplace_back();
            } else {
                report("a tensor among the arguments of a layer has no history");
            }
        } else if (argument.array() != nullptr && depth < deepest_list) {
            for (const Json& element : *argument.array()) {
                read_argument(element, call, depth + 1);
            }
        } else if (!argument.is_null()) {
            call.strange.emplace_back("a constant");
        }
    }

    /// One reference, a list of them, or a dictionary.
    void read_refs(const Json& json, std::vector<TensorRef>& refs) {
        if (const auto ref = as_ref(json)) {
            refs.push_back(*ref);
            return;
        }
        const auto add = [&](const Json& element) {
            if (const auto ref = as_ref(element)) {
                refs.push_back(*ref);
            } else {
                report("its inputs or outputs cannot be read");
            }
        };
        if (json.array() != nullptr) {
            std::ranges::for_each(*json.array(), add);
        } else if (json.object() != nullptr) {
            for (const auto& [key, element] : *json.object()) {
                add(element);
            }
        }
    }

    const std::string& place_;
    Diagnostics& problems_;
    std::size_t num_layers_ = 0;
};

}  // namespace

std::optional<ModelConfig> read_model_config(const Json& json, const std::string& place, Diagnostics& problems) {
    return Reader(place, problems).read(json, 0);
}

}  // namespace lutra::keras
