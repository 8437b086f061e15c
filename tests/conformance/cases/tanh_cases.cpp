#include "cases.h"
#include "lutra/ops/tanh.h"

namespace lutra::conformance {

std::vector<Case> tanh_cases() {
    return {
        {Tanh{}, {{{2}, narrow}}},
        {Tanh{0x1p-5}, {{{1}, {true, 9, 4}}}},
        {Tanh{}, {{{1}, wide, third, -third}}},
        {Tanh{0x1p-12}, {{{1}, {true, 12, 9}}}},
    };
}

}  // namespace lutra::conformance
