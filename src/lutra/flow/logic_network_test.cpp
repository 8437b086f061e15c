#include "lutra/flow/logic_network.h"

#include <gtest/gtest.h>

#include "lutra/flow/layer_bits.h"

namespace lutra {
namespace {

LogicNetwork read(std::string_view text) {
    auto network = read_blif(text, "test.blif");
    EXPECT_TRUE(network) << (network ? "" : network.error().message);
    return network ? *std::move(network) : LogicNetwork{};
}

std::string error_of(std::string_view text) {
    const auto network = read_blif(text, "test.blif");
    return network ? "" : network.error().message;
}

TEST(ReadBlif, TakesTablesOfOnesAndOfZeros) {
    const LogicNetwork network =
        read(".model m\n.inputs a b c\n.outputs y z one zero\n.names a b c y\n1-0 1\n-11 1\n.names a b z\n00 0\n.names one\n1\n.names zero\n.end\n");
    ASSERT_EQ(network.outputs.size(), 4U);
    const auto values = evaluate_logic(network, std::vector<std::uint64_t>{0b10101010, 0b11001100, 0b11110000});
    const auto output = [&](std::size_t i) { return values[network.outputs[i].second] & 0xff; };
    EXPECT_EQ(output(0), 0b11001010U);
    EXPECT_EQ(output(1), 0b11101110U);
    EXPECT_EQ(output(2), 0xffU);
    EXPECT_EQ(output(3), 0U);
}

TEST(ReadBlif, PutsNodesBehindWhatTheyRead) {
    const LogicNetwork network = read(".inputs a b\n.outputs y\n.names p q y\n11 1\n.names q b p\n01 1\n10 1\n.names a b q\n10 1\n");
    for (std::size_t n = 0; n < network.nodes.size(); ++n) {
        for (const LogicIndex input : network.nodes[n].all()) {
            EXPECT_LT(input, n);
        }
    }
    EXPECT_EQ(network.nodes.size(), 5U);
}

TEST(ReadBlif, GivesOneNodeToAllNamesOfANetAndOfItsInverse) {
    const LogicNetwork network =
        read(".inputs a b\n.outputs y\n.names n y\n1 1\n.names a inverse n\n11 1\n.names b inverse\n0 1\n.names n alias\n1 1\n.names unread\n1\n");
    ASSERT_EQ(network.names.size(), 6U);
    EXPECT_EQ(network.names[1], (NamedNode{"alias", network.outputs[0].second}));
    EXPECT_EQ(network.names[3], (NamedNode{"inverse", network.inputs[1].second}));
}

TEST(ReadBlif, MakesEqualFunctionsOneNode) {
    // y = a ? !b : b, in three ways: by an inverse, by an input that is there twice, and by a constant; z does not read b.
    const LogicNetwork network = read(
        ".inputs a b\n.outputs y0 y1 y2 z\n.names a b y0\n10 1\n01 1\n.names b nb\n0 1\n.names nb a y1\n11 1\n00 1\n.names one\n1\n.names b a one b y2\n011- "
        "1\n1011 1\n1--0 1\n"
        ".names a b z\n11 1\n10 1\n");
    EXPECT_EQ(network.outputs[1].second, network.outputs[0].second);
    EXPECT_EQ(network.outputs[2].second, network.outputs[0].second);
    EXPECT_EQ(network.outputs[3].second, network.inputs[0].second);
}

TEST(ReadBlif, RefusesWhatIsNoLogic) {
    EXPECT_EQ(error_of(".outputs y\n"), "the net 'y' has no driver");
    EXPECT_EQ(error_of(".outputs y\n.names y x\n0 1\n.names x y\n0 1\n"), "the net 'y' depends on itself");
    EXPECT_EQ(error_of(".outputs y\n.names y y\n1 1\n"), "the net 'y' depends on itself");
    EXPECT_EQ(error_of(".names y\n.names y\n"), "the net 'y' has two drivers");
    EXPECT_EQ(error_of(".inputs y\n.names y\n"), "the net 'y' has two drivers");
    EXPECT_EQ(error_of(".subckt cell A=a\n"), "the statement '.subckt'");
    EXPECT_EQ(error_of(".names a b\n11 1\n"), "the line '11 1'");
    EXPECT_EQ(error_of("1\n"), "the line '1'");
    EXPECT_EQ(error_of(".names a b c d e f g y\n"), "a function of 7 nets");
}

TEST(LayerBits, KnowsTheNetsOfALayerByTheirNames) {
    const std::vector<std::string> layers = {"fc", "fc_relu", "t1"};
    EXPECT_EQ(layer_of_net("fc_add12[3]", layers), 0);
    EXPECT_EQ(layer_of_net("fc_relu_max7", layers), 1);
    EXPECT_EQ(layer_of_net("fc_row3_carry2", layers), 0);
    EXPECT_EQ(layer_of_net("fc_lut_low81", layers), 0);
    EXPECT_EQ(layer_of_net("fc_in5__", layers), 0);
    EXPECT_EQ(layer_of_net("t1[4]", layers), -1);
    EXPECT_EQ(layer_of_net("t1_4", layers), -1);
    EXPECT_EQ(layer_of_net("other_add1", layers), -1);
    EXPECT_EQ(layer_of_net("fc_add12.O[1]", layers), -1);
}

TEST(LayerBits, LieWhereAnotherLayerOrAnOutputReads) {
    const LogicNetwork network = read(
        ".inputs x0 x1\n.outputs y\n.names x0 x1 a_add0\n11 1\n.names a_add0 a_add1\n0 1\n.names a_add1 private\n0 1\n.names private x0 b_add2\n01 1\n.names "
        "b_add2 y\n1 1\n");
    const LayerBits bits = find_layer_bits(network, {"a", "b"});
    ASSERT_EQ(bits.between.size(), 2U);
    EXPECT_EQ(bits.layer[bits.between[0]], 0);
    EXPECT_EQ(bits.between[1], network.outputs[0].second);
    EXPECT_EQ(bits.layer[bits.between[1]], 1);
}

}  // namespace
}  // namespace lutra
