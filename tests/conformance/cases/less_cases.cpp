#include "cases.h"
#include "lutra/ops/less.h"

namespace lutra::conformance {

std::vector<Case> less_cases() {
    return {
        {Less{}, {{{2}, narrow}, {{1}, natural}}},
        {Less{}, {{{2}, wide, third}, {{1}, narrow, -third, third}}},
        {Less{}, {{{3}, narrow}, {.shape = {3}, .type = {}, .constants = {0.3, 0, -2}}}},
        {Less{}, {{.shape = {}, .type = {}, .constants = {0.1}}, {{2, 2}, wide, -third, third}}},
        {Less{}, {{{2, 1}, narrow, third}, {{2}, wide, third}}},
    };
}

}  // namespace lutra::conformance
