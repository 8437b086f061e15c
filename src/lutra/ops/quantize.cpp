#include "lutra/ops/quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/ops/quantize_affine.h"

namespace lutra {

namespace {

bool is_integer_in(double value, double low, double high) { return value >= low && value <= high && value == std::floor(value); }

std::unexpected<Diagnostic> invalid(std::string message) { return fail(DiagnosticId::InvalidAttribute, "quantize", std::move(message)); }

/// round() in doubles; independent of num.
double round_reference(double x, Rounding rounding) {
    const double floor = std::floor(x);
    const double ceiling = std::ceil(x);
    const bool is_tie = x - floor == 0.5;
    const double nearest = x - floor < 0.5 ? floor : ceiling;
    switch (rounding) {
        case Rounding::Truncate: return floor;
        case Rounding::TruncateZero: return std::trunc(x);
        case Rounding::HalfUp: return is_tie ? ceiling : nearest;
        case Rounding::HalfDown: return is_tie ? floor : nearest;
        case Rounding::HalfToZero: return is_tie ? std::trunc(x) : nearest;
        case Rounding::HalfFromZero: return std::round(x);
        case Rounding::HalfToEven: return std::nearbyint(x);
        case Rounding::Ceiling: return ceiling;
        case Rounding::FromZero: return x < 0 ? floor : ceiling;
    }
    LUTRA_UNREACHABLE("rounding mode");
}

/// A rational x / scale as a fixed-point raw integer with enough bits that every rounding mode sees on which side of a tie it is.
struct Scaled {
    Integer raw;
    int fraction;
};

Scaled scaled(const Dyadic& x, const Quantize::Element& element) {
    const Dyadic& scale = element.scale;
    if (scale.mantissa() == Integer(1)) {
        const int fraction = std::max(1, -(x.exponent() - scale.exponent()));
        return {x.is_zero() ? Integer(0) : x.mantissa() << (x.exponent() - scale.exponent() + fraction), fraction};
    }
    // Ties and integers are multiples of 1/2: two more bits, the last of them sticky, keep every comparison with them.
    constexpr int fraction = 3;
    const Dyadic eighth(Integer(1), -fraction);
    const Dyadic divisor = scale * eighth;
    Integer quotient = floor_divide(x, divisor);
    if (Dyadic(quotient) * divisor != x) {
        quotient = quotient | Integer(1);
    }
    return {std::move(quotient), fraction};
}

}  // namespace

Quantize Quantize::from(const Quantization& quantization) {
    Quantize op;
    op.scale = std::ldexp(1.0, -quantization.type.fraction);
    op.width = static_cast<double>(quantization.type.width);
    op.is_signed = quantization.type.is_signed ? 1.0 : 0.0;
    op.rounding = quantization.rounding;
    op.overflow = quantization.overflow;
    op.saturation_bits = quantization.saturation_bits;
    return op;
}

Result<void> Quantize::validate() const {
    constexpr double smallest_scale = 1e-200;
    constexpr double largest_scale = 1e200;
    if (!std::ranges::all_of(scale.values, [](double s) { return s >= smallest_scale && s <= largest_scale; })) {
        return invalid("a scale is not positive and between 1e-200 and 1e200");
    }
    if (!std::ranges::all_of(width.values, [](double w) { return is_integer_in(w, 0, max_quantize_width); })) {
        return invalid(fmt::format("a width is not an integer from 0 to {}", max_quantize_width));
    }
    if (!std::ranges::all_of(zero_point.values, [](double z) { return is_integer_in(z, -9e15, 9e15); })) {
        return invalid("a zero point is not an integer");
    }
    if (!std::ranges::all_of(is_signed.values, [](double s) { return s == 0 || s == 1; })) {
        return invalid("signed is neither 0 nor 1");
    }
    if (narrow && overflow != Overflow::Saturate) {
        return invalid("a narrow range goes with overflow SAT only");
    }
    if (saturation_bits < 0 || saturation_bits > max_quantize_width) {
        return invalid(fmt::format("saturation bits are not from 0 to {}", max_quantize_width));
    }
    return {};
}

Result<Shape> Quantize::infer_shape(std::span<const Shape> inputs) const {
    for (const RealTensor* parameter : {&scale, &zero_point, &width, &is_signed}) {
        if (broadcast(parameter->shape, inputs[0]) != inputs[0]) {
            return fail(DiagnosticId::ShapeMismatch, "quantize",
                        fmt::format("a parameter of shape {} does not broadcast to the input's shape {}", to_string(parameter->shape), to_string(inputs[0])));
        }
    }
    return inputs[0];
}

std::vector<Quantize::Element> Quantize::elements(const Shape& shape) const {
    const auto scale_index = broadcast_indices(scale.shape, shape);
    const auto zero_index = broadcast_indices(zero_point.shape, shape);
    const auto width_index = broadcast_indices(width.shape, shape);
    const auto sign_index = broadcast_indices(is_signed.shape, shape);
    std::vector<Element> result(scale_index.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto at = [i](const RealTensor& tensor, const std::vector<std::int64_t>& index) { return tensor[static_cast<std::size_t>(index[i])]; };
        Element& element = result[i];
        element.scale = Dyadic::from_double(at(scale, scale_index));
        element.zero_point = Integer(static_cast<std::int64_t>(at(zero_point, zero_index)));
        const FixedPointType type{at(is_signed, sign_index) != 0, static_cast<int>(at(width, width_index)), 0};
        element.quantization = {type, rounding, overflow, std::min(saturation_bits, type.width)};
        element.range = range_of(type);
        if (narrow && type.width > 0) {
            (type.is_signed ? element.range.low : element.range.high) += type.is_signed ? 1 : -1;
        }
        if (overflow == Overflow::SaturateSymmetric) {
            element.range.low = type.is_signed ? -element.range.high : Integer(0);
        }
    }
    return result;
}

TensorType Quantize::quantized_type(const Shape& shape) const {
    CircuitBuilder scratch;
    WireTensor tensor{shape, {}};
    for (const Element& element : elements(shape)) {
        tensor.elements.push_back(dequantize(scratch, scratch.input(element.quantization.type), element));
    }
    return type_of(scratch, tensor);
}

Result<WireTensor> Quantize::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    WireTensor result{inputs[0].shape, {}};
    const auto quantizers = elements(inputs[0].shape);
    for (std::size_t i = 0; i < quantizers.size(); ++i) {
        LUTRA_TRY(const Wire q, quantize_affine(builder, inputs[0].elements[i], quantizers[i]));
        result.elements.push_back(dequantize(builder, q, quantizers[i]));
    }
    return result;
}

RealTensor Quantize::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    const auto quantizers = elements(y.shape);
    for (std::size_t i = 0; i < y.values.size(); ++i) {
        const Element& element = quantizers[i];
        const double s = element.scale.to_double();
        const double z = element.zero_point.to_double();
        const double low = element.range.low.to_double();
        const double high = element.range.high.to_double();
        double q = round_reference(y.values[i] / s + z, rounding);
        const bool is_outside = q < low || q > high;
        if (overflow == Overflow::Saturate || overflow == Overflow::SaturateSymmetric) {
            q = std::clamp(q, low, high);
        } else if (is_outside && overflow == Overflow::SaturateZero) {
            q = 0;
        } else if (is_outside && saturation_bits == 0 && overflow == Overflow::Wrap) {
            const double span = high - low + 1;
            q = q - span * std::floor((q - low) / span);
        } else if (is_outside) {
            q = quantize_raw(Dyadic::from_double(q).raw(0), 0, element.quantization).to_double();
        }
        y.values[i] = (q - z) * s;
    }
    return y;
}

Integer quantize_value(const Dyadic& x, const Quantize::Element& element) {
    const Scaled ratio = scaled(x, element);
    const Integer q = quantize_raw(ratio.raw + (element.zero_point << ratio.fraction), ratio.fraction, element.quantization);
    const bool clamps = element.quantization.overflow == Overflow::Saturate || element.quantization.overflow == Overflow::SaturateSymmetric;
    return clamps ? std::clamp(q, element.range.low, element.range.high) : q;
}

Integer quantize_value(double x, const Quantize::Element& element) {
    constexpr double largest_exact = 1LL << 50;
    const bool is_plain = element.quantization.overflow == Overflow::Saturate && element.zero_point.is_zero() && element.scale.mantissa() == Integer(1) &&
                          element.quantization.type.width < 50;
    const double scaled_x = std::ldexp(x, -element.scale.exponent());
    if (is_plain && std::abs(scaled_x) < largest_exact && std::abs(scaled_x) > 1e-200 && element.quantization.rounding == Rounding::HalfToEven) {
        const auto q = static_cast<std::int64_t>(std::nearbyint(scaled_x));
        return std::clamp(q, element.range.low.to_int64(), element.range.high.to_int64());
    }
    return quantize_value(Dyadic::from_double(x), element);
}

AffineWire dequantize(CircuitBuilder& builder, Wire q, const Quantize::Element& element) {
    const Dyadic offset = -(Dyadic(element.zero_point) * element.scale);
    return {builder.scale(q, element.scale.exponent()), Dyadic(element.scale.mantissa()), offset};
}

}  // namespace lutra
