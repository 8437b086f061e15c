#include "cases.h"
#include "lutra/ops/gelu.h"

namespace lutra::conformance {

std::vector<Case> gelu_cases() {
    return {
        {Gelu{}, {{{2}, narrow}}},
        {Gelu{{}, true}, {{{2}, narrow}}},
        {Gelu{{0x1p-6}, true}, {{{2, 2}, {false, 8, 5}}}},
        {Gelu{}, {{{1}, wide, third, third}}},
        {Gelu{{}, true}, {{{1}, wide, third, third}}},
        {Gelu{{0x1p-14}}, {{{1}, {true, 12, 8}}}},
        {Gelu{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
