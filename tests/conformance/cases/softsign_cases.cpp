#include "cases.h"
#include "lutra/ops/softsign.h"

namespace lutra::conformance {

std::vector<Case> softsign_cases() {
    return {
        {Softsign{}, {{{2}, narrow}}},
        {Softsign{0x1p-6}, {{{2, 2}, {false, 8, 5}}}},
        {Softsign{}, {{{1}, wide, third, third}}},
        {Softsign{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Softsign{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
