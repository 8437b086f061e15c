#include "cases.h"
#include "lutra/ops/embedding.h"

namespace lutra::conformance {

std::vector<Case> embedding_cases() {
    return {
        {Embedding{{{3, 2}, {0.5, 1, -0.25, 0, 3, 3}}}, {{{2}, {false, 2, 0}}}},
        {Embedding{{{5, 1}, {0.1, 0.2, 0.3, -0.4, 0}}}, {{{2, 2}, {true, 4, 0}}}},
        {Embedding{{{4, 3}, {0.3, 0, 1, 0.6, 0, 1, -0.9, 0, 1, 1.2, 0, 1}}}, {{{2}, wide, third, third}}},
        {Embedding{{{1, 2}, {0.5, 1}}}, {{{2}, narrow}}},
    };
}

}  // namespace lutra::conformance
