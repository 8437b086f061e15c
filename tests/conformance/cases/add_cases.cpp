#include "cases.h"
#include "lutra/ops/add.h"

namespace lutra::conformance {

std::vector<Case> add_cases() {
    return {
        {Add{}, {{{3}, narrow}, {{3}, natural}}},
        {Add{}, {{{2, 3}, narrow, third}, {{3}, wide, third * Dyadic(2), third}}},
        {Add{}, {{{2, 1}, narrow}, {{3}, narrow}}},
        {Add{}, {{{2}, narrow}, {.shape = {}, .type = {}, .constants = {0.3}}}},
    };
}

}  // namespace lutra::conformance
