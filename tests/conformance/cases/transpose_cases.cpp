#include "cases.h"
#include "lutra/ops/transpose.h"

namespace lutra::conformance {

std::vector<Case> transpose_cases() {
    return {
        {Transpose{{1, 0}}, {{{2, 3}, narrow, third}}},
        {Transpose{{2, 0, 1}}, {{{2, 1, 3}, natural}}},
    };
}

}  // namespace lutra::conformance
