#include "cases.h"
#include "lutra/ops/layer_normalization.h"

namespace lutra::conformance {

std::vector<Case> layer_normalization_cases() {
    return {
        {LayerNormalization{}, {{{2}, narrow}}},
        {LayerNormalization{.max_error = 0x1p-6, .scale = {{3}, {1, 0.5, -2}}, .bias = {{3}, {0, 1, 0.25}}}, {{{2, 3}, {true, 8, 4}}}},
        {LayerNormalization{.epsilon = 0.001, .axis = 0}, {{{2, 2}, wide, third, third}}},
        {LayerNormalization{.max_error = 0x1p-12, .epsilon = 0}, {{{4}, {true, 20, 10}}}},
    };
}

}  // namespace lutra::conformance
