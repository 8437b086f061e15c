#include "lutra/import/sklearn/skops_file.h"

#include <fmt/format.h>

#include <cmath>

#include "lutra/stream/npy_header.h"

namespace lutra::sklearn {

namespace {

const Json null;

bool is_cached(const Json& node) {
    const std::string* loader = node["__loader__"].string();
    return loader != nullptr && *loader == "CachedNode";
}

/// Row-major order of an array whose first index runs fastest.
void turn_rows_first(std::vector<double>& values, const Shape& shape) {
    const std::vector<double> columns = values;
    std::vector<std::size_t> index(shape.size(), 0);
    for (double& value : values) {
        std::size_t position = 0;
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            position = position * static_cast<std::size_t>(shape[axis]) + index[axis];
        }
        value = columns[position];
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            if (++index[axis] < static_cast<std::size_t>(shape[axis])) {
                break;
            }
            index[axis] = 0;
        }
    }
}

}  // namespace

std::string class_of(const Json& object) {
    const std::string* name = object["__class__"].string();
    return name != nullptr ? *name : "";
}

std::unexpected<Diagnostic> SkopsFile::invalid(std::string message) const {
    return fail(DiagnosticId::SklearnInvalidFile, place_, std::move(message), "save the estimator again with skops.io.dump");
}

Result<SkopsFile> SkopsFile::open(const Archive& archive, const std::string& place) {
    LUTRA_TRY(const std::string text, archive.read("schema.json"));
    LUTRA_TRY(Json schema, parse_json(text, place + ": schema.json"));
    SkopsFile file(archive, place, std::move(schema));
    return file;
}

SkopsFile::SkopsFile(const Archive& archive, std::string place, Json schema)
    : archive_(&archive), place_(std::move(place)), schema_(std::make_shared<const Json>(std::move(schema))) {
    std::vector<const Json*> open = {schema_.get()};
    while (!open.empty()) {
        const Json& at = *open.back();
        open.pop_back();
        if (const auto id = at["__id__"].integer(); id && !is_cached(at)) {
            objects_.emplace(*id, &at);
        }
        for (std::size_t i = 0; at.array() != nullptr && i < at.size(); ++i) {
            open.push_back(&at[i]);
        }
        if (at.object() != nullptr) {
            for (const auto& [key, value] : *at.object()) {
                open.push_back(&value);
            }
        }
    }
}

const Json& SkopsFile::resolve(const Json& node) const {
    if (!is_cached(node)) {
        return node;
    }
    const auto found = objects_.find(node["__id__"].integer().value_or(-1));
    return found == objects_.end() ? null : *found->second;
}

const Json& SkopsFile::attribute(const Json& object, std::string_view name) const {
    const Json& content = resolve(object)["content"];
    const Json& entries = content.contains("content") ? resolve(content)["content"] : content;
    return resolve(entries[name]);
}

std::vector<const Json*> SkopsFile::elements(const Json& list) const {
    const Json& content = resolve(list)["content"];
    std::vector<const Json*> result;
    for (std::size_t i = 0; content.array() != nullptr && i < content.size(); ++i) {
        result.push_back(&resolve(content[i]));
    }
    return result;
}

Json SkopsFile::plain(const Json& node) const {
    const Json& target = resolve(node);
    const std::string* text = target["content"].string();
    const std::string* loader = target["__loader__"].string();
    if (text == nullptr || loader == nullptr || *loader != "JsonNode") {
        return Json();
    }
    return parse_json(*text, place_).value_or(Json());
}

std::optional<std::string> SkopsFile::string(const Json& node) const {
    const Json value = plain(node);
    return value.string() != nullptr ? std::optional(*value.string()) : std::nullopt;
}

std::optional<double> SkopsFile::number(const Json& node) const { return plain(node).number(); }

std::optional<bool> SkopsFile::boolean(const Json& node) const { return plain(node).boolean(); }

bool SkopsFile::is_none(const Json& node) const {
    const Json& target = resolve(node);
    const std::string* text = target["content"].string();
    return text != nullptr && *text == "null";
}

Result<onnx::Tensor> SkopsFile::array(const Json& node, std::string_view what, onnx::ConstantBudget& budget) const {
    if (const auto single = number(node)) {
        onnx::Tensor tensor = onnx::make_tensor(onnx::ElementType::Float64, {});
        tensor.reals[0] = *single;
        return std::isfinite(*single) ? Result<onnx::Tensor>(std::move(tensor)) : invalid(fmt::format("its {} is not finite", what));
    }
    const std::string* name = resolve(node)["file"].string();
    if (name == nullptr) {
        return invalid(fmt::format("its {} is no array", what));
    }
    LUTRA_TRY(std::string bytes, archive_->read(*name));
    const auto source = make_memory_source(fmt::format("{}: {}", place_, *name), std::move(bytes));
    LUTRA_TRY(const NpyHeader header, read_npy_header(*source));
    const Shape shape(header.shape.begin(), header.shape.end());
    const auto count = shape.size() > max_rank ? std::nullopt : checked_num_elements(shape);
    if (!count || !budget.take_stored(*count)) {
        return invalid(fmt::format("its {} has the shape {}, too many elements", what, format_shape(header.shape)));
    }
    std::vector<char> data(static_cast<std::size_t>(*count) * size_of(header.layout.type));
    if (auto read = source->read(header.data_offset, data); !read) {
        return std::unexpected(std::move(read).error());
    }
    onnx::Tensor tensor = onnx::make_tensor(onnx::ElementType::Float64, shape);
    decode_values(header.layout, data, tensor.reals);
    if (header.is_fortran) {
        turn_rows_first(tensor.reals, shape);
    }
    for (const double value : tensor.reals) {
        if (!std::isfinite(value)) {
            return invalid(fmt::format("its {} has a value that is not finite: {}", what, onnx::name_of_infinity(value)));
        }
    }
    return tensor;
}

}  // namespace lutra::sklearn
