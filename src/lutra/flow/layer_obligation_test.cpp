#include "lutra/flow/layer_obligation.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(LayerObligation, IsValidOnlyWithWhatItAssumes) {
    const std::vector<Obligation> obligations = {{.layer = 2, .state = PairState::Proved, .cuts = {1}},
                                                 {.layer = 1, .state = PairState::Proved, .cuts = {2, 3}},
                                                 {.layer = 0, .state = PairState::Proved},
                                                 {.layer = 0, .state = PairState::Undecided},
                                                 {.layer = 1, .state = PairState::Proved, .cuts = {2}},
                                                 {.layer = 1, .state = PairState::Proved, .cuts = {4}}};
    // The last assumes one of its own layer.
    EXPECT_EQ(valid_pairs(obligations), (std::vector<bool>{false, false, true, false, true, false}));
}

TEST(LayerObligation, CountsTheNetsThatTheNetlistHas) {
    const std::vector<Obligation> obligations = {
        {.layer = 0}, {.layer = 0, .state = PairState::Absorbed}, {.layer = 2, .state = PairState::Proved}, {.layer = 3, .state = PairState::Different}};
    EXPECT_EQ(layers_before(obligations, 3), (std::vector<LayerNets>{{2, 1}, {0, 0}, {1, 1}}));
}

}  // namespace
}  // namespace lutra
