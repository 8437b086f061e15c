#include "lutra/import/keras/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace lutra::keras {

namespace {

/// As Keras names the paths: an underscore before each capital that begins a word.
std::string snake_case(std::string_view name) {
    std::string result;
    const auto is_upper = [&](std::size_t i) { return i < name.size() && std::isupper(static_cast<unsigned char>(name[i])) != 0; };
    const auto is_lower = [&](std::size_t i) { return i < name.size() && std::islower(static_cast<unsigned char>(name[i])) != 0; };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins_word = i > 0 && is_upper(i) && name[i - 1] != '_' && (is_lower(i + 1) || is_lower(i - 1));
        if (begins_word) {
            result += '_';
        }
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
    }
    return result;
}

/// "kernel" of "dense_1/kernel:0".
std::string_view base_name(std::string_view name) {
    name = name.substr(0, name.find(':'));
    const std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// True when the part before the last of a weight's name is the layer's.
bool names_layer(std::string_view weight, std::string_view layer) {
    const std::size_t last = weight.rfind('/');
    if (last == std::string_view::npos) {
        return false;
    }
    const std::string_view path = weight.substr(0, last);
    return path == layer || path.ends_with(std::string("/") + std::string(layer));
}

std::expected<RealTensor, std::string> as_tensor(const Hdf5Numbers& numbers, std::string_view name) {
    // Of training only; HGQ puts infinity there.
    const bool matters = name != "i_decay_speed";
    if (matters && !std::ranges::all_of(numbers.values, [](double value) { return std::isfinite(value); })) {
        return std::unexpected(fmt::format("its weight '{}' has a value that is not finite", name));
    }
    return RealTensor(numbers.extents, numbers.values);
}

}  // namespace

WeightStore::WeightStore(Hdf5File file) : file_(std::move(file)) {
    is_keras3_ = file_.groups.contains("layers") || file_.groups.contains("_layer_checkpoint_dependencies");
    root_ = file_.groups.contains("model_weights") ? "model_weights/" : "";
}

std::expected<std::vector<RealTensor>, std::string> WeightStore::find(const WeightPlace& place, std::string_view below,
                                                                      std::span<const std::string_view> names) const {
    if (is_keras3_) {
        return find_numbered(below.empty() ? place.path : fmt::format("{}/{}", place.path, below), names);
    }
    if (!below.empty()) {
        return std::unexpected("weights of layers inside of layers are read from Keras 3 files (.keras or .weights.h5) only");
    }
    return find_named(place, names);
}

std::size_t WeightStore::count(const WeightPlace& place, std::string_view below) const {
    if (!is_keras3_) {
        return listed_names(place.group).size();
    }
    const std::string path = below.empty() ? place.path : fmt::format("{}/{}", place.path, below);
    std::size_t count = 0;
    while (file_.datasets.contains(fmt::format("{}/vars/{}", path, count))) {
        ++count;
    }
    return count;
}

std::expected<std::vector<RealTensor>, std::string> WeightStore::find_numbered(const std::string& path, std::span<const std::string_view> names) const {
    std::vector<RealTensor> weights;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string dataset = fmt::format("{}/vars/{}", path, i);
        const auto found = file_.datasets.find(dataset);
        if (found == file_.datasets.end()) {
            const auto reason = file_.unread.find(dataset);
            return std::unexpected(
                fmt::format("its weight '{}' is missing: {}", names[i],
                            reason == file_.unread.end() ? fmt::format("the file has no '{}'", dataset) : fmt::format("'{}': {}", dataset, reason->second)));
        }
        auto tensor = as_tensor(found->second, names[i]);
        if (!tensor) {
            return std::unexpected(std::move(tensor).error());
        }
        weights.push_back(*std::move(tensor));
    }
    const std::string surplus = fmt::format("{}/vars/{}", path, names.size());
    if (file_.datasets.contains(surplus)) {
        return std::unexpected(fmt::format("it has more than its {} weights: '{}'", names.size(), surplus));
    }
    return weights;
}

std::vector<std::string> WeightStore::listed_names(const std::string& group) const {
    std::vector<std::string> names;
    // Long lists are split over weight_names0, weight_names1, ...
    if (const Hdf5Attribute* list = file_.attribute(root_ + group, "weight_names")) {
        names = list->strings;
    }
    for (int part = 0; const Hdf5Attribute* list = file_.attribute(root_ + group, fmt::format("weight_names{}", part)); ++part) {
        names.insert(names.end(), list->strings.begin(), list->strings.end());
    }
    return names;
}

std::expected<std::vector<RealTensor>, std::string> WeightStore::find_named(const WeightPlace& place, std::span<const std::string_view> names) const {
    if (!names.empty() && !file_.groups.contains(root_ + place.group)) {
        return std::unexpected(fmt::format("the file has no weights of a layer '{}'", place.group));
    }
    std::vector<std::string> listed = listed_names(place.group);
    if (place.is_nested) {
        std::erase_if(listed, [&](const std::string& name) { return !names_layer(name, place.layer_name); });
    }
    std::vector<RealTensor> weights;
    for (const std::string_view name : names) {
        const auto is_named = [&](const std::string& weight) { return base_name(weight) == name; };
        if (const auto count = std::ranges::count_if(listed, is_named); count != 1) {
            return std::unexpected(fmt::format("its weight '{}' is {}", name, count == 0 ? "missing" : "there more than once"));
        }
        const auto found = file_.datasets.find(fmt::format("{}{}/{}", root_, place.group, *std::ranges::find_if(listed, is_named)));
        if (found == file_.datasets.end()) {
            return std::unexpected(fmt::format("its weight '{}' is listed but not there", name));
        }
        auto tensor = as_tensor(found->second, name);
        if (!tensor) {
            return std::unexpected(std::move(tensor).error());
        }
        weights.push_back(*std::move(tensor));
    }
    if (listed.size() > names.size()) {
        const auto surplus =
            std::ranges::find_if(listed, [&](const std::string& weight) { return std::ranges::find(names, base_name(weight)) == names.end(); });
        return std::unexpected(fmt::format("it has a weight that it should not have: '{}'", surplus == listed.end() ? listed.back() : *surplus));
    }
    return weights;
}

std::vector<std::string> numbered_paths(const ModelConfig& model, const std::string& path) {
    std::map<std::string, int, std::less<>> counts;
    std::vector<std::string> paths;
    for (const LayerConfig& layer : model.layers) {
        const std::string base = snake_case(layer.class_name);
        const int number = counts[base]++;
        paths.push_back(fmt::format("{}{}layers/{}{}", path, path.empty() ? "" : "/", base, number == 0 ? "" : fmt::format("_{}", number)));
    }
    return paths;
}

}  // namespace lutra::keras
