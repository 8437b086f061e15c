#include "cases.h"
#include "lutra/ops/sigmoid.h"

namespace lutra::conformance {

std::vector<Case> sigmoid_cases() {
    return {
        {Sigmoid{}, {{{2}, narrow}}},
        {Sigmoid{0x1p-6}, {{{1}, {false, 8, 5}}}},
        {Sigmoid{}, {{{1}, wide, third, third}}},
        {Sigmoid{0x1p-14}, {{{1}, {true, 12, 8}}}},
        {Sigmoid{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
