#include "cases.h"
#include "lutra/ops/relu.h"

namespace lutra::conformance {

std::vector<Case> relu_cases() {
    return {
        {Relu{}, {{{2}, narrow}}},
        {Relu{}, {{{2}, wide, third}}},
        {Relu{}, {{{1}, narrow, -third, third}}},
        {Relu{}, {{{2}, natural}}},
    };
}

}  // namespace lutra::conformance
