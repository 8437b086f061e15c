#include "cases.h"
#include "lutra/ops/softplus.h"

namespace lutra::conformance {

std::vector<Case> softplus_cases() {
    return {
        {Softplus{}, {{{2}, narrow}}},
        {Softplus{0x1p-6}, {{{2, 2}, {false, 8, 5}}}},
        {Softplus{}, {{{1}, wide, third, third}}},
        {Softplus{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Softplus{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
