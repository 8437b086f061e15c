#include "lutra/prove/table_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace lutra {
namespace {

TEST(TableWords, AreThoseOfEachWordForItself) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 600; ++i) {
        const std::size_t num_inputs = random() % (max_table_inputs + 1);
        const std::size_t num_words = 1 + random() % 40;
        std::uint64_t table = random();
        for (std::uint64_t reads = random(), input = 0; input < num_inputs; ++input) {  // tables of few inputs, parities and products among them
            table = (reads >> input & 1) != 0 ? table : cofactor(table, static_cast<int>(input), (reads >> (input + 8) & 1) != 0);
            table ^= (reads >> (input + 16) & 1) != 0 ? input_tables[input] : 0;
            table &= (reads >> (input + 24) & 3) == 3 ? input_tables[input] : ~std::uint64_t{0};
        }
        std::vector<std::vector<std::uint64_t>> values(num_inputs, std::vector<std::uint64_t>(num_words));
        std::vector<const std::uint64_t*> inputs;
        for (auto& words : values) {
            std::ranges::generate(words, random);
            inputs.push_back(words.data());
        }
        std::vector<std::uint64_t> result(num_words);
        evaluate_table(table, inputs, result);
        for (std::size_t w = 0; w < num_words; ++w) {
            std::array<std::uint64_t, max_table_inputs> operands{};
            std::ranges::transform(values, operands.begin(), [&](const auto& words) { return words[w]; });
            ASSERT_EQ(result[w], evaluate_table(table, operands.data(), static_cast<int>(num_inputs))) << i;
        }
    }
}

}  // namespace
}  // namespace lutra
