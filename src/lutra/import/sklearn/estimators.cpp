#include "lutra/import/sklearn/estimators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lutra::sklearn {

namespace {

struct Entry {
    std::string_view class_name;
    Speller speller;
};

/// The table.
constexpr std::array spellers = {
    Entry{"BayesianRidge", spell_regressor},
    Entry{"ElasticNet", spell_regressor},
    Entry{"HuberRegressor", spell_regressor},
    Entry{"Lasso", spell_regressor},
    Entry{"LinearRegression", spell_regressor},
    Entry{"LinearSVC", spell_decision_function},
    Entry{"LinearSVR", spell_regressor},
    Entry{"LogisticRegression", spell_logistic},
    Entry{"LogisticRegressionCV", spell_logistic},
    Entry{"MLPClassifier", spell_mlp},
    Entry{"MLPRegressor", spell_mlp},
    Entry{"MaxAbsScaler", spell_max_abs_scaler},
    Entry{"MinMaxScaler", spell_min_max_scaler},
    Entry{"OneVsRestClassifier", spell_one_vs_rest},
    Entry{"PCA", spell_pca},
    Entry{"Perceptron", spell_decision_function},
    Entry{"Ridge", spell_regressor},
    Entry{"RidgeClassifier", spell_decision_function},
    Entry{"RobustScaler", spell_robust_scaler},
    Entry{"SGDClassifier", spell_descent},
    Entry{"SGDRegressor", spell_regressor},
    Entry{"StandardScaler", spell_standard_scaler},
};

}  // namespace

Speller find_speller(std::string_view class_name) {
    const auto* found = std::ranges::find(spellers, class_name, &Entry::class_name);
    return found == spellers.end() ? nullptr : found->speller;
}

bool gives_probabilities(const SkopsFile& file, const Json& object) {
    const Speller speller = find_speller(class_of(object));
    return speller == spell_descent ? file.string(file.attribute(object, "loss")) == "log_loss" : speller != spell_decision_function;
}

std::string supported_estimators() {
    std::string text;
    for (const Entry& entry : spellers) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", entry.class_name);
    }
    return text;
}

Result<std::vector<onnx::Tensor>> Estimator::arrays(std::string_view attribute) const {
    std::vector<onnx::Tensor> result;
    for (const Json* element : file_.elements((*this)[attribute])) {
        LUTRA_TRY(onnx::Tensor tensor, file_.array(*element, attribute, budget_));
        result.push_back(std::move(tensor));
    }
    return result;
}

std::string Estimator::constant(onnx::Tensor tensor) {
    const std::string made = fmt::format("{}/constant_{}", name_, model_.initializers.size());
    model_.initializers.insert_or_assign(made, std::move(tensor));
    return made;
}

std::string Estimator::number(double value) {
    onnx::Tensor tensor = onnx::make_tensor(onnx::ElementType::Float64, {});
    tensor.reals[0] = value;
    return constant(std::move(tensor));
}

std::string Estimator::emit(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes) {
    std::string made = fmt::format("{}/value_{}", name_, model_.nodes.size());
    model_.nodes.push_back({.name = name_,
                            .domain = "",
                            .op_type = std::string(op_type),
                            .origin = class_name(),
                            .inputs = std::move(inputs),
                            .outputs = {made},
                            .attributes = std::move(attributes)});
    return made;
}

std::unexpected<Diagnostic> Estimator::unsupported(std::string message, std::string advice) const {
    return fail(DiagnosticId::SklearnUnsupported, fmt::format("{}: '{}' ({})", place_, name_, class_name()), std::move(message), std::move(advice));
}

std::string both_classes(Estimator& estimator, const std::string& probability) {
    const std::string other = estimator.emit("Sub", {estimator.number(1), probability});
    return estimator.emit("Concat", {other, probability}, {{"axis", std::int64_t{1}}});
}

}  // namespace lutra::sklearn
