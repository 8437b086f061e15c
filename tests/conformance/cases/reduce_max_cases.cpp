#include "cases.h"
#include "lutra/ops/reduce_max.h"

namespace lutra::conformance {

std::vector<Case> reduce_max_cases() {
    return {
        {ReduceMax{}, {{{2}, narrow}}},
        {ReduceMax{}, {{{1}, wide, third, third}}},
        {ReduceMax{0}, {{{3, 2}, wide, third}}},
        {ReduceMax{1}, {{{2, 5, 3}, narrow, -third, third}}},
    };
}

}  // namespace lutra::conformance
