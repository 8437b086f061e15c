#include "lutra/import/torch/stored_tensors.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra::torch {

namespace {

std::unexpected<Diagnostic> invalid(const std::string& place, std::string message, std::string advice = "save the program again with torch.export.save") {
    return fail(DiagnosticId::TorchInvalidProgram, place, std::move(message), std::move(advice));
}

/// Where the elements of a tensor lie in its file.
struct Layout {
    Shape shape;
    std::vector<std::int64_t> strides;
    std::int64_t offset = 0;
};

Result<Layout> layout_of(const Json& meta, const std::string& place) {
    Layout layout;
    LUTRA_TRY(layout.shape, shape_of(meta, place));
    layout.offset = meta["storage_offset"]["as_int"].integer().value_or(-1);
    for (std::size_t i = 0; i < meta["strides"].size(); ++i) {
        layout.strides.push_back(meta["strides"][i]["as_int"].integer().value_or(-1));
    }
    const auto is_negative = [](std::int64_t stride) { return stride < 0; };
    if (layout.strides.size() != layout.shape.size() || layout.offset < 0 || std::ranges::any_of(layout.strides, is_negative)) {
        return invalid(place, "its strides and its offset are no lists of numbers that fit its sizes");
    }
    return layout;
}

/// The position in the file of each element, row-major; nothing when one lies outside of `num_stored`.
std::optional<std::vector<std::size_t>> positions(const Layout& layout, std::size_t count, std::size_t num_stored) {
    std::vector<std::size_t> result;
    result.reserve(count);
    std::vector<std::int64_t> index(layout.shape.size(), 0);
    for (std::size_t i = 0; i < count; ++i) {
        std::int64_t position = layout.offset;
        for (std::size_t axis = 0; axis < index.size(); ++axis) {
            std::int64_t step = 0;
            if (__builtin_mul_overflow(index[axis], layout.strides[axis], &step) || __builtin_add_overflow(position, step, &position)) {
                return std::nullopt;
            }
        }
        if (static_cast<std::uint64_t>(position) >= num_stored) {
            return std::nullopt;
        }
        result.push_back(static_cast<std::size_t>(position));
        for (std::size_t axis = index.size(); axis-- > 0;) {
            if (++index[axis] < layout.shape[axis]) {
                break;
            }
            index[axis] = 0;
        }
    }
    return result;
}

}  // namespace

std::optional<onnx::ElementType> element_type_of_scalar(std::int64_t scalar_type) {
    using enum onnx::ElementType;
    switch (scalar_type) {
        case 1: return UInt8;
        case 2: return Int8;
        case 3: return Int16;
        case 4: return Int32;
        case 5: return Int64;
        case 6: return Float16;
        case 7: return Float32;
        case 8: return Float64;
        case 12: return Bool;
        case 13: return BFloat16;
        case 28: return UInt16;
        case 34: return UInt32;
        default: return std::nullopt;
    }
}

Result<Shape> shape_of(const Json& tensor_meta, const std::string& place) {
    const Json& sizes = tensor_meta["sizes"];
    if (sizes.array() == nullptr || sizes.size() > max_rank) {
        return invalid(place, fmt::format("its sizes are no list of at most {} numbers", max_rank));
    }
    Shape shape;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto extent = sizes[i]["as_int"].integer();
        if (!extent && !sizes[i].contains("as_expr")) {
            return invalid(place, fmt::format("its size {} is neither a number nor a symbol", i));
        }
        if (extent && *extent < 0) {
            return invalid(place, fmt::format("its size {} is negative: {}", i, *extent));
        }
        shape.push_back(extent.value_or(onnx::batch_extent));
    }
    return shape;
}

Result<std::string_view> StoredTensors::file(const std::string& name) {
    if (const auto found = files_.find(name); found != files_.end()) {
        return found->second;
    }
    LUTRA_TRY(std::string content, archive_.read(folder_ + name));
    return files_.emplace(name, std::move(content)).first->second;
}

Result<onnx::Tensor> StoredTensors::read(const std::string& name, const std::string& place, onnx::ConstantBudget& budget) {
    const Json& entry = table_["config"][name];
    const std::string* file_name = entry["path_name"].string();
    if (file_name == nullptr) {
        return invalid(place, fmt::format("the archive has no values for '{}'", name));
    }
    if (entry["use_pickle"].boolean().value_or(false)) {
        return invalid(place, "its values are stored as a pickle, which is never loaded", "make it a plain tensor before the export");
    }
    const Json& meta = entry["tensor_meta"];
    const auto type = element_type_of_scalar(meta["dtype"].integer().value_or(0));
    if (!type) {
        return invalid(place, fmt::format("elements of ScalarType {} are not supported", meta["dtype"].integer().value_or(0)), "export float32 weights");
    }
    LUTRA_TRY(const Layout layout, layout_of(meta, place));
    const auto count = checked_num_elements(layout.shape);
    LUTRA_TRY(const std::string_view bytes, file(*file_name));
    const std::size_t width = static_cast<std::size_t>(onnx::storage_bits(*type)) / 8;
    if (!count || static_cast<std::size_t>(*count) > bytes.size() / width || !budget.take_stored(*count)) {
        return invalid(place, fmt::format("its shape {} needs more elements than its file of {} bytes holds, or than a model may have", to_string(layout.shape),
                                          bytes.size()));
    }
    const auto from = positions(layout, static_cast<std::size_t>(*count), bytes.size() / width);
    if (!from) {
        return invalid(place, fmt::format("its strides lead out of its file of {} bytes", bytes.size()));
    }
    std::string raw;
    raw.reserve(from->size() * width);
    for (const std::size_t position : *from) {
        raw.append(bytes.substr(position * width, width));
    }
    return onnx::decode_elements(raw, *type, layout.shape, place);
}

}  // namespace lutra::torch
