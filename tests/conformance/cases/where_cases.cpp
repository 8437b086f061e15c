#include "cases.h"
#include "lutra/ops/where.h"

namespace lutra::conformance {

std::vector<Case> where_cases() {
    return {
        {Where{}, {{{2}, {false, 1, 0}}, {{2}, narrow}, {{1}, natural}}},
        {Where{}, {{{2}, narrow}, {{2}, wide, third, third}, {.shape = {}, .type = {}, .constants = {0.5}}}},
        {Where{}, {{{2}, {false, 1, 0}, Dyadic(-1), 1}, {{2}, narrow}, {{2, 1}, narrow, -third}}},
        {Where{}, {{.shape = {3}, .type = {}, .constants = {1, 0, -2}}, {{3}, narrow}, {{3}, natural}}},
        {Where{}, {{{2}, narrow, third, -third}, {{2}, natural}, {{2}, natural, third}}},
    };
}

}  // namespace lutra::conformance
