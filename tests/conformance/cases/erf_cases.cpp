#include "cases.h"
#include "lutra/ops/erf.h"

namespace lutra::conformance {

std::vector<Case> erf_cases() {
    return {
        {Erf{}, {{{2}, narrow}}},
        {Erf{0x1p-6}, {{{2, 2}, {false, 8, 5}}}},
        {Erf{}, {{{1}, wide, third, third}}},
        {Erf{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Erf{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
