#include "lutra/map/fast_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "lutra/target/device.h"

namespace lutra {
namespace {

const CostModel& delays(bool has_ternary_rows) {
    static const CostModel lut6(find_device("xcvu13p").value());
    static const CostModel lut4(find_device("ecp5-85").value());
    return has_ternary_rows ? lut6 : lut4;
}

/// `num_words` words of `width` bits without a shift, there at once.
FastSumRequest words_of(int num_words, int width, bool has_ternary_rows) {
    FastSumRequest request{.columns = HeapColumns(static_cast<std::size_t>(width) + 5),
                           .window = width + 5,
                           .has_ternary_rows = has_ternary_rows,
                           .delays = delays(has_ternary_rows)};
    for (int i = 0; i < num_words; ++i) {
        for (int c = 0; c < width; ++c) {
            request.columns[static_cast<std::size_t>(c)].push_back({request.num_bits++, 0, 0});
        }
    }
    return request;
}

/// What the plan makes of the heap with these bits, modulo 2^window.
std::uint64_t run(const FastSumRequest& request, const FastSum& plan, std::vector<bool> bits) {
    for (const Counter& counter : plan.counters) {
        const auto ones = std::ranges::count_if(counter.all(), [&](int number) { return bits[static_cast<std::size_t>(number)]; });
        for (int i = 0; i < counter.num_outputs(); ++i) {
            bits.push_back((ones >> i & 1) != 0);
        }
    }
    std::vector<std::uint64_t> words;
    for (const std::vector<int>& numbers : plan.words) {
        std::uint64_t& word = words.emplace_back(0);
        for (std::size_t c = 0; c < numbers.size(); ++c) {
            word |= std::uint64_t{numbers[c] != FastSum::none && bits[static_cast<std::size_t>(numbers[c])]} << c;
        }
    }
    for (const RowStep& step : plan.rows.steps) {
        std::uint64_t sum = step.has_constant ? request.constant : 0;
        for (const int word : step.all()) {
            sum += words[static_cast<std::size_t>(word)];
        }
        words.push_back(sum & ((std::uint64_t{1} << request.window) - 1));
    }
    return words.back();
}

TEST(FastSum, AddsUpTheBitsOfRandomHeaps) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 300; ++round) {
        const bool has_ternary_rows = round % 2 == 0;
        FastSumRequest request{
            .columns = HeapColumns(12), .window = 12, .has_ternary_rows = has_ternary_rows, .has_counters = round % 3 != 0, .delays = delays(has_ternary_rows)};
        request.constant = random() % 3 == 0 ? 0 : random() % (1U << request.window);
        for (std::vector<TimedBit>& column : request.columns) {
            for (auto left = random() % 12; left > 0; --left) {
                const double time = static_cast<double>(random() % 4) * 0.5;
                column.push_back({request.num_bits++, time, time});
            }
        }
        const FastSum plan = plan_fast_sum(request);
        for (int event = 0; event < 20; ++event) {
            std::vector<bool> bits(static_cast<std::size_t>(request.num_bits));
            std::uint64_t expected = request.constant;
            for (std::size_t c = 0; c < request.columns.size(); ++c) {
                for (const TimedBit& bit : request.columns[c]) {
                    bits[static_cast<std::size_t>(bit.number)] = random() % 2 == 0;
                    expected += std::uint64_t{bits[static_cast<std::size_t>(bit.number)]} << c;
                }
            }
            ASSERT_EQ(run(request, plan, bits), expected & ((1U << request.window) - 1)) << "heap " << round;
        }
    }
}

TEST(FastSum, PutsCountersInFrontOfOneRowWhereThatIsFaster) {
    for (const bool has_ternary_rows : {true, false}) {
        for (const int num_words : {3, 6, 12, 24}) {
            FastSumRequest request = words_of(num_words, 8, has_ternary_rows);
            const FastSum with = plan_fast_sum(request);
            request.has_counters = false;
            const FastSum without = plan_fast_sum(request);
            EXPECT_TRUE(without.counters.empty());
            EXPECT_LE(with.time_ns, without.time_ns);
            EXPECT_EQ(with.counters.empty(), has_ternary_rows && num_words == 3) << num_words;
            EXPECT_TRUE(with.counters.empty() || with.rows.steps.size() == 1) << num_words;
        }
    }
}

TEST(FastSum, CountsSixBitsInThreeOnSixInputs) {
    const FastSum plan = plan_fast_sum(words_of(6, 8, true));
    const double level = delays(true).gate_delay_ns(6);
    EXPECT_TRUE(std::ranges::any_of(plan.counters, [](const Counter& counter) { return counter.num_outputs() == 3; }));
    EXPECT_NEAR(plan.time_ns, level + delays(true).adder_delay_ns(13), 0.1);
    for (const Counter& counter : plan_fast_sum(words_of(6, 8, false)).counters) {
        EXPECT_LE(counter.num_bits, 3);
    }
}

TEST(FastSum, AddsALateWordLast) {
    FastSumRequest request = words_of(4, 8, true);
    request.has_counters = false;
    constexpr double late_ns = 5;
    for (std::vector<TimedBit>& column : request.columns) {
        if (!column.empty()) {
            column[0].as_row_input = column[0].as_lut_input = late_ns;
        }
    }
    EXPECT_LT(plan_fast_sum(request).time_ns, late_ns + 1.5 * delays(true).adder_delay_ns(13));
}

}  // namespace
}  // namespace lutra
