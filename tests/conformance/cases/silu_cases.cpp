#include "cases.h"
#include "lutra/ops/silu.h"

namespace lutra::conformance {

std::vector<Case> silu_cases() {
    return {
        {Silu{}, {{{2}, narrow}}},
        {Silu{0x1p-6}, {{{2, 2}, {false, 8, 5}}}},
        {Silu{}, {{{1}, wide, third, third}}},
        {Silu{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Silu{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
