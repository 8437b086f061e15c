#include "cases.h"
#include "lutra/ops/broadcast.h"

namespace lutra::conformance {

std::vector<Case> broadcast_cases() {
    return {
        {Broadcast{{2, 3}}, {{{2, 1}, narrow}}},
        {Broadcast{{4, 3}}, {{{3}, wide, third, third}}},
        {Broadcast{{2}}, {{{}, natural}}},
        {Broadcast{{2, 2}}, {{{2, 2}, narrow}}},
    };
}

}  // namespace lutra::conformance
