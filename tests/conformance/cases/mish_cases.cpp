#include "cases.h"
#include "lutra/ops/mish.h"

namespace lutra::conformance {

std::vector<Case> mish_cases() {
    return {
        {Mish{}, {{{2}, narrow}}},
        {Mish{0x1p-6}, {{{2, 2}, {false, 8, 5}}}},
        {Mish{}, {{{1}, wide, third, third}}},
        {Mish{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Mish{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
