#include "cases.h"
#include "lutra/ops/exp.h"

namespace lutra::conformance {

std::vector<Case> exp_cases() {
    return {
        {Exp{}, {{{2}, narrow}}},
        {Exp{{0x1p-6}, 16}, {{{2, 2}, {false, 8, 5}}}},
        {Exp{}, {{{1}, wide, third, third}}},
        {Exp{{0x1p-12}, 100}, {{{2}, {true, 14, 8}}}},
        {Exp{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
