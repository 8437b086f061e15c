#include "cases.h"
#include "lutra/ops/sqrt.h"

namespace lutra::conformance {

std::vector<Case> sqrt_cases() {
    return {
        {Sqrt{}, {{{2}, narrow}}},
        {Sqrt{{0x1p-6}, 16}, {{{2, 2}, {false, 8, 5}}}},
        {Sqrt{}, {{{1}, wide, third, third}}},
        {Sqrt{{0x1p-12}, 100}, {{{2}, {true, 14, 8}}}},
        {Sqrt{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
