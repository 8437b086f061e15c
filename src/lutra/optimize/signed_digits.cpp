#include "lutra/optimize/signed_digits.h"

namespace lutra {

std::vector<SignedDigit> signed_digits(const Integer& value) {
    std::vector<SignedDigit> digits;
    Integer rest = value;
    for (int shift = 0; !rest.is_zero();) {
        const int zeros = rest.trailing_zeros();
        rest = rest >> zeros;
        shift += zeros;
        const bool is_negative = rest.bit(1);  // ...11: subtract one now, add one two places up
        digits.push_back({shift, is_negative});
        rest = is_negative ? rest + Integer(1) : rest - Integer(1);
    }
    return digits;
}

}  // namespace lutra
