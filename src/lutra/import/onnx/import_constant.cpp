#include <fmt/format.h>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// A constant from a number or a list in an attribute.
std::optional<Tensor> tensor_of(const AttributeContent& content) {
    if (const auto* tensor = std::get_if<Tensor>(&content)) {
        return *tensor;
    }
    if (const auto* real = std::get_if<double>(&content)) {
        return Tensor{ElementType::Float32, {}, {*real}, {}};
    }
    if (const auto* integer = std::get_if<std::int64_t>(&content)) {
        return Tensor{ElementType::Int64, {}, {}, {*integer}};
    }
    if (const auto* reals = std::get_if<std::vector<double>>(&content)) {
        return Tensor{ElementType::Float32, {static_cast<std::int64_t>(reals->size())}, *reals, {}};
    }
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&content)) {
        return make_integers(*integers);
    }
    return std::nullopt;
}

}  // namespace

Result<void> import_constant(NodeContext& context) {
    for (const std::string_view name : {"value", "value_float", "value_floats", "value_int", "value_ints"}) {
        context.ignore(name);
        const auto found = context.node().attributes.find(name);
        if (found == context.node().attributes.end()) {
            continue;
        }
        if (auto tensor = tensor_of(found->second)) {
            context.set_output(0, *std::move(tensor));
            return {};
        }
    }
    return context.unsupported("it holds no tensor of numbers", "store strings and sparse tensors elsewhere");
}

}  // namespace lutra::onnx
