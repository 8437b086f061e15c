#include "cases.h"
#include "lutra/ops/argmax.h"

namespace lutra::conformance {

std::vector<Case> argmax_cases() {
    return {
        {Argmax{}, {{{2}, narrow}}}, {Argmax{}, {{{5}, wide, -third, third}}}, {Argmax{0}, {{{3, 2}, natural}}}, {Argmax{-1}, {{{2, 7}, {true, 2, 0}}}},
        {Argmax{}, {{{1}, narrow}}},
    };
}

}  // namespace lutra::conformance
