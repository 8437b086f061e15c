#include "lutra/ops/reciprocal.h"

#include <array>

#include "lutra/num/elementary.h"

namespace lutra {

namespace {

/// The sign of x with 1 / |x|.
Wire wide_reciprocal(CircuitBuilder& builder, const AffineWire& x, PowerLaw& law) {
    const ScaledWires values = with_common_scale(builder, std::array{x});
    const Wire magnitude = law.lower(builder, {builder.abs(values.wires[0]), values.scale});
    return builder.mux(builder.is_negative(values.wires[0]), builder.negate(magnitude), magnitude);
}

}  // namespace

Result<void> Reciprocal::validate() const {
    auto valid = FunctionOp::validate();
    return valid ? check_limit(info.name, limit, max_error) : valid;
}

WideFunction Reciprocal::approximation(int error_bits) const {
    const Dyadic bound = Dyadic::from_double(limit);
    const auto rounded = [bound](const Dyadic& x, int fraction) {
        const Integer most = floor_divide(bound * Dyadic(Integer(1), fraction), 1);
        if (x.sign() < 0) {
            return -std::min(reciprocal_rounded(-x, fraction), most);
        }
        return x.is_zero() ? most : std::min(reciprocal_rounded(x, fraction), most);
    };
    return {rounded, error_bits, [law = PowerLaw(Power::Reciprocal, error_bits, bound)](CircuitBuilder& builder, const AffineWire& x) mutable {
                return wide_reciprocal(builder, x, law);
            }};
}

}  // namespace lutra
