#include "cases.h"
#include "lutra/ops/batch_normalization.h"

namespace lutra::conformance {

std::vector<Case> batch_normalization_cases() {
    const BatchNormalization per_channel{.scale = {{3}, {1.5, -0.3, 0}},
                                         .bias = {{3}, {0.1, 0.2, -7}},
                                         .mean = {{3}, {0, 0.7, 1}},
                                         .variance = {{3}, {1, 0.01, 4}},
                                         .epsilon = 1e-3,
                                         .axis = -1};
    BatchNormalization first_axis = per_channel;
    first_axis.axis = 0;
    return {
        {per_channel, {{{3}, narrow}}},
        {per_channel, {{{2, 3}, wide, third, Dyadic(5)}}},
        {first_axis, {{{3, 2}, natural}}},
        {BatchNormalization{}, {{{4}, narrow}}},
    };
}

}  // namespace lutra::conformance
