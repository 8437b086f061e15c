#include "cases.h"
#include "lutra/ops/thresholded_relu.h"

namespace lutra::conformance {

std::vector<Case> thresholded_relu_cases() {
    return {
        {ThresholdedRelu{}, {{{2}, narrow}}},
        {ThresholdedRelu{0}, {{{2}, narrow, third}}},
        {ThresholdedRelu{-0.5}, {{{2, 2}, wide, -third, third}}},
        {ThresholdedRelu{100}, {{{2}, natural}}},
    };
}

}  // namespace lutra::conformance
