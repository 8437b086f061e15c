#include "cases.h"
#include "lutra/ops/ternary.h"

namespace lutra::conformance {

std::vector<Case> ternary_cases() {
    return {
        {Ternary{}, {{{2}, narrow}}},
        {Ternary{0.3, 0.7}, {{{2}, wide, -third, third}}},
        {Ternary{0.5, 2}, {{{1}, natural}}},
    };
}

}  // namespace lutra::conformance
