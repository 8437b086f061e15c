#include "lutra/ops/exp.h"

#include <array>

#include "lutra/num/elementary.h"
#include "lutra/ops/exponential.h"

namespace lutra {

namespace {

Integer exp_up_to(const Dyadic& x, const Dyadic& limit, int fraction) {
    const Integer most = floor_divide(limit * Dyadic(Integer(1), fraction), 1);
    if (x >= limit) {  // exp(x) > x
        return most;
    }
    return -x > Dyadic(max_elementary_argument) ? Integer(0) : std::min(exp_rounded(x, fraction), most);
}

/// Errors: the exponential at its largest E/16, its moves 6/64 E, rounding E/2.
Wire wide_exp(CircuitBuilder& builder, const AffineWire& x, const Dyadic& limit, int error_bits) {
    const ScaledWires values = with_common_scale(builder, std::array{x});
    const Wire wire = values.wires[0];
    const Dyadic highest = values.scale * Dyadic(builder.interval(wire).high, -builder.type(wire).fraction);
    const int limit_bits = limit.mantissa().bit_length() + limit.exponent();  // limit < 2^limit_bits
    int top = 0;
    while (top <= limit_bits && multiple_of_log_two(top) <= highest) {
        ++top;
    }
    Exponential exponential(error_bits + top, error_bits + 6);
    const Wire y = exponential.lower(builder, {wire, values.scale}, top);
    return builder.min(builder.round(y, error_bits, Rounding::HalfUp), builder.constant(limit));
}

}  // namespace

Result<void> Exp::validate() const {
    auto valid = FunctionOp::validate();
    return valid ? check_limit(info.name, limit, max_error) : valid;
}

WideFunction Exp::approximation(int error_bits) const {
    const Dyadic most = Dyadic::from_double(limit);
    return {[most](const Dyadic& x, int fraction) { return exp_up_to(x, most, fraction); }, error_bits,
            [most, error_bits](CircuitBuilder& builder, const AffineWire& x) { return wide_exp(builder, x, most, error_bits); }};
}

}  // namespace lutra
