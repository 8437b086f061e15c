#include <fmt/format.h>

#include "lutra/import/sklearn/estimators.h"

namespace lutra::sklearn {

namespace {

/// x times the transposed coefficients, plus the intercepts; one row of coefficients per output.
Result<std::string> linear(Estimator& estimator, const std::string& input, std::int64_t& num_outputs) {
    LUTRA_TRY(onnx::Tensor coefficients, estimator.array("coef_"));
    LUTRA_TRY(onnx::Tensor intercepts, estimator.array("intercept_"));
    if (coefficients.shape.size() == 1) {
        coefficients.shape.insert(coefficients.shape.begin(), 1);
    }
    const bool is_one_intercept = intercepts.is_scalar();
    if (coefficients.shape.size() != 2 || (!is_one_intercept && intercepts.shape != Shape{coefficients.shape[0]})) {
        return estimator.invalid(fmt::format("its coefficients have the shape {}, its intercepts {}", to_string(coefficients.shape), to_string(intercepts.shape)));
    }
    num_outputs = coefficients.shape[0];
    if (is_one_intercept) {
        intercepts.shape = {};
    }
    const std::string weights = estimator.emit("Transpose", {estimator.constant(std::move(coefficients))});
    const std::string product = estimator.emit("MatMul", {input, weights});
    return estimator.emit("Add", {product, estimator.constant(std::move(intercepts))});
}

}  // namespace

Result<std::string> spell_regressor(Estimator& estimator, const std::string& input) {
    std::int64_t num_outputs = 0;
    return linear(estimator, input, num_outputs);
}

Result<std::string> spell_decision_function(Estimator& estimator, const std::string& input) {
    std::int64_t num_outputs = 0;
    return linear(estimator, input, num_outputs);
}

Result<std::string> spell_logistic(Estimator& estimator, const std::string& input) {
    std::int64_t num_outputs = 0;
    LUTRA_TRY(const std::string scores, linear(estimator, input, num_outputs));
    if (num_outputs == 1) {
        return both_classes(estimator, estimator.emit("Sigmoid", {scores}));
    }
    if (estimator.string("multi_class", "auto") == "ovr" || estimator.string("solver", "lbfgs") == "liblinear") {
        return estimator.unsupported("it has one regression per class, whose probabilities are divided by their sum", "train it multinomially (solver lbfgs), so that it ends in a softmax");
    }
    return estimator.emit("Softmax", {scores}, {{"axis", std::int64_t{1}}});
}

}  // namespace lutra::sklearn
