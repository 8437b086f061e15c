#include "cases.h"
#include "lutra/ops/reduce_min.h"

namespace lutra::conformance {

std::vector<Case> reduce_min_cases() {
    return {
        {ReduceMin{}, {{{2}, narrow}}},
        {ReduceMin{}, {{{1}, wide, third, third}}},
        {ReduceMin{0}, {{{3, 2}, wide, third}}},
        {ReduceMin{1}, {{{2, 5, 3}, narrow, -third, third}}},
    };
}

}  // namespace lutra::conformance
