#include "cases.h"
#include "lutra/ops/abs.h"

namespace lutra::conformance {

std::vector<Case> abs_cases() {
    return {
        {Abs{}, {{{2}, narrow}}},
        {Abs{}, {{{3}, natural, third}}},
        {Abs{}, {{{2, 2}, narrow, -third}}},
        {Abs{}, {{{2}, wide, third, third}}},
    };
}

}  // namespace lutra::conformance
