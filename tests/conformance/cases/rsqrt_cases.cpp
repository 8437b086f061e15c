#include "cases.h"
#include "lutra/ops/rsqrt.h"

namespace lutra::conformance {

std::vector<Case> rsqrt_cases() {
    return {
        {Rsqrt{}, {{{2}, narrow}}},
        {Rsqrt{{0x1p-6}, 16}, {{{2, 2}, {false, 8, 5}}}},
        {Rsqrt{}, {{{1}, wide, third, third}}},
        {Rsqrt{{0x1p-12}, 100}, {{{2}, {true, 14, 8}}}},
        {Rsqrt{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
