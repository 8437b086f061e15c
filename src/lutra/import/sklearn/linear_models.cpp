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
        return estimator.invalid(
            fmt::format("its coefficients have the shape {}, its intercepts {}", to_string(coefficients.shape), to_string(intercepts.shape)));
    }
    num_outputs = coefficients.shape[0];
    if (is_one_intercept) {
        intercepts.shape = {};
    }
    const std::string weights = estimator.emit("Transpose", {estimator.constant(std::move(coefficients))});
    const std::string product = estimator.emit("MatMul", {input, weights});
    return estimator.emit("Add", {product, estimator.constant(std::move(intercepts))});
}

/// Probabilities of one class against the rest each, which have another sum than 1.
std::string divided_by_sum(Estimator& estimator, const std::string& probabilities) {
    const std::string axes = estimator.constant(onnx::make_integers({1}));
    return estimator.emit("Div", {probabilities, estimator.emit("ReduceSum", {probabilities, axes})});
}

/// The second of the two probabilities of a classifier.
std::string second_column(Estimator& estimator, const std::string& probabilities) {
    std::vector<std::string> inputs = {probabilities};
    for (const std::int64_t number : {1, 2, 1}) {  // first, last, axis
        inputs.push_back(estimator.constant(onnx::make_integers({number})));
    }
    return estimator.emit("Slice", std::move(inputs));
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
        return divided_by_sum(estimator, estimator.emit("Sigmoid", {scores}));
    }
    return estimator.emit("Softmax", {scores}, {{"axis", std::int64_t{1}}});
}

/// With the loss of a logistic regression it gives probabilities.
Result<std::string> spell_descent(Estimator& estimator, const std::string& input) {
    const std::string loss = estimator.string("loss", "hinge");
    if (loss == "modified_huber") {
        return estimator.unsupported("its loss is modified_huber, of which the probabilities are no sigmoid",
                                     "train it with loss='log_loss', or 'hinge' for its decision function");
    }
    std::int64_t num_outputs = 0;
    LUTRA_TRY(const std::string scores, linear(estimator, input, num_outputs));
    if (loss != "log_loss") {
        return scores;
    }
    const std::string probabilities = estimator.emit("Sigmoid", {scores});
    return num_outputs == 1 ? both_classes(estimator, probabilities) : divided_by_sum(estimator, probabilities);
}

/// A classifier of two classes for each class.
Result<std::string> spell_one_vs_rest(Estimator& estimator, const std::string& input) {
    const SkopsFile& file = estimator.file();
    std::vector<std::string> columns;
    for (const Json* object : file.elements(estimator["estimators_"])) {
        Estimator part = estimator.part(*object, fmt::format("{}", columns.size()));
        const Speller speller = find_speller(part.class_name());
        const bool has_two_classes = file.elements(file.attribute(*object, "classes_")).size() <= 2;
        if ((speller != spell_logistic && speller != spell_descent && speller != spell_mlp) || !gives_probabilities(file, *object) || !has_two_classes) {
            return part.unsupported("it is one of the classifiers inside and gives no two probabilities",
                                    "use LogisticRegression, MLPClassifier, or SGDClassifier with loss='log_loss'");
        }
        LUTRA_TRY(const std::string probabilities, speller(part, input));
        columns.push_back(second_column(part, probabilities));
    }
    if (columns.empty()) {
        return estimator.invalid("it holds no classifiers");
    }
    if (columns.size() == 1) {
        return both_classes(estimator, columns[0]);
    }
    const bool has_several_labels = file.string(file.attribute(estimator["label_binarizer_"], "y_type_")).value_or("").starts_with("multilabel");
    const std::string probabilities = estimator.emit("Concat", std::move(columns), {{"axis", std::int64_t{1}}});
    return has_several_labels ? probabilities : divided_by_sum(estimator, probabilities);
}

}  // namespace lutra::sklearn
