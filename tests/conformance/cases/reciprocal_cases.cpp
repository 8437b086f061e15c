#include "cases.h"
#include "lutra/ops/reciprocal.h"

namespace lutra::conformance {

std::vector<Case> reciprocal_cases() {
    return {
        {Reciprocal{}, {{{2}, narrow}}},
        {Reciprocal{{0x1p-6}, 16}, {{{2, 2}, {false, 8, 5}}}},
        {Reciprocal{}, {{{1}, wide, third, third}}},
        {Reciprocal{{0x1p-12}, 100}, {{{2}, {true, 14, 8}}}},
        {Reciprocal{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
