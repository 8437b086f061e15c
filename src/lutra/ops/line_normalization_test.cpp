#include <gtest/gtest.h>

#include <random>

#include "lutra/ops/layer_normalization.h"
#include "lutra/ops/lowered_op_for_tests.h"
#include "lutra/ops/rms_normalization.h"

namespace lutra {
namespace {

/// Random lines of all magnitudes, lines of equal elements but one, and the ends of the type.
double largest_error(const Op& op, const TestInput& input) {
    const LoweredOp lowered(op, {input});
    const auto count = static_cast<std::size_t>(num_elements(input.shape));
    const FixedPointType& type = input.type;
    double largest = 0;
    const auto check = [&](const std::vector<Integer>& raw) { largest = std::max(largest, lowered.error(raw)); };
    check(std::vector(count, type.max_raw()));
    check(std::vector(count, type.min_raw()));
    check(std::vector(count, Integer(0)));
    std::vector<Integer> one(count, type.max_raw());
    one[0] = type.min_raw();
    check(one);
    one.assign(count, Integer(1));
    one.back() = 2;
    check(one);
    std::mt19937_64 random(9);
    for (int i = 0; i < 40; ++i) {
        const int shift = static_cast<int>(random() % static_cast<unsigned>(type.width));
        std::vector<Integer> raw;
        for (std::size_t k = 0; k < count; ++k) {
            const Integer bits(static_cast<std::uint64_t>(random()));
            raw.push_back((type.is_signed ? bits.low_bits_signed(type.width) : bits.low_bits(type.width)) >> shift);
        }
        check(raw);
    }
    return largest;
}

void expect_bound(double bound, const TestInput& input, double gain, double epsilon) {
    const RealTensor scale = gain;
    const double tolerance = bound + 1e-9 * gain;
    const LayerNormalization layer{.max_error = bound, .scale = scale, .bias = -0.3, .epsilon = epsilon};
    EXPECT_LE(largest_error(layer, input), tolerance) << bound << " " << to_string(input.type) << " " << gain << " " << epsilon;
    const RmsNormalization rms{.max_error = bound, .scale = scale, .epsilon = epsilon};
    EXPECT_LE(largest_error(rms, input), tolerance) << bound << " " << to_string(input.type) << " " << gain << " " << epsilon;
}

class Normalizations : public testing::TestWithParam<double> {};

TEST_P(Normalizations, KeepTheirBoundWhateverTheTypeIs) {
    for (const double epsilon : {0.0, 1e-5, 1e-3, 2.0}) {
        expect_bound(GetParam(), {{4}, {true, 8, 4}}, 1, epsilon);
        expect_bound(GetParam(), {{3}, {true, 16, 8}, Dyadic::from_double(0.3F)}, 5, epsilon);
        expect_bound(GetParam(), {{2}, {false, 12, 14}, Dyadic(-1), Dyadic::from_double(0.25)}, 0.1, epsilon);
        expect_bound(GetParam(), {{5}, {true, 24, 0}}, 1, epsilon);
        expect_bound(GetParam(), {{1}, {true, 6, 3}}, 1, epsilon);
    }
}

INSTANTIATE_TEST_SUITE_P(Bounds, Normalizations, testing::Values(0x1p-2, 0x1p-6, 0x1p-10, 0x1p-14));

TEST(LayerNormalization, HasParametersForEveryPlaceOfItsAxes) {
    const LayerNormalization op{.scale = {{2, 2}, {1, -2, 0.5, 0}}, .bias = {{2, 2}, {0, 1, 2, 3}}, .axis = 1};
    EXPECT_LE(largest_error(op, {{2, 2, 2}, {true, 10, 5}}), 0x1p-10 + 1e-12);
}

TEST(LayerNormalization, RefusesWhatItCannotKeep) {
    const Shape shape = {4};
    EXPECT_FALSE(Op(LayerNormalization{.epsilon = -1}).infer_shape(std::array{shape}));
    EXPECT_FALSE(Op(LayerNormalization{.scale = {{3}, {1, 1, 1}}}).infer_shape(std::array{shape}));
    EXPECT_FALSE(Op(LayerNormalization{.max_error = 0x1p-20, .scale = 100.0}).infer_shape(std::array{shape}));
    EXPECT_TRUE(Op(LayerNormalization{.max_error = 0x1p-20, .scale = 10.0}).infer_shape(std::array{shape}));
}

}  // namespace
}  // namespace lutra
