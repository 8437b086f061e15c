#include "lutra/map/divisors.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <random>

#include "lutra/map/table_bits.h"

namespace lutra {
namespace {

constexpr int num_inputs = 6;

WideTruthTable table_of(const std::function<bool(std::size_t)>& value) {
    WideTruthTable table(num_inputs);
    for (std::size_t entry = 0; entry < table.size(); ++entry) {
        table.set(entry, value(entry));
    }
    return table;
}

/// The six inputs, then functions at random.
std::vector<WideTruthTable> some_divisors(std::size_t num_functions, std::mt19937_64& random) {
    std::vector<WideTruthTable> divisors;
    for (int i = 0; i < num_inputs; ++i) {
        divisors.push_back(table_of([&](std::size_t entry) { return (entry >> i & 1) != 0; }));
    }
    for (std::size_t i = 0; i < num_functions; ++i) {
        divisors.push_back(table_of([&](std::size_t) { return random() % 2 != 0; }));
    }
    return divisors;
}

/// What a tree computes at the entries; it is checked on the way that its LUTs have few inputs.
void expect_computes(const WideTruthTable& f, const Entries& entries, std::span<const WideTruthTable> divisors, const DivisorTree& tree,
                     std::size_t max_inputs) {
    if (tree.halves.empty()) {
        EXPECT_LE(tree.inputs.size(), max_inputs);
        const auto table = table_over(f, entries, divisors, tree.inputs);
        ASSERT_TRUE(table);
        for (const std::uint32_t entry : entries) {
            std::size_t address = 0;
            for (std::size_t i = 0; i < tree.inputs.size(); ++i) {
                address |= std::size_t{divisors[tree.inputs[i]][entry]} << i;
            }
            ASSERT_EQ((*table >> address & 1) != 0, f[entry]);
        }
        return;
    }
    ASSERT_EQ(tree.halves.size(), 2U);
    for (const bool value : {false, true}) {
        expect_computes(f, entries_where(divisors[tree.selector], value, entries), divisors, tree.halves[value ? 1 : 0], max_inputs);
    }
}

TEST(DivisorTree, FindsTheFourDivisorsThatAFunctionWasMadeOf) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 50; ++round) {
        const std::vector<WideTruthTable> divisors = some_divisors(20, random);
        std::array<std::size_t, 4> chosen{};
        std::ranges::generate(chosen, [&] { return random() % divisors.size(); });
        const std::uint64_t table = random();
        const WideTruthTable f = table_of([&](std::size_t entry) {
            std::size_t address = 0;
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                address |= std::size_t{divisors[chosen[i]][entry]} << i;
            }
            return (table >> address & 1) != 0;
        });
        const auto tree = tree_of_divisors(f, divisors, 4, 1);
        ASSERT_TRUE(tree) << round;
        expect_computes(f, all_entries(f), divisors, *tree, 4);
    }
}

TEST(DivisorTree, ComputesRandomFunctionsBehindMultiplexers) {
    std::mt19937_64 random(2);
    int num_found = 0;
    for (int round = 0; round < 2; ++round) {
        const std::vector<WideTruthTable> divisors = some_divisors(50, random);
        const WideTruthTable f = table_of([&](std::size_t) { return random() % 2 != 0; });
        EXPECT_FALSE(tree_of_divisors(f, divisors, 4, 1)) << "64 entries at random are no function of four others";
        if (const auto tree = tree_of_divisors(f, divisors, 4, 2)) {
            ++num_found;
            expect_computes(f, all_entries(f), divisors, *tree, 4);
        }
    }
    EXPECT_GT(num_found, 0);
}

TEST(DivisorTree, SaysWhenDivisorsDoNotDetermineAFunction) {
    std::mt19937_64 random(3);
    const std::vector<WideTruthTable> divisors = some_divisors(0, random);
    const WideTruthTable parity = table_of([](std::size_t entry) { return std::popcount(entry) % 2 != 0; });
    EXPECT_FALSE(table_over(parity, all_entries(parity), divisors, std::array<std::size_t, 2>{0, 1}));
    EXPECT_FALSE(table_over(parity, all_entries(parity), divisors, std::array<std::size_t, 1>{99})) << "no such divisor";
    EXPECT_FALSE(tree_of_divisors(parity, divisors, 4, 2));
}

TEST(TableBits, MakesWordsThatAreMadeOfEachOther) {
    const auto with_inputs = [](BitNetwork& network) {
        std::vector<Bit> inputs;
        std::generate_n(std::back_inserter(inputs), num_inputs, [&] { return network.input(); });
        return inputs;
    };
    BitNetwork network;
    std::vector<TableWord> words(4, {with_inputs(network), {}});
    for (std::size_t w = 0; w < words.size(); ++w) {  // tables as trained nets have them
        const double slope = 0.05 + 0.04 * static_cast<double>(w);
        for (int bit = 0; bit < 5; ++bit) {
            words[w].functions.push_back(
                table_of([&](std::size_t entry) { return (std::lround(15 * std::tanh(slope * (static_cast<double>(entry) - 32))) >> bit & 1) != 0; }));
        }
    }
    LutCost cost({.lut_inputs = 4, .mux_levels = 4});
    DivisorTrees trees(4);
    for (const BitWord& word : TableBits(network, cost, &trees).words(words)) {
        std::ranges::for_each(word, [&](Bit bit) { network.add_output(bit); });
    }
    const std::vector<std::uint64_t> all_addresses(input_tables.begin(), input_tables.end());
    const std::vector<std::uint64_t> values = evaluate(network, all_addresses);
    auto value = values.begin();
    for (const TableWord& word : words) {
        for (const WideTruthTable& function : word.functions) {
            EXPECT_EQ(*value++, function.word());
        }
    }
    BitNetwork plain;
    ASSERT_EQ(with_inputs(plain), words[0].inputs);
    static_cast<void>(TableBits(plain, cost, nullptr).words(words));
    EXPECT_LT(network.size() + 10, plain.size());
}

}  // namespace
}  // namespace lutra
