#include "cases.h"
#include "lutra/ops/quantize.h"

namespace lutra::conformance {

std::vector<Case> quantize_cases() {
    return {
        {Quantize::from({{true, 4, 1}, Rounding::HalfToEven, Overflow::Saturate}), {{{2}, narrow}}},
        {Quantize::from({{false, 6, 3}, Rounding::Truncate, Overflow::Wrap}), {{{1}, wide}}},
        {Quantize::from({{true, 6, 3}, Rounding::HalfUp, Overflow::SaturateSymmetric}), {{{1}, wide}}},
        {Quantize{.scale = 0.29, .zero_point = 5.0, .width = 4.0, .is_signed = 0.0}, {{{2}, narrow}}},
        {Quantize{.scale = {{2}, {0.3, 0.07}}, .width = {{2}, {3, 5}}, .narrow = true}, {{{2}, wide, third}}},
    };
}

}  // namespace lutra::conformance
