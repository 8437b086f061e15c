#include "lutra/ops/softmax.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/ops/lowered_op_for_tests.h"

namespace lutra {
namespace {

struct Worst {
    double error = 0;
    double sum_error = 0;
};

void check(const LoweredOp& lowered, std::span<const Integer> raw, Worst& worst) {
    const auto outputs = lowered.evaluate(raw);
    const auto expected = lowered.reference(raw);
    double sum = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        EXPECT_LE(outputs[i], Dyadic(1));
        EXPECT_GE(outputs[i], Dyadic(0));
        sum += outputs[i].to_double();
        worst.error = std::max(worst.error, std::abs(outputs[i].to_double() - expected[i]));
    }
    worst.sum_error = std::max(worst.sum_error, std::abs(sum - 1));
}

/// Random logits of all magnitudes, equal ones, and the extremes of the type.
Worst worst_of(const Softmax& op, std::int64_t num_classes, const FixedPointType& type, const Dyadic& scale, int samples) {
    const LoweredOp lowered(op, {{{num_classes}, type, scale}});
    std::mt19937_64 random(static_cast<std::uint64_t>(num_classes) * 100 + static_cast<std::uint64_t>(type.width));
    const auto count = static_cast<std::size_t>(num_classes);
    Worst worst;
    check(lowered, std::vector(count, type.max_raw()), worst);
    check(lowered, std::vector(count, type.min_raw()), worst);
    for (int sample = 0; sample < samples; ++sample) {
        const int shift = static_cast<int>(random() % static_cast<unsigned>(type.width));
        std::vector<Integer> raw;
        for (std::size_t i = 0; i < count; ++i) {
            const Integer bits = Integer(static_cast<std::uint64_t>(random())).low_bits_signed(type.width);
            raw.push_back(random() % 9 == 0 ? type.min_raw() : bits >> shift);
        }
        check(lowered, raw, worst);
    }
    return worst;
}

void expect_bound(const Softmax& op, std::int64_t num_classes, const FixedPointType& type, const Dyadic& scale, int samples) {
    const Worst worst = worst_of(op, num_classes, type, scale, samples);
    EXPECT_LE(worst.error, op.max_error + 1e-12) << num_classes << " " << to_string(type);
    EXPECT_LE(worst.sum_error, op.max_error * static_cast<double>(num_classes)) << num_classes << " " << to_string(type);
}

TEST(Softmax, KeepsItsBoundWhateverTheWidthAndTheNumberOfClasses) {
    for (const std::int64_t num_classes : {2, 3, 5, 10, 64}) {
        const int samples = num_classes > 10 ? 6 : 40;
        for (const auto& [width, fraction] : {std::pair(8, 4), std::pair(16, 8), std::pair(24, 18), std::pair(40, 24), std::pair(40, 39)}) {
            expect_bound({}, num_classes, {true, width, fraction}, 1, samples);
        }
    }
}

TEST(Softmax, KeepsOtherBoundsAndScales) {
    for (const double bound : {0x1p-2, 0x1p-6, 0x1p-13, 0x1p-16}) {
        expect_bound({bound}, 5, {true, 8, 4}, 1, 30);
        expect_bound({bound}, 5, {true, 20, 12}, Dyadic::from_double(0.3F), 30);
        expect_bound({bound}, 2, {true, 16, 0}, Dyadic(Integer(5), -9), 30);
    }
}

TEST(Softmax, OfOneClassIsOne) {
    const LoweredOp lowered(Softmax{}, {{{1}, {true, 8, 4}}});
    EXPECT_EQ(lowered.evaluate(std::vector<Integer>{5})[0], Dyadic(1));
}

TEST(Softmax, TakesEveryAxis) {
    const LoweredOp lowered(Softmax{0x1p-10, 0}, {{{3, 2}, {true, 6, 3}}});
    EXPECT_LE(lowered.error(std::vector<Integer>{1, 20, -30, 4, 5, -6}), 0x1p-10);
}

TEST(Softmax, GivesEqualLogitsEqualShares) {
    const LoweredOp lowered(Softmax{}, {{{4}, {true, 24, 12}}});
    for (const Dyadic& y : lowered.evaluate(std::vector<Integer>(4, Integer(12345)))) {
        EXPECT_EQ(y, Dyadic(Integer(1), -2));
    }
}

}  // namespace
}  // namespace lutra
