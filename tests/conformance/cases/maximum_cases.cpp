#include "cases.h"
#include "lutra/ops/maximum.h"

namespace lutra::conformance {

std::vector<Case> maximum_cases() {
    return {
        {Maximum{}, {{{2}, narrow}, {{1}, natural}}},
        {Maximum{}, {{{2}, wide, third}, {{1}, narrow, -third, third}}},
        {Maximum{}, {{{3}, narrow}, {.shape = {3}, .type = {}, .constants = {0.3, 0, -2}}}},
        {Maximum{}, {{.shape = {}, .type = {}, .constants = {0.1}}, {{2, 2}, wide, -third, third}}},
        {Maximum{}, {{{2, 1}, narrow, third}, {{2}, wide, third}}},
    };
}

}  // namespace lutra::conformance
