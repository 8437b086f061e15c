#include "cases.h"
#include "lutra/ops/rms_normalization.h"

namespace lutra::conformance {

std::vector<Case> rms_normalization_cases() {
    return {
        {RmsNormalization{}, {{{2}, narrow}}},
        {RmsNormalization{.max_error = 0x1p-6, .scale = {{3}, {1, 0.5, -2}}}, {{{2, 3}, {true, 8, 4}}}},
        {RmsNormalization{.epsilon = 0.001, .axis = 0}, {{{2, 2}, wide, third, third}}},
        {RmsNormalization{.max_error = 0x1p-12, .epsilon = 0}, {{{4}, {true, 20, 10}}}},
    };
}

}  // namespace lutra::conformance
