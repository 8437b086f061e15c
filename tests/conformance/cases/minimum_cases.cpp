#include "cases.h"
#include "lutra/ops/minimum.h"

namespace lutra::conformance {

std::vector<Case> minimum_cases() {
    return {
        {Minimum{}, {{{2}, narrow}, {{1}, natural}}},
        {Minimum{}, {{{2}, wide, third}, {{1}, narrow, -third, third}}},
        {Minimum{}, {{{3}, narrow}, {.shape = {3}, .type = {}, .constants = {0.3, 0, -2}}}},
        {Minimum{}, {{.shape = {}, .type = {}, .constants = {0.1}}, {{2, 2}, wide, -third, third}}},
        {Minimum{}, {{{2, 1}, narrow, third}, {{2}, wide, third}}},
    };
}

}  // namespace lutra::conformance
