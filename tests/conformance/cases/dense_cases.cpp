#include "cases.h"
#include "lutra/ops/dense.h"

namespace lutra::conformance {

std::vector<Case> dense_cases() {
    const RealTensor weights{{3, 2}, {0.5, -1.25, 0, 3, 7, 0.0625}};
    return {
        {Dense{weights, 0.0}, {{{3}, narrow}}},
        {Dense{weights, {{2}, {0.5, -3}}}, {{{2, 3}, natural}}},
        {Dense{weights, 0.1}, {{{3}, wide, third, third}}},
        {Dense{{{2, 1}, {0.1, -0.3}}, {{1}, {0.7}}}, {{{2}, narrow}}},
        {Dense{{{2, 2}, {0, 0, 0, 1}}, 0.0}, {{{2}, narrow}}},
    };
}

}  // namespace lutra::conformance
