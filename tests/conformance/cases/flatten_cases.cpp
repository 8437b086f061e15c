#include "cases.h"
#include "lutra/ops/flatten.h"

namespace lutra::conformance {

std::vector<Case> flatten_cases() {
    return {
        {Flatten{}, {{{2, 3}, narrow, third}}},
        {Flatten{}, {{{}, narrow}}},
    };
}

}  // namespace lutra::conformance
