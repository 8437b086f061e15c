#include "cases.h"
#include "lutra/ops/bipolar.h"

namespace lutra::conformance {

std::vector<Case> bipolar_cases() {
    return {
        {Bipolar{}, {{{2}, narrow}}},
        {Bipolar{0.3}, {{{2}, wide, -third, third}}},
        {Bipolar{}, {{{1}, natural}}},
    };
}

}  // namespace lutra::conformance
