#include "cases.h"
#include "lutra/ops/concat.h"

namespace lutra::conformance {

std::vector<Case> concat_cases() {
    return {
        {Concat{}, {{{2}, narrow}, {{1}, wide, third}}},
        {Concat{0}, {{{1, 2}, narrow}, {{2, 2}, natural}}},
        {Concat{1}, {{{2, 1, 2}, narrow}, {{2, 2, 2}, natural}, {{2, 1, 2}, natural}}},
        {Concat{}, {{{2}, narrow}}},
    };
}

}  // namespace lutra::conformance
