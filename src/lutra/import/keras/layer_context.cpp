#include "lutra/import/keras/layer_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lutra::keras {

Result<NodeId> Translation::add(const std::string& name, std::string_view op_name, const AttributeMap& attributes, std::vector<NodeId> inputs,
                                const std::string& place) {
    const auto placed = [&](Diagnostic problem) {
        problem.place = place;
        return std::unexpected(std::move(problem));
    };
    auto op = ops.make(op_name, attributes);
    if (!op) {
        return placed(std::move(op).error());
    }
    std::vector<Shape> shapes;
    for (const NodeId input : inputs) {
        shapes.push_back(graph[input].type.shape);
    }
    auto shape = op->infer_shape(shapes);
    if (!shape) {
        return placed(std::move(shape).error());
    }
    const auto count = checked_num_elements(*shape);
    if (!count || *count > options.max_event_elements) {
        return fail(DiagnosticId::GraphTooLarge, place,
                    fmt::format("a tensor of one event has the shape {}; at most {} elements are supported", to_string(*shape), options.max_event_elements),
                    "split the model, or reduce its input");
    }
    auto node = graph.add(name, *std::move(op), std::move(inputs));
    return node ? Result<NodeId>(*node) : placed(std::move(node).error());
}

std::string LayerContext::place() const { return fmt::format("{}: layer '{}' ({})", translation_.file, name_, layer_.class_name); }

std::unexpected<Diagnostic> LayerContext::unsupported(std::string message, std::string advice) const {
    return fail(DiagnosticId::KerasUnsupportedOption, place(), std::move(message), std::move(advice));
}

std::unexpected<Diagnostic> LayerContext::invalid(std::string message, std::string advice) const {
    return fail(DiagnosticId::KerasInvalidConfig, place(), std::move(message), std::move(advice));
}

std::unexpected<Diagnostic> LayerContext::bad_weights(std::string message) const {
    return fail(DiagnosticId::KerasInvalidWeights, place(), std::move(message), "give the weights that were saved with this configuration");
}

const Json& LayerContext::option(std::string_view key) {
    static const Json absent;
    read_.emplace(key);
    const auto found = layer_.config.find(key);
    return found == layer_.config.end() ? absent : found->second;
}

bool LayerContext::has(std::string_view key) const {
    const auto found = layer_.config.find(key);
    return found != layer_.config.end() && !found->second.is_null();
}

LayerContext LayerContext::inside(const LayerConfig& layer, std::string_view part, std::string_view path, NodeId input) const {
    static const LayerCall plain;
    WeightPlace place = weight_place_;
    place.path += fmt::format("/{}", path);
    place.layer_name += fmt::format("/{}", part);
    place.is_nested = true;
    return {translation_, layer, plain, fmt::format("{}/{}", name_, part), std::move(place), {input}};
}

std::optional<NodeId> LayerContext::argument(std::string_view keyword, std::size_t place) {
    read_arguments_.emplace(keyword);
    const auto found = std::ranges::find(call_.keywords, keyword);
    if (found != call_.keywords.end()) {
        return inputs_[static_cast<std::size_t>(found - call_.keywords.begin())];
    }
    const bool is_given_by_place = place < inputs_.size() && (place >= call_.keywords.size() || call_.keywords[place].empty());
    return is_given_by_place ? std::optional(inputs_[place]) : std::nullopt;
}

bool LayerContext::is_called_with(std::string_view option) {
    read_arguments_.emplace(option);
    const auto found = call_.options.find(option);
    return found != call_.options.end() && found->second.boolean().value_or(false);
}

std::optional<std::string> LayerContext::unread_argument() const {
    const auto is_unread = [&](const std::string& key) { return !key.empty() && key != "training" && !read_arguments_.contains(key); };
    const auto keyword = std::ranges::find_if(call_.keywords, is_unread);
    if (keyword != call_.keywords.end()) {
        return *keyword;
    }
    const auto option = std::ranges::find_if(call_.options, [&](const auto& entry) { return is_unread(entry.first); });
    return option == call_.options.end() ? std::nullopt : std::optional(option->first);
}

template <typename T>
Result<T> LayerContext::converted(std::string_view key, T otherwise, std::optional<T> (*convert)(const Json&), std::string_view kind) {
    const Json& value = option(key);
    if (value.is_null()) {
        return otherwise;
    }
    auto result = convert(value);
    if (!result) {
        return invalid(fmt::format("its option '{}' is not {}", key, kind));
    }
    return *std::move(result);
}

Result<std::int64_t> LayerContext::integer(std::string_view key, std::int64_t otherwise) {
    const auto convert = [](const Json& json) { return json.boolean() ? std::optional<std::int64_t>(*json.boolean() ? 1 : 0) : json.integer(); };
    return converted<std::int64_t>(key, otherwise, convert, "an integer");
}

Result<double> LayerContext::real(std::string_view key, double otherwise) {
    return converted<double>(key, otherwise, [](const Json& json) { return json.number(); }, "a number");
}

Result<bool> LayerContext::boolean(std::string_view key, bool otherwise) {
    const auto convert = [](const Json& json) { return json.integer() ? std::optional<bool>(*json.integer() != 0) : json.boolean(); };
    return converted<bool>(key, otherwise, convert, "true or false");
}

Result<std::string> LayerContext::string(std::string_view key, std::string otherwise) {
    const auto convert = [](const Json& json) { return json.string() != nullptr ? std::optional(*json.string()) : std::nullopt; };
    return converted<std::string>(key, std::move(otherwise), convert, "a string");
}

Result<std::optional<std::vector<std::int64_t>>> LayerContext::integers(std::string_view key) {
    const Json& value = option(key);
    if (value.is_null()) {
        return std::nullopt;
    }
    std::vector<std::int64_t> list;
    if (value.integer()) {
        list.push_back(*value.integer());
        return list;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!value[i].integer()) {
            return invalid(fmt::format("its option '{}' is no list of integers", key));
        }
        list.push_back(*value[i].integer());
    }
    return value.array() != nullptr ? Result<std::optional<std::vector<std::int64_t>>>(std::move(list))
                                    : invalid(fmt::format("its option '{}' is no list of integers", key));
}

void LayerContext::ignore(std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        read_.emplace(key);
    }
}

std::optional<std::string> LayerContext::unread_option() const {
    // What every layer may have and what matters in training only.
    constexpr std::array harmless = {"name",   "trainable", "batch_input_shape", "batch_shape",         "build_config", "activity_regularizer",
                                     "sparse", "ragged",    "optional",          "quantization_config", "lora_rank",    "lora_alpha"};
    for (const auto& [key, value] : layer_.config) {
        const bool is_harmless = std::ranges::find(harmless, key) != harmless.end() || key.ends_with("_initializer") || key.ends_with("_regularizer") ||
                                 key.ends_with("_constraint");
        if (!is_harmless && !read_.contains(key) && !value.is_null()) {
            return key;
        }
    }
    return std::nullopt;
}

Result<std::int64_t> LayerContext::event_axis(std::int64_t axis, std::size_t rank) const {
    const auto full_rank = static_cast<std::int64_t>(rank) + 1;
    const std::int64_t from_front = axis < 0 ? axis + full_rank : axis;
    if (from_front < 1 || from_front >= full_rank) {
        return unsupported(fmt::format("its axis {} is the batch or not there; an event has the axes 1 to {}", axis, rank));
    }
    return from_front - 1;
}

Result<std::vector<RealTensor>> LayerContext::weights(std::initializer_list<std::string_view> names, std::string_view below) const {
    return weights(std::span(names.begin(), names.size()), below);
}

Result<std::vector<RealTensor>> LayerContext::weights(std::span<const std::string_view> names, std::string_view below) const {
    auto found = translation_.weights.find(weight_place_, below, names);
    if (!found) {
        return bad_weights(std::move(found).error());
    }
    return *std::move(found);
}

Result<void> LayerContext::check_shape(const RealTensor& weight, std::string_view what, const Shape& shape) const {
    if (weight.shape != shape) {
        return bad_weights(fmt::format("its {} has the shape {}, not {}", what, to_string(weight.shape), to_string(shape)));
    }
    return {};
}

Result<NodeId> LayerContext::add_part(std::string_view part, std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs) {
    return translation_.add(part.empty() ? name_ : fmt::format("{}/{}", name_, part), op, attributes, std::move(inputs), place());
}

Result<NodeId> LayerContext::reshape(std::string_view part, NodeId node, const Shape& wanted) {
    return shape(node) == wanted ? Result<NodeId>(node) : add_part(part, "reshape", {{"shape", wanted}}, {node});
}

}  // namespace lutra::keras
