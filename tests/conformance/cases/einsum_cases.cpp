#include "cases.h"
#include "lutra/ops/einsum.h"

namespace lutra::conformance {

std::vector<Case> einsum_cases() {
    return {
        {Einsum{"ab->a"}, {{{2, 3}, wide, third, third}}},
        {Einsum{"ab->"}, {{{2, 2}, narrow}}},
        {Einsum{"ba->ab"}, {{{2, 3}, narrow, third}}},
        {Einsum{"aa->a"}, {{{3, 3}, narrow}}},
        {Einsum{"a,a->"}, {{{2}, narrow}, {{2}, narrow}}},
        {Einsum{"a,b->ab"}, {{{2}, natural}, {{3}, wide, third}}},
        {Einsum{"ab,bc->ac"}, {{{2, 3}, narrow}, {{3, 2}, natural, third, third}}},
        {Einsum{"abc,acd->bd"}, {{{2, 2, 3}, narrow}, {{2, 3, 1}, narrow}}},
        {Einsum{"abc,cd->abd"}, {{{2, 1, 3}, narrow, third, third}, {.shape = {3, 2}, .type = {}, .constants = {0.5, -1, 0.3, 0, 2, 7}}}},
        {Einsum{"Ab,bA->bA"}, {{{2, 1}, narrow}, {{3, 2}, wide}}},
    };
}

}  // namespace lutra::conformance
