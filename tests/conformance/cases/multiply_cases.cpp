#include "cases.h"
#include "lutra/ops/multiply.h"

namespace lutra::conformance {

std::vector<Case> multiply_cases() {
    return {
        {Multiply{}, {{{2}, narrow}, {{2}, natural}}},
        {Multiply{}, {{{2}, wide, third}, {{1}, narrow, -third, third}}},
        {Multiply{}, {{{3}, narrow}, {.shape = {3}, .type = {}, .constants = {0.3, 0, -2}}}},
        {Multiply{}, {{.shape = {}, .type = {}, .constants = {0.1}}, {{2}, wide, third, third}}},
    };
}

}  // namespace lutra::conformance
