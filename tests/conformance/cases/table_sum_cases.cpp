#include "cases.h"
#include "lutra/ops/table_sum.h"

namespace lutra::conformance {

std::vector<Case> table_sum_cases() {
    // Edges: a table that fits the type of x, one that does not reach its ends, a constant, none.
    const RealTensor steps{{2, 2}, {0.25, 0.5, 1, 2}};
    const RealTensor lows{{2, 2}, {-2, -3, 5, 0}};
    const RealTensor counts{{2, 2}, {4, 3, 1, 0}};
    const RealTensor entries{{8}, {0.5, -1.25, 0, 3, 7, 0.0625, -2, 0.75}};
    std::vector<double> ramp;
    for (int i = 0; i < 32; ++i) {
        ramp.push_back((i * 7 % 13 - 6) * 0.125);
    }
    return {
        {TableSum{steps, lows, counts, entries}, {{{2, 2}, narrow}}},
        {TableSum{steps, lows, counts, entries}, {{{3, 2, 2}, wide}}},
        {TableSum{steps, lows, counts, entries}, {{{2, 2}, natural, third, -third}}},
        {TableSum{{{1, 1}, {0.25}}, {{1, 1}, {-16}}, {{1, 1}, {32}}, {{32}, ramp}}, {{{1, 1}, narrow}}},
        {TableSum{{{1, 1}, {0.1}}, {{1, 1}, {-3}}, {{1, 1}, {8}}, {{8}, {1, 0.1, 2, -0.3, 5, 6, 7, 8}}}, {{{1, 1}, narrow}}},
        {TableSum{{{1, 2}, {1, 1}}, {{1, 2}, {0, 0}}, {{1, 2}, {0, 0}}, {{0}, {}}}, {{{1, 2}, narrow}}},
    };
}

}  // namespace lutra::conformance
