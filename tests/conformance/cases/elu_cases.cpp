#include "cases.h"
#include "lutra/ops/elu.h"

namespace lutra::conformance {

std::vector<Case> elu_cases() {
    return {
        {Elu{}, {{{2}, narrow}}},
        {Elu{{0x1p-6}, 0.5}, {{{2, 2}, {true, 8, 5}}}},
        {Elu{{}, 1.6732632423543772}, {{{1}, wide, third, third}}},
        {Elu{{0x1p-14}, 2}, {{{1}, {true, 12, 8}}}},
        {Elu{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
