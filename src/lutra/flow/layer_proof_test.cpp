#include "lutra/flow/layer_proof.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <random>

namespace lutra {
namespace {

LogicNetwork read(const std::string& text) {
    auto network = read_blif(text, "test.blif");
    EXPECT_TRUE(network) << (network ? "" : network.error().message);
    return network ? *std::move(network) : LogicNetwork{};
}

/// Words in which the first `num_inputs` inputs take all values, word after word.
std::uint64_t counting_word(std::size_t input, std::size_t word) {
    return input < 6 ? input_tables[input] : (word >> (input - 6) & 1) != 0 ? ~std::uint64_t{0} : 0;
}

/// Inputs for which two networks differ, by trying all.
CecVerdict compare_all(const LogicNetwork& a, const LogicNetwork& b) {
    const std::size_t num_inputs = a.inputs.size();
    for (std::size_t w = 0; w < std::size_t{1} << (num_inputs > 6 ? num_inputs - 6 : 0); ++w) {
        std::vector<std::uint64_t> words;
        for (std::size_t i = 0; i < num_inputs; ++i) {
            words.push_back(counting_word(i, w));
        }
        const auto values_a = evaluate_logic(a, words);
        const auto values_b = evaluate_logic(b, words);
        for (std::size_t o = 0; o < a.outputs.size(); ++o) {
            if (const std::uint64_t different = values_a[a.outputs[o].second] ^ values_b[b.outputs[o].second]; different != 0) {
                CecVerdict verdict{.kind = CecVerdict::Kind::Different};
                for (std::size_t i = 0; i < num_inputs; ++i) {
                    verdict.inputs.emplace_back(a.inputs[i].first, (words[i] >> std::countr_zero(different) & 1) != 0);
                }
                return verdict;
            }
        }
    }
    return {.kind = CecVerdict::Kind::Equal};
}

/// Compares regions by what they are written as.
Result<std::vector<CecVerdict>> compare_regions(const std::vector<LayerRegion>& regions) {
    std::vector<CecVerdict> verdicts;
    for (const LayerRegion& region : regions) {
        verdicts.push_back(compare_all(read(region.gold_blif()), read(region.gate_blif())));
    }
    return verdicts;
}

const std::vector<LayerName> layers = {{"a", "a"}, {"b", "b"}, {"c", "c"}};

EquivalenceResult prove(const std::string& gold, const std::string& gate, const RegionComparer& compare = compare_regions) {
    const DesignPair designs{.gold = read(gold), .gate = read(gate)};
    auto result = prove_layers(designs, layers, compare);
    EXPECT_TRUE(result);
    return result ? *std::move(result) : EquivalenceResult{};
}

TEST(LayerProof, ComparesALayerAsAFunctionOfTheOnesBefore) {
    const std::string ports = ".inputs x0 x1 x2\n.outputs y\n";
    const std::string gold = ports + ".names x0 x1 a_add0\n10 1\n01 1\n.names a_add0 x2 b_add1\n11 1\n.names b_add1 x0 y\n1- 1\n-1 1\n";
    // The first layer is there inverted, under no name.
    const std::string gate = ports + ".names x0 x1 n\n11 1\n00 1\n.names n x2 m\n1- 0\n-0 0\n.names m x0 y\n00 0\n";
    std::vector<std::size_t> num_inputs;
    const EquivalenceResult result = prove(gold, gate, [&](const std::vector<LayerRegion>& regions) {
        for (const LayerRegion& region : regions) {
            num_inputs.push_back(read(region.gold_blif()).inputs.size() - 1);
        }
        return compare_regions(regions);
    });
    EXPECT_TRUE(result.is_proved);
    ASSERT_EQ(result.layers.size(), 4U);
    EXPECT_EQ(result.layers[0], (LayerEquivalence{.name = "a", .bits = 1, .proved = 1, .absorbed = 0, .is_proved = true}));
    EXPECT_EQ(result.layers[1], (LayerEquivalence{.name = "b", .bits = 1, .proved = 1, .absorbed = 0, .is_proved = true}));
    EXPECT_EQ(result.layers[3].bits, 1);
    // x0 and x1; the net of a and x2; the net of b and x0.
    EXPECT_EQ(num_inputs, (std::vector<std::size_t>{2, 2, 2}));
}

TEST(LayerProof, TakesInTheLayerBeforeWhereCutPointsTakeValuesThatDoNotOccur) {
    const std::string ports = ".inputs x0 x1\n.outputs y\n.names x0 x1 a_add0\n11 1\n.names x0 x1 a_add1\n1- 1\n-1 1\n";
    // a_add0 = 1 and a_add1 = 0 does not occur.
    const EquivalenceResult result = prove(ports + ".names a_add0 a_add1 b_add2\n10 1\n01 1\n.names b_add2 y\n1 1\n", ports + ".names a_add0 a_add1 y\n01 1\n");
    EXPECT_TRUE(result.is_proved);
    EXPECT_FALSE(result.difference);
    EXPECT_EQ(result.layers[1].proved, 1);
    EXPECT_EQ(result.comparisons, 2);
}

TEST(LayerProof, AssumesLayersWithoutCuttingWhereTheNetlistPassesThemBy) {
    // The netlist has both nets of the first layer, and computes the second one from the inputs.
    const std::string ports = ".inputs x0 x1 x2\n.outputs y a_add0 a_add1\n.names x0 x1 a_add0\n10 1\n01 1\n.names x0 x1 a_add1\n11 1\n";
    const std::string gold = ports + ".names a_add0 a_add1 x2 b_add2\n1-1 1\n-11 1\n.names b_add2 y\n1 1\n";
    std::vector<std::size_t> num_assumed;
    const EquivalenceResult result = prove(gold, ports + ".names x0 x1 x2 y\n1-1 1\n-11 1\n", [&](const std::vector<LayerRegion>& regions) {
        for (const LayerRegion& region : regions) {
            num_assumed.push_back(region.cuts().size());
        }
        return compare_regions(regions);
    });
    EXPECT_TRUE(result.is_proved);
    EXPECT_EQ(num_assumed, (std::vector<std::size_t>{0, 2}));
}

/// x == 0b00110101101001 in two nets, as a text without ports.
std::string rare_event(const std::string& net) {
    return ".names x0 x1 x2 x3 x4 r0\n10010 1\n.names x5 x6 x7 x8 x9 r1\n11010 1\n.names x10 x11 x12 x13 r2\n1100 1\n.names r0 r1 r2 " + net + "\n111 1\n";
}

const std::string rare_ports = ".inputs x0 x1 x2 x3 x4 x5 x6 x7 x8 x9 x10 x11 x12 x13\n.outputs y\n";

TEST(LayerProof, TakesRareEventsForNoNet) {
    // The first layer seems to be constant, as some nets of the netlist do.
    const std::string gold = rare_ports + rare_event("a_add0") + ".names a_add0 x0 b_add1\n10 1\n01 1\n.names b_add1 y\n1 1\n";
    const std::string gate = rare_ports + rare_event("n") + ".names n x0 y\n11 0\n00 0\n";
    const EquivalenceResult result = prove(gold, gate);
    EXPECT_TRUE(result.is_proved);
    EXPECT_FALSE(result.difference);
}

TEST(LayerProof, GivesUpAGuessThatIsWrongInARareEvent) {
    // The net of the first layer is x0, but in one event in 16,384.
    const std::string gold = rare_ports + rare_event("r") + ".names r x0 a_add0\n10 1\n01 1\n.names a_add0 x1 b_add1\n10 1\n01 1\n.names b_add1 y\n1 1\n";
    const std::string gate = rare_ports + rare_event("n") + ".names n x0 x1 y\n100 1\n010 1\n001 1\n111 1\n";
    const EquivalenceResult result = prove(gold, gate);
    EXPECT_TRUE(result.is_proved);
    EXPECT_EQ(result.layers[0].absorbed, 1);
}

TEST(LayerProof, FindsADifferenceThatRandomEventsDoNotShow) {
    const std::string gold = rare_ports + rare_event("a_add0") + ".names a_add0 x0 b_add1\n10 1\n01 1\n.names b_add1 y\n1 1\n";
    const EquivalenceResult result = prove(gold, rare_ports + ".names x0 y\n1 1\n");
    EXPECT_FALSE(result.is_proved);
    ASSERT_TRUE(result.difference);
    EXPECT_EQ(result.difference->output, "y");
    // The netlist has nothing of the first layer; the output is the first net that it has and that differs.
    EXPECT_EQ(result.first_layer, "b");
    std::string event;
    for (const auto& [name, value] : result.difference->inputs) {
        event += value != 0 ? '1' : '0';
    }
    EXPECT_EQ(event, "10010110101100");
}

/// Three layers of two nets each.
std::string three_layers(const std::string& second_table) {
    return ".inputs x0 x1 x2 x3\n.outputs y0 y1\n.names x0 x1 x2 a_add0\n1-1 1\n010 1\n.names x1 x2 x3 a_add1\n11- 1\n001 1\n.names a_add0 a_add1 x3 b_add2\n" +
           second_table +
           ".names a_add0 x0 b_add3\n10 1\n01 1\n.names b_add2 b_add3 c_add4\n11 1\n.names b_add2 b_add3 x1 c_add5\n0-1 1\n-10 1\n.names c_add4 y0\n1 "
           "1\n.names c_add5 y1\n1 1\n";
}

TEST(LayerProof, NamesTheFirstLayerWithAPlantedError) {
    const EquivalenceResult right = prove(three_layers("1-0 1\n011 1\n"), three_layers("1-0 1\n011 1\n"));
    EXPECT_TRUE(right.is_proved);
    const EquivalenceResult wrong = prove(three_layers("1-0 1\n011 1\n"), three_layers("1-0 1\n010 1\n"));
    EXPECT_FALSE(wrong.is_proved);
    EXPECT_TRUE(wrong.difference);
    EXPECT_EQ(wrong.first_layer, "b");
    EXPECT_TRUE(wrong.layers[0].is_proved);
    EXPECT_FALSE(wrong.layers[1].is_proved);
    EXPECT_FALSE(wrong.layers[2].is_proved);
}

TEST(LayerProof, SaysThatALimitWasReached) {
    const std::string gold = three_layers("1-0 1\n011 1\n");
    const EquivalenceResult result = prove(gold, gold, [](const std::vector<LayerRegion>& regions) { return std::vector<CecVerdict>(regions.size()); });
    EXPECT_FALSE(result.is_proved);
    EXPECT_FALSE(result.difference);
    EXPECT_EQ(result.first_layer, "a");
}

TEST(LayerProof, ComparesInPartsWhatCannotBeDecidedTogether) {
    const std::string gold = three_layers("1-0 1\n011 1\n");
    std::vector<std::size_t> num_checks;
    const EquivalenceResult result = prove(gold, gold, [&](const std::vector<LayerRegion>& regions) {
        auto verdicts = *compare_regions(regions);
        for (std::size_t r = 0; r < regions.size(); ++r) {
            num_checks.push_back(regions[r].checks().size());
            verdicts[r] = num_checks.back() > 1 ? CecVerdict{} : verdicts[r];
        }
        return verdicts;
    });
    EXPECT_TRUE(result.is_proved);
    EXPECT_EQ(num_checks, (std::vector<std::size_t>{2, 2, 2, 1, 1, 1, 1, 1, 1}));
}

TEST(LayerProof, LeavesOpenWhatTheTimeDoesNotSufficeFor) {
    const std::string gold = three_layers("1-0 1\n011 1\n");
    const DesignPair designs{.gold = read(gold), .gate = read(gold)};
    int num_rounds = 0;
    // The time is over after the first layer.
    const auto result = prove_layers(
        designs, layers,
        [&](const std::vector<LayerRegion>& regions) {
            ++num_rounds;
            std::vector<CecVerdict> verdicts(regions.size());
            verdicts[0] = compare_all(read(regions[0].gold_blif()), read(regions[0].gate_blif()));
            return verdicts;
        },
        [&] { return num_rounds == 1; });
    ASSERT_TRUE(result);
    EXPECT_EQ(num_rounds, 1);
    EXPECT_FALSE(result->is_proved);
    EXPECT_FALSE(result->difference);
    EXPECT_EQ(result->first_layer, "b");
    EXPECT_TRUE(result->layers[0].is_proved);
    EXPECT_EQ(result->layers[1].proved, 0);
    EXPECT_FALSE(result->layers[1].is_proved);
    EXPECT_FALSE(result->layers[2].is_proved);
}

/// A random net of three layers with five inputs, and the same with its tables written differently or, with an error, one entry changed.
std::string random_net(std::uint64_t seed, std::uint64_t error_seed, bool keeps_names) {
    std::mt19937_64 random(seed);
    std::mt19937_64 error(error_seed);
    std::vector<std::string> nets = {"x0", "x1", "x2", "x3", "x4"};
    constexpr int nets_per_layer = 5;
    const std::size_t wrong_net = error_seed == 0 ? 99 : error() % (3 * nets_per_layer);
    std::string text;
    for (std::size_t n = 0; n < 3 * nets_per_layer; ++n) {
        const std::size_t first = n < nets_per_layer ? 0 : 5 + (n / nets_per_layer - 1) * nets_per_layer;
        std::string inputs;
        for (int i = 0; i < 3; ++i) {
            inputs += " " + nets[first + random() % 5];
        }
        std::uint64_t table = random() & 0xff;
        table ^= n == wrong_net ? std::uint64_t{1} << (error() % 8) : 0;
        const std::string name = keeps_names ? fmt::format("{}_add{}", "abc"[n / nets_per_layer], n) : fmt::format("n{}", n);
        text += fmt::format(".names{} {}\n", inputs, name);
        for (std::uint64_t entry = 0; entry < 8; ++entry) {
            text += (table >> entry & 1) != 0 ? fmt::format("{}{}{} 1\n", entry & 1, entry >> 1 & 1, entry >> 2) : "";
        }
        nets.push_back(name);
    }
    text += fmt::format(".names {} y0\n1 1\n.names {} y1\n1 1\n", nets[18], nets[19]);
    return ".inputs x0 x1 x2 x3 x4\n.outputs y0 y1\n" + text;
}

TEST(LayerProof, ProvesExactlyWhatIsEqualForAllInputs) {
    int num_equal = 0;
    int num_different = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const std::string gold = random_net(seed, 0, true);
        const std::string gate = random_net(seed, seed % 4, seed % 2 == 0);
        const bool is_equal = compare_all(read(gold), read(gate)).kind == CecVerdict::Kind::Equal;
        const EquivalenceResult result = prove(gold, gate);
        EXPECT_EQ(result.is_proved, is_equal) << gold << gate;
        EXPECT_EQ(result.difference.has_value(), !is_equal) << gold << gate;
        (is_equal ? num_equal : num_different) += 1;
    }
    EXPECT_GT(num_equal, 20);
    EXPECT_GT(num_different, 10);
}

}  // namespace
}  // namespace lutra
