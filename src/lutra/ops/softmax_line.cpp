#include "lutra/ops/softmax_line.h"

#include <algorithm>
#include <bit>

#include "lutra/num/elementary.h"
#include "lutra/ops/tournament.h"

namespace lutra {

namespace {

/// Bits behind the point of every exponential: (N + 1) * 2^-fraction <= E / 8, and never fewer than the table of 2^-f gives.
int exponential_fraction(std::size_t length, int error_bits) { return error_bits + 3 + std::max(3, static_cast<int>(std::bit_width(length + 1))); }

/// exp(-x) for x >= 0.
RealFunction exponential_function(int fraction) {
    return {.rounded = [](const Dyadic& x, int f) { return exp_rounded(-x, f); },
            .max_slope = 1,
            .max_curvature = 1,
            .lowest = 0,
            .highest = 1,
            .right = Asymptote{multiple_of_log_two(fraction), 0}};
}

/// Every value moved by the same constant, such that the first has no offset: softmax does not see that.
std::vector<AffineWire> without_common_offset(std::span<const AffineWire> x) {
    std::vector<AffineWire> moved(x.begin(), x.end());
    for (AffineWire& value : moved) {
        value.offset = value.offset - x[0].offset;
    }
    return moved;
}

}  // namespace

SoftmaxLine::SoftmaxLine(std::size_t length, int error_bits)
    : length_(length),
      error_bits_(error_bits),
      fraction_(exponential_fraction(length, error_bits)),
      exponential_(exponential_function(fraction_), fraction_),
      wide_exponential_(error_bits, fraction_),
      reciprocal_(Power::Reciprocal, error_bits + 3, 1) {}

std::vector<AffineWire> SoftmaxLine::lower(CircuitBuilder& builder, std::span<const AffineWire> x) {
    if (length_ == 1) {
        return {{builder.constant(1)}};
    }
    const auto [distances, exponentials, sum] = powers(builder, x);
    const Wire r = reciprocal_.lower(builder, {sum});
    const FixedPointType probability{false, error_bits_ + 1, error_bits_};
    std::vector<AffineWire> result;
    for (const Wire e : exponentials) {
        const Wire product = builder.multiply(builder.round(e, error_bits_ + 5, Rounding::Truncate), r);
        const Wire rounded = builder.align(builder.round(product, error_bits_, Rounding::HalfUp), error_bits_);
        result.push_back({builder.wrap(rounded, probability)});  // a product of two numbers up to 1: nothing is cut
    }
    return result;
}

SoftmaxLine::Powers SoftmaxLine::powers(CircuitBuilder& builder, std::span<const AffineWire> x) {
    Powers result{.distances = with_common_scale(builder, without_common_offset(x)), .exponentials = {}, .sum = {}};
    result.distances.wires = distances(builder, result.distances.wires);
    std::vector<LinearTerm> terms;
    for (const Wire distance : result.distances.wires) {
        result.exponentials.push_back(exponential(builder, distance, result.distances.scale));
        terms.push_back({result.exponentials.back(), 1});
    }
    result.sum = builder.max(builder.sum(terms, 0), builder.constant(1));
    return result;
}

std::vector<Wire> SoftmaxLine::distances(CircuitBuilder& builder, const std::vector<Wire>& values) const {
    const Wire largest = tournament(values, [&](Wire a, Wire b) { return builder.max(a, b); });
    std::vector<Wire> result;
    for (const Wire value : values) {
        const Wire distance = builder.subtract(largest, value);
        // Never negative, which intervals cannot know: the sign is cut off.
        const FixedPointType type = smallest_type(0, std::max(builder.interval(distance).high, Integer(0)), builder.type(distance).fraction);
        result.push_back(builder.wrap(distance, type));
    }
    return result;
}

Wire SoftmaxLine::exponential(CircuitBuilder& builder, Wire distance, const Dyadic& scale) {
    const Interval range = builder.interval(distance);
    if (range.high - range.low < Integer(FunctionApproximation::max_direct_entries)) {
        return exponential_.lower(builder, {distance, scale});
    }
    return wide_exponential_.lower(builder, {distance, -scale});
}

}  // namespace lutra
