#pragma once

/// scikit-learn's estimators, spelled in ONNX operators.

#include <string>

#include "lutra/import/onnx/file_model.h"
#include "lutra/import/sklearn/skops_file.h"

namespace lutra::sklearn {

/// An estimator that is being spelled: what it is, and where its operators go.
class Estimator {
public:
    Estimator(const SkopsFile& file, const Json& object, std::string name, onnx::FileModel& model, onnx::ConstantBudget& budget, std::string place)
        : file_(file), object_(object), name_(std::move(name)), model_(model), budget_(budget), place_(std::move(place)) {}

    std::string class_name() const { return class_of(object_); }
    const SkopsFile& file() const { return file_; }
    /// Attributes of the fitted estimator.
    const Json& operator[](std::string_view attribute) const { return file_.attribute(object_, attribute); }
    std::string string(std::string_view attribute, std::string otherwise) const { return file_.string((*this)[attribute]).value_or(std::move(otherwise)); }
    bool boolean(std::string_view attribute, bool otherwise) const { return file_.boolean((*this)[attribute]).value_or(otherwise); }
    bool is_none(std::string_view attribute) const { return file_.is_none((*this)[attribute]); }
    Result<onnx::Tensor> array(std::string_view attribute) const { return file_.array((*this)[attribute], attribute, budget_); }
    Result<std::vector<onnx::Tensor>> arrays(std::string_view attribute) const;

    /// Adds a constant, or an operator on `inputs`; return the name of its value.
    std::string constant(onnx::Tensor tensor);
    std::string number(double value);
    using Attributes = std::map<std::string, onnx::AttributeContent, std::less<>>;
    std::string emit(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes = {});

    /// One of the estimators that this one consists of.
    Estimator part(const Json& object, std::string_view name) { return {file_, object, name_ + "/" + std::string(name), model_, budget_, place_}; }

    std::unexpected<Diagnostic> unsupported(std::string message, std::string advice) const;
    std::unexpected<Diagnostic> invalid(std::string message) const { return file_.invalid(name_ + ": " + message); }

private:
    const SkopsFile& file_;
    const Json& object_;
    std::string name_;
    onnx::FileModel& model_;
    onnx::ConstantBudget& budget_;
    std::string place_;
};

/// Spells what an estimator does with `input`; returns the name of the result.
using Speller = Result<std::string> (*)(Estimator& estimator, const std::string& input);

/// The speller of a class such as "StandardScaler"; null when it is not supported.
Speller find_speller(std::string_view class_name);
/// True for a classifier whose spelling ends in probabilities; others give their decision function.
bool gives_probabilities(const SkopsFile& file, const Json& object);
/// All classes that have a speller.
std::string supported_estimators();

// preprocessing.cpp
Result<std::string> spell_standard_scaler(Estimator& estimator, const std::string& input);
Result<std::string> spell_min_max_scaler(Estimator& estimator, const std::string& input);
Result<std::string> spell_max_abs_scaler(Estimator& estimator, const std::string& input);
Result<std::string> spell_robust_scaler(Estimator& estimator, const std::string& input);
Result<std::string> spell_pca(Estimator& estimator, const std::string& input);

// linear_models.cpp
Result<std::string> spell_regressor(Estimator& estimator, const std::string& input);
Result<std::string> spell_decision_function(Estimator& estimator, const std::string& input);
Result<std::string> spell_logistic(Estimator& estimator, const std::string& input);
Result<std::string> spell_descent(Estimator& estimator, const std::string& input);
Result<std::string> spell_one_vs_rest(Estimator& estimator, const std::string& input);

// neural_network.cpp
Result<std::string> spell_mlp(Estimator& estimator, const std::string& input);

/// Two columns 1 - p and p from the one that a sigmoid gives.
std::string both_classes(Estimator& estimator, const std::string& probability);

}  // namespace lutra::sklearn
