#include <fmt/format.h>

#include <cmath>

#include "lutra/import/sklearn/estimators.h"

namespace lutra::sklearn {

namespace {

/// op(value, attribute), or the value itself when the attribute is None.
Result<std::string> combined(Estimator& estimator, std::string_view op_type, const std::string& value, std::string_view attribute) {
    if (estimator.is_none(attribute)) {
        return value;
    }
    LUTRA_TRY(onnx::Tensor tensor, estimator.array(attribute));
    return estimator.emit(op_type, {value, estimator.constant(std::move(tensor))});
}

}  // namespace

/// (x - mean) / scale.
Result<std::string> spell_standard_scaler(Estimator& estimator, const std::string& input) {
    std::string value = input;
    if (estimator.boolean("with_mean", true)) {
        LUTRA_TRY(value, combined(estimator, "Sub", value, "mean_"));
    }
    if (estimator.boolean("with_std", true)) {
        LUTRA_TRY(value, combined(estimator, "Div", value, "scale_"));
    }
    return value;
}

/// x * scale + min, and clipped to the range if that is asked for.
Result<std::string> spell_min_max_scaler(Estimator& estimator, const std::string& input) {
    LUTRA_TRY(std::string value, combined(estimator, "Mul", input, "scale_"));
    LUTRA_TRY(value, combined(estimator, "Add", value, "min_"));
    if (!estimator.boolean("clip", false)) {
        return value;
    }
    const auto bounds = estimator.file().elements(estimator["feature_range"]);
    const auto low = bounds.size() == 2 ? estimator.file().number(*bounds[0]) : std::nullopt;
    const auto high = bounds.size() == 2 ? estimator.file().number(*bounds[1]) : std::nullopt;
    if (!low || !high) {
        return estimator.invalid("its feature_range is no pair of numbers");
    }
    return estimator.emit("Clip", {value, estimator.number(*low), estimator.number(*high)});
}

Result<std::string> spell_max_abs_scaler(Estimator& estimator, const std::string& input) { return combined(estimator, "Div", input, "scale_"); }

Result<std::string> spell_robust_scaler(Estimator& estimator, const std::string& input) {
    LUTRA_TRY(const std::string centred, combined(estimator, "Sub", input, "center_"));
    return combined(estimator, "Div", centred, "scale_");
}

/// (x - mean) times the transposed components, over the root of the variance when it whitens.
Result<std::string> spell_pca(Estimator& estimator, const std::string& input) {
    LUTRA_TRY(const std::string centred, combined(estimator, "Sub", input, "mean_"));
    LUTRA_TRY(onnx::Tensor components, estimator.array("components_"));
    const std::string weights = estimator.emit("Transpose", {estimator.constant(std::move(components))});
    const std::string value = estimator.emit("MatMul", {centred, weights});
    if (!estimator.boolean("whiten", false)) {
        return value;
    }
    LUTRA_TRY(onnx::Tensor deviations, estimator.array("explained_variance_"));
    for (double& deviation : deviations.reals) {
        if (!(deviation > 0)) {
            return estimator.invalid(fmt::format("a component has the variance {}", deviation));
        }
        deviation = std::sqrt(deviation);
    }
    return estimator.emit("Div", {value, estimator.constant(std::move(deviations))});
}

}  // namespace lutra::sklearn
