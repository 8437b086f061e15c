#include "cases.h"
#include "lutra/ops/constant.h"

namespace lutra::conformance {

std::vector<Case> constant_cases() {
    return {
        {Constant{{{3}, {0.5, -0.1, 0}}}, {}},
        {Constant{7.0}, {}},
    };
}

}  // namespace lutra::conformance
