#include "cases.h"
#include "lutra/ops/log.h"

namespace lutra::conformance {

std::vector<Case> log_cases() {
    return {
        {Log{}, {{{2}, narrow}}},
        {Log{{0x1p-6}, 16}, {{{2, 2}, {false, 8, 5}}}},
        {Log{}, {{{1}, wide, third, third}}},
        {Log{{0x1p-12}, 100}, {{{2}, {true, 14, 8}}}},
        {Log{}, {{{1}, {true, 32, 20}, Dyadic(-1)}}},
    };
}

}  // namespace lutra::conformance
