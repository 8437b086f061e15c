#include "lutra/import/onnx/emit_quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace lutra::onnx {

namespace {

/// The type of integers with exactly this range.
struct RangeType {
    int width;
    bool is_signed;
    bool is_narrow;
};

std::optional<RangeType> type_of_range(std::int64_t low, std::int64_t high) {
    for (int width = 1; width <= 62; ++width) {
        const std::int64_t half = std::int64_t{1} << (width - 1);
        for (const bool is_narrow : {false, true}) {
            if (low == 0 && high == 2 * half - (is_narrow ? 2 : 1)) {
                return RangeType{width, false, is_narrow};
            }
            if (low == (is_narrow ? 1 - half : -half) && high == half - 1) {
                return RangeType{width, true, is_narrow};
            }
        }
    }
    return std::nullopt;
}

/// The smallest type that holds these integers.
RangeType type_around(std::int64_t low, std::int64_t high) {
    const bool is_signed = low < 0;
    int width = is_signed ? 1 : 0;
    while ((is_signed && low < -(std::int64_t{1} << (width - 1))) || high > (std::int64_t{1} << (is_signed ? width - 1 : width)) - 1) {
        ++width;
    }
    return {width, is_signed, false};
}

bool is_even(double x) { return std::fmod(x, 2) == 0; }

AttributeMap attributes_of_type(const RangeType& type) {
    return {{"width", static_cast<double>(type.width)}, {"signed", type.is_signed ? 1.0 : 0.0}, {"narrow", type.is_narrow}};
}

}  // namespace

void decide_exact_quotient(NodeContext& context, const RealTensor& scale) {
    int exponent = 0;
    if (!std::ranges::all_of(scale.values, [&](double s) { return std::frexp(s, &exponent) == 0.5; })) {
        context.decide(
            "x / scale is rounded to an integer from its exact value; a framework that rounds it to float32 first may differ where it lies at a tie");
    }
}

Result<Event> emit_quantize(NodeContext& context, const Event& input, const IntegerQuantizer& quantizer) {
    decide_exact_quotient(context, quantizer.scale);
    const auto type = type_of_range(quantizer.low, quantizer.high);
    if (type && std::ranges::all_of(quantizer.zero_point.values, is_even)) {
        AttributeMap attributes = attributes_of_type(*type);
        attributes["scale"] = quantizer.scale;
        attributes["zero_point"] = quantizer.zero_point;
        return context.add("quantize", attributes, input);
    }
    if (quantizer.scale.size() != 1 || quantizer.zero_point.size() != 1) {
        return context.unsupported(
            fmt::format("scales per channel go with even zero points and the range of a type, not with {} to {}", quantizer.low, quantizer.high),
            "use one scale for the whole tensor, or symmetric quantisation");
    }
    // Bounds are whole multiples of the scale: rounding cannot leave them, so clipping before rounding is the same as after it.
    const auto zero_point = static_cast<std::int64_t>(quantizer.zero_point[0]);
    const std::int64_t low = quantizer.low - zero_point;
    const std::int64_t high = quantizer.high - zero_point;
    const double scale = quantizer.scale[0];
    LUTRA_TRY(const Event clipped, context.add("clip", {{"min", static_cast<double>(low) * scale}, {"max", static_cast<double>(high) * scale}}, input));
    AttributeMap attributes = attributes_of_type(type_around(low, high));
    attributes["scale"] = scale;
    return context.add("quantize", attributes, clipped);
}

}  // namespace lutra::onnx
