#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "lutra/map/lut_cost.h"
#include "lutra/map/split_table.h"
#include "lutra/map/wide_truth_table.h"

namespace lutra {
namespace {

WideTruthTable random_table(int num_inputs, std::mt19937_64& random) {
    WideTruthTable table(num_inputs);
    for (std::size_t a = 0; a < table.size(); ++a) {
        table.set(a, random() % 2 != 0);
    }
    return table;
}

TEST(WideTruthTable, CofactorsAreItsEntries) {
    std::mt19937_64 random(1);
    for (int num_inputs = 1; num_inputs <= 9; ++num_inputs) {
        const WideTruthTable table = random_table(num_inputs, random);
        for (int input = 0; input < num_inputs; ++input) {
            for (const bool value : {false, true}) {
                const WideTruthTable half = table.cofactor(input, value);
                for (std::size_t a = 0; a < half.size(); ++a) {
                    const std::size_t low = a & ((std::size_t{1} << input) - 1);
                    ASSERT_EQ(half[a], table[((a ^ low) << 1) | low | (std::size_t{value} << input)])
                        << num_inputs << " inputs, input " << input << ", entry " << a;
                }
            }
        }
    }
}

TEST(WideTruthTable, DependsOnTheInputsThatChangeIt) {
    for (int num_inputs = 2; num_inputs <= 9; ++num_inputs) {
        for (int input = 0; input < num_inputs; ++input) {
            WideTruthTable table(num_inputs);
            for (std::size_t a = 0; a < table.size(); ++a) {
                table.set(a, (a >> input & 1) != 0);
            }
            EXPECT_EQ(table.support_size(), 1);
            EXPECT_TRUE(table.depends_on(input));
            table.flip();
            EXPECT_FALSE(table[std::size_t{1} << input]);
            EXPECT_EQ(table.cofactor(input, false).support_size(), 0);
        }
    }
}

TEST(LutCost, DecompositionsAreTheFunction) {
    std::mt19937_64 random(2);
    constexpr int num_inputs = 7;
    for (std::uint32_t bound = 1; bound < (1U << num_inputs) - 1; bound += 5) {
        const std::vector<WideTruthTable> functions = {random_table(num_inputs, random), random_table(num_inputs, random)};
        const Partition partition = partition_of(functions, bound);
        const std::vector<WideTruthTable> codes = codes_of(partition);
        const std::vector<WideTruthTable> of_codes = functions_of_codes(functions, bound, partition);
        for (std::size_t a = 0; a < functions[0].size(); ++a) {
            std::size_t x = 0;
            std::size_t y = 0;
            int num_x = 0;
            int num_y = 0;
            for (int input = 0; input < num_inputs; ++input) {
                if ((bound >> input & 1) != 0) {
                    x |= (a >> input & 1) << num_x++;
                } else {
                    y |= (a >> input & 1) << num_y++;
                }
            }
            for (std::size_t code = 0; code < codes.size(); ++code) {
                y |= std::size_t{codes[code][x]} << (static_cast<std::size_t>(num_y) + code);
            }
            for (std::size_t i = 0; i < functions.size(); ++i) {
                ASSERT_EQ(of_codes[i][y], functions[i][a]) << "bound " << bound << ", entry " << a;
            }
        }
    }
}

TEST(LutCost, OneCommonCodeIsCheaperThanOneForEachFunction) {
    // All functions see their eight inputs x only through x / 16 clamped to 3..10, as saturated tables do.
    std::mt19937_64 random(3);
    std::vector<WideTruthTable> functions(6, WideTruthTable(8));
    for (WideTruthTable& function : functions) {
        std::vector<bool> of_clamped(11 * 16);
        std::generate(of_clamped.begin(), of_clamped.end(), [&] { return random() % 2 != 0; });
        for (std::size_t a = 0; a < function.size(); ++a) {
            const std::size_t block = std::clamp<std::size_t>(a / 16, 3, 10);
            function.set(a, of_clamped[block * 16 + a % 16]);
        }
    }
    LutCost cost({.lut_inputs = 4, .mux_levels = 4});
    double alone = 0;
    for (const WideTruthTable& function : functions) {
        alone += cost.of(function);
    }
    EXPECT_LT(cost.of(functions), alone);
}

TEST(SplitTable, PartsAddUpToTheTable) {
    std::mt19937_64 random(4);
    LutCost cost({.lut_inputs = 6, .mux_levels = 2});
    TableSplits splits(cost, {.luts_per_row_bit = 0.5});
    int num_split = 0;
    for (int round = 0; round < 40; ++round) {
        const std::int64_t first = -static_cast<std::int64_t>(random() % 300);
        const double slope = 0.005 + 0.002 * static_cast<double>(random() % 20);
        LookupTable table{.first = Integer(first), .entries = {}};
        for (std::int64_t a = first; a < first + 512; ++a) {
            table.entries.emplace_back(static_cast<std::int64_t>(std::lround(120 * std::tanh(slope * static_cast<double>(a)))));
        }
        const std::vector<TablePart>& parts = splits.parts_of(table, 1);
        num_split += parts.size() > 1 ? 1 : 0;
        for (std::int64_t a = first; a < first + 512; ++a) {
            Integer sum = 0;
            for (const TablePart& part : parts) {
                const auto place = static_cast<std::size_t>(((Integer(a) >> part.shift) - part.table.first).to_int64());
                ASSERT_LT(place, part.table.entries.size());
                sum += part.table.entries[place];
            }
            ASSERT_EQ(sum, table.entries[static_cast<std::size_t>(a - first)]) << "address " << a;
        }
    }
    EXPECT_GT(num_split, 20);
}

}  // namespace
}  // namespace lutra
