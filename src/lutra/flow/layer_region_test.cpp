#include "lutra/flow/layer_region.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lutra {
namespace {

LogicNetwork read(const std::string& text) {
    auto network = read_blif(text, "test.blif");
    EXPECT_TRUE(network) << (network ? "" : network.error().message);
    return network ? *std::move(network) : LogicNetwork{};
}

LogicIndex node_of(const LogicNetwork& network, std::string_view name) {
    const auto found = std::ranges::find(network.names, name, &NamedNode::first);
    EXPECT_NE(found, network.names.end());
    return found->second;
}

/// The second net is a function of the first in the Verilog, and of the inputs in the netlist, which has the inverse of the first as well.
struct Bypass {
    DesignPair designs{.gold = read(".inputs x0 x1\n.outputs a b\n.names x0 x1 a\n10 1\n01 1\n.names a x0 b\n11 1\n"),
                       .gate = read(".inputs x0 x1\n.outputs a b\n.names x0 x1 n\n11 1\n00 1\n.names n a\n0 1\n.names x0 x1 b\n10 1\n")};
    std::vector<NetPair> pairs = {{node_of(designs.gold, "a"), {node_of(designs.gate, "n"), true}},
                                  {node_of(designs.gold, "b"), {node_of(designs.gate, "b"), false}}};

    LayerRegion region(PairUse use) const {
        return {designs, pairs, {1}, [=](std::size_t p) { return p == 0 ? use : PairUse::None; }};
    }
};

TEST(LayerRegion, AFreePairTakesValuesThatDoNotOccur) {
    const Bypass bypass;
    const LayerRegion region = bypass.region(PairUse::Free);
    EXPECT_FALSE(region.is_from_inputs());
    EXPECT_EQ(region.cuts(), (std::vector<std::size_t>{0}));
    EXPECT_EQ(region.random_differences(1), (std::vector<std::size_t>{1}));
    EXPECT_EQ(read(region.gold_blif()).inputs.size(), 4U);
}

TEST(LayerRegion, APairThatIsTheSameIsWhatTheNetlistComputes) {
    const Bypass bypass;
    const LayerRegion region = bypass.region(PairUse::Same);
    EXPECT_TRUE(region.is_from_inputs());
    EXPECT_EQ(region.cuts(), (std::vector<std::size_t>{0}));
    EXPECT_TRUE(region.random_differences(4).empty());
    const LogicNetwork gold = read(region.gold_blif());
    const LogicNetwork gate = read(region.gate_blif());
    const std::vector<std::uint64_t> words = {0, input_tables[0], input_tables[1]};
    EXPECT_EQ(gold.inputs, (std::vector<NamedNode>{{"unread", 0}, {"i0", 1}, {"i1", 2}}));
    EXPECT_EQ(evaluate_logic(gold, words)[gold.outputs[0].second], input_tables[0] & ~input_tables[1]);
    EXPECT_EQ(evaluate_logic(gate, words)[gate.outputs[0].second], input_tables[0] & ~input_tables[1]);
}

TEST(LayerRegion, APairThatIsNotTheSameAfterAllShows) {
    Bypass bypass;
    bypass.pairs[0].gate.is_inverted = false;
    EXPECT_EQ(bypass.region(PairUse::Same).random_differences(1), (std::vector<std::size_t>{1}));
    EXPECT_TRUE(bypass.region(PairUse::None).random_differences(4).empty());
    EXPECT_EQ(bypass.region(PairUse::Same).differences({.kind = CecVerdict::Kind::Different, .inputs = {{"i0", true}}}), (std::vector<std::size_t>{1}));
}

}  // namespace
}  // namespace lutra
