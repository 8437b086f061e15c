#include "lutra/ops/gelu.h"

#include <cmath>
#include <numbers>

#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

/// What x is multiplied with for x >= 0 is 1 - tail, for -x it is the tail.
Integer gelu_rounded(const Dyadic& x, int fraction, const std::function<Enclosure(const IntervalArithmetic&, const Dyadic&)>& tail) {
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) {
        const Enclosure part = at.multiply(at.of(x), tail(at, x.sign() < 0 ? -x : x));
        return x.sign() < 0 ? part : at.of(x) - part;
    });
}

/// 1 - Phi(x) = (1 - erf(x / sqrt(2))) / 2 for x >= 0.
Enclosure normal_tail(const IntervalArithmetic& at, const Dyadic& x) {
    const Enclosure root_of_half = at.square_root(at.ratio(1, 2));
    return at.scale(at.of(1) - at.erf(at.multiply(at.of(x), root_of_half)), -1);
}

/// (1 - tanh(u)) / 2 = 1 / (1 + exp(2 u)) with u = sqrt(2 / pi) * (x + 0.044715 x^3) for x >= 0.
Enclosure tanh_tail(const IntervalArithmetic& at, const Dyadic& x) {
    const Enclosure root = at.square_root(at.reciprocal(at.scale(at.pi(), -1)));
    const Enclosure cubic = at.multiply(at.ratio(44715, 1000000), at.of(x * x * x));
    return at.sigmoid(-at.scale(at.multiply(root, at.of(x) + cubic), 1));
}

}  // namespace

FunctionApproximation Gelu::approximation(int error_bits) const {
    // x (1 - Phi(x)) <= exp(-x^2 / 2) / sqrt(2 pi). With tanh it is x exp(-2 u), and 2 u > x^2 / 2 + 0.7 x.
    const Dyadic far = root_of_log_two(2 * (error_bits + 3));
    const auto tail = tanh ? tanh_tail : normal_tail;
    return {{.rounded = [tail](const Dyadic& x, int fraction) { return gelu_rounded(x, fraction, tail); },
             .max_slope = Dyadic(Integer(73), -6),       // 1.1289...; with tanh 1.1290...
             .max_curvature = Dyadic(Integer(103), -7),  // sqrt(2 / pi) = 0.7978... at 0, both
             .lowest = Dyadic(Integer(-11), -6),         // above are -0.1699... and -0.1700...
             .left = Asymptote{-far, 0},
             .right = Asymptote{far, far, 1}},
            error_bits};
}

double Gelu::value(double x) const {
    if (tanh) {
        return x / 2 * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
    }
    return x / 2 * std::erfc(-x / std::numbers::sqrt2);
}

}  // namespace lutra
