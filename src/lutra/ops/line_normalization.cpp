#include "lutra/ops/line_normalization.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/ir/axis.h"

namespace lutra {

namespace {

/// The smallest n >= 0 with magnitude <= 2^n.
int bits_of(double magnitude) {
    int bits = 0;
    while (std::ldexp(1.0, bits) < magnitude) {
        ++bits;
    }
    return bits;
}

/// x * 2^fraction rounded to the nearest integer, back as a number.
Dyadic rounded(double x, int fraction) {
    const Integer twice = floor_divide(Dyadic::from_double(x) * Dyadic(Integer(1), fraction + 1), 1);
    return {(twice + Integer(1)) >> 1, -fraction};
}

double largest_magnitude(const RealTensor& parameter) {
    double largest = 0;
    for (const double value : parameter.values) {
        largest = std::max(largest, std::abs(value));
    }
    return largest;
}

}  // namespace

LineNormalization::LineNormalization(int error_bits, double largest_gain)
    : error_bits_(error_bits), gain_bits_(bits_of(largest_gain)), root_(mantissa_function(Power::ReciprocalRoot, 1), error_bits + gain_bits_ + 3) {}

/// Even, and such that e, rounded to that fraction, is off by R/8 of the smallest sum that is not 0: half of that reaches r.
int LineNormalization::epsilon_fraction(const Line& line) const {
    const Integer smallest = floor_divide(line.epsilon_numerator, line.epsilon_denominator) + Integer(1);
    const int wanted = error_bits_ + gain_bits_ + 2 - (smallest.bit_length() - 1);
    return std::max(0, wanted + wanted % 2);
}

/// value * 2^-k in a type that holds magnitudes up to sqrt(2), where the sum is below 4^magnitude before it is moved.
Wire LineNormalization::moved(CircuitBuilder& builder, Wire value, const Normalized& sum, int magnitude) const {
    const FixedPointType type{true, magnitude + 2, 0};
    Wire result = builder.wrap(builder.align(value, 0), type);
    for (const auto& [is_moved, amount] : sum.stages) {
        if (amount > 1) {
            const Wire up = builder.wrap(builder.align(builder.scale(result, amount / 2), 0), type);
            result = builder.extend(builder.mux(is_moved, up, result), type);
        }
    }
    return builder.round(builder.scale(result, -magnitude), error_bits_ + gain_bits_ + 4, Rounding::Truncate);
}

std::vector<Wire> LineNormalization::lower(CircuitBuilder& builder, const Line& line) {
    const int fraction = epsilon_fraction(line);
    const Dyadic numerator = line.epsilon_numerator * Dyadic(Integer(1), fraction + 1);
    const Integer epsilon = (floor_divide(numerator, line.epsilon_denominator) + Integer(1)) >> 1;
    std::vector<LinearTerm> squares;
    for (const Wire value : line.values) {
        squares.push_back({builder.multiply(value, value), Dyadic(Integer(1), fraction)});
    }
    const Wire sum = builder.align(builder.sum(squares, Dyadic(epsilon)), 0);
    int width = builder.interval(sum).high.bit_length();
    width += width % 2 == 0 ? 1 : 0;  // so that the leading one stands at an even place
    const Normalized normalized = normalize(builder, sum, std::max(width, fraction + 1));
    const Wire root = root_.lower(builder, {with_parity(builder, normalized), Dyadic(Integer(1), -normalized.mantissa_bits)});
    const int magnitude = (normalized.width() - 1 - fraction) / 2;  // of a value: its square times 2^fraction is below the sum
    std::vector<Wire> results;
    for (std::size_t i = 0; i < line.values.size(); ++i) {
        const Wire r = builder.multiply(moved(builder, line.values[i], normalized, magnitude), root);
        const std::array terms = {LinearTerm{r, rounded(line.gains[i], error_bits_ + 4)}};
        results.push_back(builder.round(builder.sum(terms, rounded(line.biases[i], error_bits_ + 5)), error_bits_, Rounding::HalfUp));
    }
    return results;
}

Result<NormalizedAxes> normalized_axes(std::string_view op, const Shape& shape, int axis, std::span<const RealTensor* const> parameters) {
    LUTRA_TRY(const std::size_t first, checked_axis(op, axis, shape.size()));
    const Shape normalized(shape.begin() + static_cast<std::ptrdiff_t>(first), shape.end());
    for (const RealTensor* parameter : parameters) {
        if (!parameter->shape.empty() && parameter->shape != normalized) {
            return fail(DiagnosticId::ShapeMismatch, std::string(op),
                        fmt::format("a parameter has the shape {}; the normalised axes have the shape {}", to_string(parameter->shape), to_string(normalized)));
        }
    }
    const auto length = static_cast<std::size_t>(num_elements(normalized));
    constexpr std::size_t most_values = 1 << 16;
    if (length == 0 || length > most_values) {
        return fail(DiagnosticId::UnsupportedShape, std::string(op), fmt::format("it normalises {} values; 1 to {} are supported", length, most_values));
    }
    return NormalizedAxes{static_cast<std::size_t>(num_elements(shape)) / length, length};
}

Result<void> check_normalization(std::string_view op, double epsilon, double max_error, const RealTensor& scale, std::size_t length) {
    if (!(std::isfinite(epsilon) && epsilon >= 0)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op), fmt::format("epsilon is {}, which is negative or not finite", epsilon));
    }
    constexpr double most_errors = 0x1p26;
    const double gain = largest_magnitude(scale) * std::sqrt(static_cast<double>(length));
    if (!(gain <= most_errors * max_error)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op), fmt::format("its results reach {}, more than 2^26 times max_error {}", gain, max_error));
    }
    return {};
}

WireTensor lower_lines(CircuitBuilder& builder, const WireTensor& x, const NormalizedAxes& axes, const NormalizationPlan& plan) {
    const double root = std::sqrt(static_cast<double>(axes.length));
    LineNormalization::Line line;
    for (std::size_t i = 0; i < axes.length; ++i) {
        line.gains.push_back(parameter_at(plan.scale, i) * root);
        line.biases.push_back(parameter_at(plan.bias, i));
    }
    line.epsilon_numerator = Dyadic::from_double(plan.epsilon);
    for (int i = 0; i < plan.epsilon_power; ++i) {
        line.epsilon_numerator = line.epsilon_numerator * Dyadic(Integer(static_cast<std::int64_t>(axes.length)));
    }
    LineNormalization normalization(error_bits_of(plan.max_error), largest_magnitude(plan.scale) * root);
    WireTensor result{x.shape, {}};
    for (std::size_t begin = 0; begin < x.elements.size(); begin += axes.length) {
        const ScaledWires values = with_common_scale(builder, std::span(x.elements).subspan(begin, axes.length));
        int fraction = -max_fraction;
        for (const Wire wire : values.wires) {
            fraction = std::max(fraction, builder.type(wire).fraction);
        }
        std::vector<Wire> integers;
        for (const Wire wire : values.wires) {
            integers.push_back(builder.scale(wire, fraction));
        }
        const Dyadic unit = values.scale * Dyadic(Integer(1), -fraction);
        line.values = plan.differences(builder, integers);
        line.epsilon_denominator = unit * unit;
        for (const Wire y : normalization.lower(builder, line)) {
            result.elements.push_back({y});
        }
    }
    return result;
}

}  // namespace lutra
