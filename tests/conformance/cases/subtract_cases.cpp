#include "cases.h"
#include "lutra/ops/subtract.h"

namespace lutra::conformance {

std::vector<Case> subtract_cases() {
    return {
        {Subtract{}, {{{3}, narrow}, {{3}, natural}}},
        {Subtract{}, {{{1}, narrow, third}, {{2, 2}, wide, third, third}}},
        {Subtract{}, {{.shape = {}, .type = {}, .constants = {1}}, {{2}, narrow}}},
    };
}

}  // namespace lutra::conformance
