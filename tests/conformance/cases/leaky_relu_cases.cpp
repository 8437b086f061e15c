#include "cases.h"
#include "lutra/ops/leaky_relu.h"

namespace lutra::conformance {

std::vector<Case> leaky_relu_cases() {
    return {
        {LeakyRelu{}, {{{2}, narrow}}},     {LeakyRelu{0.01F}, {{{1}, wide, third}}},
        {LeakyRelu{-0.5}, {{{1}, narrow}}}, {LeakyRelu{3}, {{{1}, narrow, -third, third}}},
        {LeakyRelu{0}, {{{1}, natural}}},
    };
}

}  // namespace lutra::conformance
