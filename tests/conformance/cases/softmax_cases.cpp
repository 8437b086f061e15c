#include "cases.h"
#include "lutra/ops/softmax.h"

namespace lutra::conformance {

std::vector<Case> softmax_cases() {
    return {
        {Softmax{}, {{{2}, narrow}}},
        {Softmax{}, {{{5}, wide, third, third}}},
        {Softmax{0x1p-7, 0}, {{{3, 2}, {true, 8, 4}}}},
        {Softmax{0x1p-13}, {{{4}, {true, 24, 16}}}},
        {Softmax{}, {{{1}, narrow}}},
    };
}

}  // namespace lutra::conformance
