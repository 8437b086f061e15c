#include "lutra/import/torch/aten_node.h"

#include <fmt/format.h>

#include <cmath>

#include "lutra/import/torch/stored_tensors.h"

namespace lutra::torch {

namespace {

/// The innermost module of a stack "key,path,class;key,path,class": its path; with the call's own name behind it when the module is of the user's
/// making, since such a module makes several calls.
std::string module_name(const Json& node, const std::string& call) {
    const std::string* stack = node["metadata"]["nn_module_stack"].string();
    if (stack == nullptr) {
        return call;
    }
    const std::size_t begin = stack->rfind(';') == std::string::npos ? 0 : stack->rfind(';') + 1;
    const std::size_t path_begin = stack->find(',', begin);
    const std::size_t path_end = path_begin == std::string::npos ? std::string::npos : stack->find(',', path_begin + 1);
    if (path_end == std::string::npos) {
        return call;
    }
    const std::string path = stack->substr(path_begin + 1, path_end - path_begin - 1);
    const bool is_torchs_own = stack->compare(path_end + 1, 17, "torch.nn.modules.") == 0;
    if (path.empty()) {
        return call;
    }
    return is_torchs_own ? path : path + "." + call;
}

std::string name_of_output(const Json& output) {
    const std::string* name = output["as_tensor"]["name"].string();
    return name != nullptr ? *name : "";
}

std::vector<std::string> names_of_outputs(const Json& outputs) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const Json& list = outputs[i]["as_tensors"];
        for (std::size_t k = 0; k < list.size(); ++k) {
            names.push_back(list[k]["name"].string() != nullptr ? *list[k]["name"].string() : "");
        }
        if (list.array() == nullptr) {
            names.push_back(name_of_output(outputs[i]));
        }
    }
    return names;
}

}  // namespace

AtenNode::AtenNode(Program& program, const Json& node, std::string target)
    : program_(program), node_(node), target_(std::move(target)), outputs_(names_of_outputs(node["outputs"])) {
    const std::string* name = node["name"].string();
    name_ = module_name(node, name != nullptr && !name->empty() ? *name : outputs_.empty() ? target_ : outputs_[0]);
}

std::string AtenNode::place() const { return fmt::format("{}: node '{}' ({})", program_.file, name_, target_); }

std::unexpected<Diagnostic> AtenNode::invalid(std::string message) const {
    return fail(DiagnosticId::TorchInvalidProgram, place(), std::move(message), "save the program again with torch.export.save");
}

std::unexpected<Diagnostic> AtenNode::unsupported(std::string message, std::string advice) const {
    return fail(DiagnosticId::TorchUnsupportedOp, place(), std::move(message), std::move(advice));
}

const Json& AtenNode::argument(std::string_view name) const {
    static const Json none;
    const Json& inputs = node_["inputs"];
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const std::string* given = inputs[i]["name"].string();
        if (given != nullptr && *given == name) {
            return inputs[i]["arg"];
        }
    }
    return none;
}

bool AtenNode::has(std::string_view name) const {
    const Json& value = argument(name);
    return !value.is_null() && !value.contains("as_none");
}

Result<std::string> AtenNode::tensor(std::string_view name) const {
    const std::string* value = argument(name)["as_tensor"]["name"].string();
    return value != nullptr ? Result<std::string>(*value) : invalid(fmt::format("its argument '{}' is no tensor", name));
}

Result<std::string> AtenNode::first_tensor() const {
    const std::string* value = node_["inputs"][0]["arg"]["as_tensor"]["name"].string();
    return value != nullptr ? Result<std::string>(*value) : invalid("its first argument is no tensor");
}

Result<std::vector<std::string>> AtenNode::tensors(std::string_view name) const {
    const Json& list = argument(name)["as_tensors"];
    std::vector<std::string> names;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string* value = list[i]["name"].string();
        if (value == nullptr) {
            return invalid(fmt::format("element {} of its argument '{}' is no tensor", i, name));
        }
        names.push_back(*value);
    }
    if (names.empty()) {
        return invalid(fmt::format("its argument '{}' is no list of tensors", name));
    }
    return names;
}

Result<std::int64_t> AtenNode::integer(std::string_view name, std::int64_t otherwise) const {
    if (!has(name)) {
        return otherwise;
    }
    const Json& value = argument(name);
    const auto plain = value["as_int"].integer();
    const auto number = plain ? plain : value["as_scalar_type"].integer() ? value["as_scalar_type"].integer() : value["as_sym_int"]["as_int"].integer();
    return number ? Result<std::int64_t>(*number) : invalid(fmt::format("its argument '{}' is no integer", name));
}

Result<double> AtenNode::real(std::string_view name, double otherwise) const {
    if (!has(name)) {
        return otherwise;
    }
    const Json& value = argument(name);
    const auto number = value.contains("as_float") ? value["as_float"].number() : value["as_int"].number();
    return number ? Result<double>(*number) : invalid(fmt::format("its argument '{}' is no number", name));
}

Result<bool> AtenNode::boolean(std::string_view name, bool otherwise) const {
    if (!has(name)) {
        return otherwise;
    }
    const auto value = argument(name)["as_bool"].boolean();
    return value ? Result<bool>(*value) : invalid(fmt::format("its argument '{}' is no truth value", name));
}

Result<std::string> AtenNode::string(std::string_view name, std::string otherwise) const {
    if (!has(name)) {
        return otherwise;
    }
    const std::string* value = argument(name)["as_string"].string();
    return value != nullptr ? Result<std::string>(*value) : invalid(fmt::format("its argument '{}' is no string", name));
}

Result<std::vector<std::int64_t>> AtenNode::integers(std::string_view name) const {
    const Json& value = argument(name);
    const bool is_plain = value.contains("as_ints");
    const Json& list = is_plain ? value["as_ints"] : value["as_sym_ints"];
    if (list.array() == nullptr || list.size() > 64) {
        return invalid(fmt::format("its argument '{}' is no list of at most 64 integers", name));
    }
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto number = is_plain ? list[i].integer() : list[i]["as_int"].integer();
        if (!number && !list[i].contains("as_name")) {
            return invalid(fmt::format("element {} of its argument '{}' is neither an integer nor a symbol", i, name));
        }
        values.push_back(number.value_or(onnx::batch_extent));
    }
    return values;
}

Result<std::string> AtenNode::tensor_or_number(std::string_view name) {
    if (argument(name).contains("as_tensor")) {
        return tensor(name);
    }
    if (!has(name)) {
        return invalid(fmt::format("its argument '{}' is missing", name));
    }
    LUTRA_TRY(const double value, real(name, 0));
    if (!std::isfinite(onnx::round_to(onnx::ElementType::Float32, value))) {
        return invalid(fmt::format("its argument '{}' is no finite float32: {}", name, value));
    }
    return number(value);
}

Result<Shape> AtenNode::shape(const std::string& tensor) const {
    return shape_of(program_.tensor_values[tensor], fmt::format("{}: tensor '{}'", program_.file, tensor));
}

Result<std::int64_t> AtenNode::axis(std::int64_t axis, std::size_t rank) const {
    const auto signed_rank = static_cast<std::int64_t>(rank);
    if (axis < -signed_rank || axis >= signed_rank) {
        return invalid(fmt::format("axis {} is not one of a tensor with {} axes", axis, rank));
    }
    return axis < 0 ? axis + signed_rank : axis;
}

std::string AtenNode::constant(onnx::Tensor tensor) {
    const std::string made = fmt::format("{}/constant_{}", name_, program_.num_made++);
    program_.model.initializers.insert_or_assign(made, std::move(tensor));
    return made;
}

std::string AtenNode::number(double value) {
    onnx::Tensor tensor = onnx::make_tensor(onnx::ElementType::Float32, {});
    tensor.reals[0] = onnx::round_to(onnx::ElementType::Float32, value);
    return constant(std::move(tensor));
}

void AtenNode::append(std::string_view op_type, std::vector<std::string> inputs, std::vector<std::string> outputs, Attributes attributes) {
    onnx::FileNode node{.name = name_,
                        .domain = "",
                        .op_type = std::string(op_type),
                        .origin = target_,
                        .inputs = std::move(inputs),
                        .outputs = std::move(outputs),
                        .attributes = std::move(attributes)};
    program_.model.nodes.push_back(std::move(node));
}

std::string AtenNode::emit(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes) {
    std::string made = fmt::format("{}/value_{}", name_, program_.num_made++);
    append(op_type, std::move(inputs), {made}, std::move(attributes));
    return made;
}

void AtenNode::finish(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes) {
    append(op_type, std::move(inputs), outputs_, std::move(attributes));
}

void AtenNode::finish_output(std::size_t i, std::string_view op_type, std::vector<std::string> inputs, Attributes attributes) {
    if (i < outputs_.size() && !outputs_[i].empty()) {
        append(op_type, std::move(inputs), {outputs_[i]}, std::move(attributes));
    }
}

}  // namespace lutra::torch
