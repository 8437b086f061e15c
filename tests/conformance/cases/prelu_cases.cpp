#include "cases.h"
#include "lutra/ops/prelu.h"

namespace lutra::conformance {

std::vector<Case> prelu_cases() {
    return {
        {Prelu{}, {{{2}, narrow}, {{1}, natural}}},
        {Prelu{}, {{{2, 3}, wide, third}, {.shape = {3}, .type = {}, .constants = {0.25, 0, -0.1}}}},
        {Prelu{}, {{{2}, narrow, -third, third}, {.shape = {2}, .type = {}, .constants = {0.3, 2}}}},
        {Prelu{}, {{{2}, natural}, {{2}, narrow}}},
    };
}

}  // namespace lutra::conformance
