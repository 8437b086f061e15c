#include "lutra/ops/rsqrt.h"

#include "lutra/num/elementary.h"

namespace lutra {

Result<void> Rsqrt::validate() const {
    auto valid = FunctionOp::validate();
    return valid ? check_limit(info.name, limit, max_error) : valid;
}

WideFunction Rsqrt::approximation(int error_bits) const {
    const Dyadic bound = Dyadic::from_double(limit);
    const auto rounded = [bound](const Dyadic& x, int fraction) {
        const Integer most = floor_divide(bound * Dyadic(Integer(1), fraction), 1);
        return x.sign() <= 0 ? most : std::min(root_of_quotient_rounded(1, x, fraction), most);
    };
    return {rounded, error_bits,
            [law = PowerLaw(Power::ReciprocalRoot, error_bits, bound)](CircuitBuilder& builder, const AffineWire& x) mutable { return law.lower(builder, x); }};
}

}  // namespace lutra
