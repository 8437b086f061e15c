#include "cases.h"
#include "lutra/ops/clip.h"

namespace lutra::conformance {

std::vector<Case> clip_cases() {
    return {
        {Clip{0, 6}, {{{2}, narrow}}},
        {Clip{-0.3, 0.7}, {{{2}, narrow}}},
        {Clip{.low = -1.25}, {{{1}, wide, third}}},
        {Clip{.high = 3}, {{{1}, wide, Dyadic(-3), Dyadic(Integer(1), -1)}}},
        {Clip{0, (third * Dyadic(4)).to_double()}, {{{2}, narrow, third}}},
        {Clip{}, {{{1}, narrow}}},
        {Clip{2, 2}, {{{1}, narrow}}},
    };
}

}  // namespace lutra::conformance
