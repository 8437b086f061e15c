#include "cases.h"
#include "lutra/ops/reshape.h"

namespace lutra::conformance {

std::vector<Case> reshape_cases() {
    return {
        {Reshape{{3, 2}}, {{{2, 3}, narrow, third}}},
        {Reshape{{1, 1}}, {{{}, narrow}}},
    };
}

}  // namespace lutra::conformance
