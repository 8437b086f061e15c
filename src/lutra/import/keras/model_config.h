#pragma once

/// The configuration of a Keras model in our own types: layers, and which tensor each call of a layer reads. Nothing is interpreted yet.

#include <string>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/import/json.h"

namespace lutra::keras {

/// Output `tensor` of call `call` of a layer.
struct TensorRef {
    std::string layer;
    std::int64_t call = 0;
    std::int64_t tensor = 0;

    friend bool operator==(const TensorRef&, const TensorRef&) = default;
    friend auto operator<=>(const TensorRef&, const TensorRef&) = default;
};

/// One call of a layer; a shared layer has several.
struct LayerCall {
    std::vector<TensorRef> inputs;
    std::vector<std::string> keywords;  ///< by which each input is given; empty for those given by place
    Json::Object options;               ///< keyword arguments that are no tensors
    std::vector<std::string> strange;   ///< what else is among the arguments: constants, lists by keyword
};

/// Which library a class belongs to.
enum class Library { Keras, QKeras, Hgq };
std::string_view name_of(Library library);
/// The library of a class, from the object of the file that names it: Keras 3 names the module and the package; older files only the class.
Library library_of(const Json& object, std::string_view class_name);

struct ModelConfig;

struct LayerConfig {
    std::string name;
    std::string class_name;
    Library library = Library::Keras;
    std::string registered_name;
    Json::Object config;
    std::vector<LayerCall> calls;     ///< empty in sequential models, whose layers follow each other
    std::vector<ModelConfig> nested;  ///< one, when the layer is a model
};

struct ModelConfig {
    std::string name;
    bool is_sequential = false;
    std::vector<LayerConfig> layers;
    std::vector<TensorRef> inputs;  ///< of functional models
    std::vector<TensorRef> outputs;
};

/// Largest numbers that a configuration may have.
inline constexpr std::size_t max_layers = 20'000;
inline constexpr std::size_t max_calls = 100'000;  ///< of layers, those in nested models as often as the models are called
inline constexpr int max_nesting = 16;

/// Reads a model from the JSON object that has `class_name` and `config`. Problems are appended; nothing is returned if the model cannot be
/// read at all. `place` names the file.
std::optional<ModelConfig> read_model_config(const Json& json, const std::string& place, Diagnostics& problems);

}  // namespace lutra::keras
