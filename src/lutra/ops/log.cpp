#include "lutra/ops/log.h"

#include <array>
#include <bit>

#include "lutra/num/elementary.h"
#include "lutra/ops/leading_one.h"

namespace lutra {

namespace {

/// log(factor * (1 + z)) for z in [0, 1), factor in [1, 2).
RealFunction mantissa_log(const Dyadic& factor) {
    return {.rounded = [factor](const Dyadic& z, int fraction) { return log_rounded(factor * (z + Dyadic(1)), fraction); }, .max_slope = 1, .max_curvature = 1};
}

Integer clamped_log(const Dyadic& x, const Dyadic& limit, int fraction) {
    const Integer most = floor_divide(limit * Dyadic(Integer(1), fraction), 1);
    return x.sign() <= 0 ? -most : std::clamp(log_rounded(x, fraction), -most, most);
}

/// log(2^k * m) = k ln 2 + log m. Errors: table E/4, ln 2 in all its places E/8, rounding E/2.
Wire wide_log(CircuitBuilder& builder, const AffineWire& x, const Dyadic& limit, int error_bits) {
    const ScaledWires values = with_common_scale(builder, std::array{x});
    const int x_fraction = builder.type(values.wires[0]).fraction;
    const Wire integer = builder.align(builder.max(builder.scale(values.wires[0], x_fraction), builder.constant(0)), 0);
    const Dyadic unit = values.scale * Dyadic(Integer(1), -x_fraction);
    const int unit_exponent = unit.mantissa().bit_length() - 1 + unit.exponent();
    const int width = std::max(builder.interval(integer).high.bit_length(), 1);
    const Normalized normalized = normalize(builder, integer, width);

    FunctionApproximation table(mantissa_log(unit * Dyadic(Integer(1), -unit_exponent)), error_bits + 2);
    const Wire of_mantissa = table.lower(builder, {normalized.mantissa, Dyadic(Integer(1), -normalized.mantissa_bits)});
    const int exponent = unit_exponent + width - 1;
    int num_logs = exponent < 0 ? -exponent : exponent;
    for (const Normalized::Stage& stage : normalized.stages) {
        num_logs += stage.amount;
    }
    const int log_fraction = error_bits + 4 + static_cast<int>(std::bit_width(static_cast<unsigned>(num_logs)));
    const Dyadic log_of_two(natural_log_of_two(log_fraction), -log_fraction);
    std::vector<LinearTerm> terms = {{of_mantissa, 1}};
    for (const auto& [is_moved, amount] : normalized.stages) {
        terms.push_back({is_moved, -(log_of_two * Dyadic(amount))});
    }
    const Wire sum = builder.round(builder.sum(terms, log_of_two * Dyadic(exponent)), error_bits, Rounding::HalfUp);
    const Wire y = builder.clamp(sum, -limit, limit);
    return builder.mux(builder.equal(integer, builder.constant(0)), builder.constant(-limit), y);
}

}  // namespace

Result<void> Log::validate() const {
    auto valid = FunctionOp::validate();
    return valid ? check_limit(info.name, limit, max_error) : valid;
}

WideFunction Log::approximation(int error_bits) const {
    const Dyadic most = Dyadic::from_double(limit);
    return {[most](const Dyadic& x, int fraction) { return clamped_log(x, most, fraction); }, error_bits,
            [most, error_bits](CircuitBuilder& builder, const AffineWire& x) { return wide_log(builder, x, most, error_bits); }};
}

}  // namespace lutra
