#include "cases.h"
#include "lutra/ops/slice.h"

namespace lutra::conformance {

std::vector<Case> slice_cases() {
    return {
        {Slice{.starts = {1}, .ends = {3}}, {{{4}, narrow, third}}},
        {Slice{.starts = {-1}, .ends = {-9}, .axes = {-1}, .steps = {-2}}, {{{2, 5}, narrow}}},
        {Slice{.starts = {0, 1}, .ends = {1, 99}, .axes = {2, 0}, .steps = {1, 1}}, {{{3, 2, 2}, natural}}},
    };
}

}  // namespace lutra::conformance
