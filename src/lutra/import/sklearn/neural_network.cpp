#include <fmt/format.h>

#include <array>
#include <optional>

#include "lutra/import/sklearn/estimators.h"

namespace lutra::sklearn {

namespace {

Result<std::string> activated(Estimator& estimator, const std::string& activation, const std::string& value) {
    constexpr std::array known = {std::pair("logistic", "Sigmoid"), std::pair("relu", "Relu"), std::pair("tanh", "Tanh")};
    if (activation == "identity") {
        return value;
    }
    if (activation == "softmax") {
        return estimator.emit("Softmax", {value}, {{"axis", std::int64_t{1}}});
    }
    for (const auto& [name, op_type] : known) {
        if (activation == name) {
            return estimator.emit(op_type, {value});
        }
    }
    return estimator.unsupported(fmt::format("its activation is '{}'", activation), "identity, logistic, tanh, relu and softmax are supported");
}

}  // namespace

Result<std::string> spell_mlp(Estimator& estimator, const std::string& input) {
    LUTRA_TRY(std::vector<onnx::Tensor> weights, estimator.arrays("coefs_"));
    LUTRA_TRY(std::vector<onnx::Tensor> biases, estimator.arrays("intercepts_"));
    if (weights.empty() || weights.size() != biases.size()) {
        return estimator.invalid(fmt::format("it has {} matrices of weights and {} biases", weights.size(), biases.size()));
    }
    std::string value = input;
    std::int64_t num_outputs = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        num_outputs = weights[i].shape.size() == 2 ? weights[i].shape[1] : 0;
        value = estimator.emit("MatMul", {value, estimator.constant(std::move(weights[i]))});
        value = estimator.emit("Add", {value, estimator.constant(std::move(biases[i]))});
        const bool is_last = i + 1 == weights.size();
        const std::string activation = is_last ? estimator.string("out_activation_", "identity") : estimator.string("activation", "relu");
        LUTRA_TRY(value, activated(estimator, activation, value));
    }
    const bool has_two_classes = estimator.class_name() == "MLPClassifier" && num_outputs == 1;
    return has_two_classes ? both_classes(estimator, value) : value;
}

}  // namespace lutra::sklearn
