#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/onnx/axis_parameter.h"
#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/quant_parameters.h"

namespace lutra::onnx {

namespace {

double rounded(double x, Rounding rounding) {
    switch (rounding) {
        case Rounding::Truncate: return std::floor(x);
        case Rounding::TruncateZero: return std::trunc(x);
        case Rounding::HalfUp: return std::floor(x + 0.5);
        case Rounding::HalfDown: return std::ceil(x - 0.5);
        case Rounding::HalfToZero: return std::copysign(std::ceil(std::abs(x) - 0.5), x);
        case Rounding::HalfFromZero: return std::copysign(std::floor(std::abs(x) + 0.5), x);
        case Rounding::HalfToEven: return std::nearbyint(x);
        case Rounding::Ceiling: return std::ceil(x);
        case Rounding::FromZero: return std::copysign(std::ceil(std::abs(x)), x);
    }
    LUTRA_UNREACHABLE("rounding mode");
}

/// Parameters of a quantiser of constants, each broadcast to the shape of the tensor.
struct Broadcast {
    const Tensor* tensor;
    std::vector<std::int64_t> index;
    double at(std::size_t i) const { return tensor->value(static_cast<std::size_t>(index[i])); }
};

Result<Broadcast> broadcast_parameter(NodeContext& context, const Tensor& parameter, const Shape& shape) {
    const auto common = broadcast(parameter.shape, shape);
    if (parameter.is_scalar()) {
        return Broadcast{&parameter, std::vector<std::int64_t>(static_cast<std::size_t>(num_elements(shape)), 0)};
    }
    if (common != shape) {
        return context.invalid(
            fmt::format("a parameter of shape {} does not broadcast to the tensor's shape {}", to_string(parameter.shape), to_string(shape)));
    }
    return Broadcast{&parameter, broadcast_indices(parameter.shape, shape)};
}

/// Integers times scale, kept exact: 24 bits times few bits fit into a double. A framework rounds the product to its float type, which would
/// turn weights of a few bits into ones of 24.
void decide_exact_products(NodeContext& context, const Tensor& result) {
    if (!std::ranges::all_of(result.reals, [&](double x) { return round_to(result.type, x) == x; })) {
        context.decide("weights are the quantised integers times their scale, exactly; a framework rounds the products to float32");
    }
}

Result<const Tensor*> positive_scale(NodeContext& context, const Tensor& scale) {
    const auto real = to_real(scale);
    if (!std::ranges::all_of(real.values, [](double s) { return s > 0; })) {
        return context.unsupported("a scale is not positive", "quantise with positive scales");
    }
    return &scale;
}

}  // namespace

Result<Tensor> fold_quant(NodeContext& context) {
    LUTRA_TRY(const QuantParameters parameters, quant_parameters(context));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const Tensor* scale_tensor, context.need_constant(1, "scale"));
    LUTRA_TRY(const Tensor* zero_tensor, context.need_constant(2, "zero point"));
    LUTRA_TRY(const Tensor* width_tensor, context.need_constant(3, "bit width"));
    LUTRA_TRY(const Tensor* positive, positive_scale(context, *scale_tensor));
    LUTRA_TRY(const Broadcast scale, broadcast_parameter(context, *positive, x->shape));
    LUTRA_TRY(const Broadcast zero_point, broadcast_parameter(context, *zero_tensor, x->shape));
    LUTRA_TRY(const Broadcast width, broadcast_parameter(context, *width_tensor, x->shape));
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    const ElementType quotient_type = promoted(x->type, scale_tensor->type);
    const ElementType sum_type = promoted(quotient_type, zero_tensor->type);
    Tensor result = make_tensor(ElementType::Float32, x->shape);
    for (std::size_t i = 0; i < x->size(); ++i) {
        const double w = width.at(i);
        if (!(w >= 1 && w <= 64 && w == std::floor(w))) {
            return context.unsupported("a bit width is not an integer from 1 to 64", "round the learned bit width up in the model");
        }
        double q = round_to(quotient_type, x->value(i) / scale.at(i));
        q = round_to(sum_type, q + zero_point.at(i));
        q = parameters.is_bipolar(w) ? (q >= 0 ? 1 : -1) : rounded(std::clamp(q, parameters.low(w), parameters.high(w)), parameters.rounding);
        result.reals[i] = (q - zero_point.at(i)) * scale.at(i) + 0.0;
    }
    decide_exact_products(context, result);
    return result;
}

Result<Tensor> fold_bipolar_quant(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const Tensor* scale_tensor, context.need_constant(1, "scale"));
    LUTRA_TRY(const Broadcast scale, broadcast_parameter(context, *scale_tensor, x->shape));
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(ElementType::Float32, x->shape);
    for (std::size_t i = 0; i < x->size(); ++i) {
        result.reals[i] = x->value(i) >= 0 ? scale.at(i) : -scale.at(i);
    }
    return result;
}

Result<Tensor> fold_quantize_linear(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    context.ignore("output_dtype");
    LUTRA_TRY(const LinearParameters parameters, linear_parameters(context, x->shape, ElementType::UInt8));
    LUTRA_TRY(const Tensor* positive, positive_scale(context, parameters.scale));
    LUTRA_TRY(const Broadcast scale, broadcast_parameter(context, *positive, x->shape));
    LUTRA_TRY(const Broadcast zero_point, broadcast_parameter(context, parameters.zero_point, x->shape));
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(parameters.zero_point.type, x->shape);
    const IntegerRange range = integer_range(result.type);
    for (std::size_t i = 0; i < x->size(); ++i) {
        const double q = std::nearbyint(round_to(x->is_real() ? x->type : ElementType::Float32, x->value(i) / scale.at(i))) + zero_point.at(i);
        result.integers[i] =
            q >= static_cast<double>(range.high) ? range.high : (q <= static_cast<double>(range.low) ? range.low : static_cast<std::int64_t>(q));
    }
    return result;
}

Result<Tensor> fold_dequantize_linear(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    context.ignore("output_dtype");
    if (x->is_real()) {
        return context.invalid("its input must be integers");
    }
    LUTRA_TRY(const LinearParameters parameters, linear_parameters(context, x->shape, x->type));
    LUTRA_TRY(const Broadcast scale, broadcast_parameter(context, parameters.scale, x->shape));
    LUTRA_TRY(const Broadcast zero_point, broadcast_parameter(context, parameters.zero_point, x->shape));
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(parameters.scale.type, x->shape);
    for (std::size_t i = 0; i < x->size(); ++i) {
        result.reals[i] = (x->value(i) - zero_point.at(i)) * scale.at(i);
    }
    decide_exact_products(context, result);
    return result;
}

}  // namespace lutra::onnx
