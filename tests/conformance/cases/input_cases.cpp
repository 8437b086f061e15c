#include "cases.h"
#include "lutra/ops/input.h"

namespace lutra::conformance {

std::vector<Case> input_cases() {
    return {
        {Input{{3, 2}}, {}},
    };
}

}  // namespace lutra::conformance
