#include "cases.h"
#include "lutra/ops/log_softmax.h"

namespace lutra::conformance {

std::vector<Case> log_softmax_cases() {
    return {
        {LogSoftmax{}, {{{2}, narrow}}},
        {LogSoftmax{}, {{{5}, wide, third, third}}},
        {LogSoftmax{0x1p-7, 0}, {{{3, 2}, {true, 8, 4}}}},
        {LogSoftmax{0x1p-13}, {{{4}, {true, 24, 16}}}},
        {LogSoftmax{}, {{{1}, narrow}}},
    };
}

}  // namespace lutra::conformance
