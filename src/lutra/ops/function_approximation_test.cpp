#include "lutra/ops/function_approximation.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/ops/elu.h"
#include "lutra/ops/erf.h"
#include "lutra/ops/gelu.h"
#include "lutra/ops/lowered_op_for_tests.h"
#include "lutra/ops/mish.h"
#include "lutra/ops/sigmoid.h"
#include "lutra/ops/silu.h"
#include "lutra/ops/softplus.h"
#include "lutra/ops/tanh.h"

namespace lutra {
namespace {

/// Doubles round once more in the reference; far below any bound in use.
constexpr double reference_error = 1e-12;

/// The largest error over all inputs, or over `samples` random ones, neighbours of segment borders and the ends of the type.
double largest_error(const Op& op, const TestInput& input, int samples) {
    const LoweredOp lowered(op, {input});
    double largest = 0;
    const auto check = [&](const Integer& raw) { largest = std::max(largest, lowered.error(std::vector{raw})); };
    if (input.type.width <= 13) {
        for (Integer raw = input.type.min_raw(); raw <= input.type.max_raw(); raw += 1) {
            check(raw);
        }
        return largest;
    }
    std::mt19937_64 random(11);
    check(input.type.min_raw());
    check(input.type.max_raw());
    for (int i = 0; i < samples; ++i) {
        const Integer far = Integer(static_cast<std::uint64_t>(random())).low_bits_signed(std::min(input.type.width, 63));
        // Values of all magnitudes, and both sides of coarse borders.
        const Integer raw = far >> static_cast<int>(random() % static_cast<unsigned>(input.type.width));
        const int coarse = static_cast<int>(random() % static_cast<unsigned>(input.type.width - 1));
        const Integer border = ((raw >> coarse) << coarse) - Integer(static_cast<int>(random() % 2));
        for (const Integer& candidate : {raw, border}) {
            if (input.type.contains(candidate)) {
                check(candidate);
            }
        }
    }
    return largest;
}

TEST(Sigmoid, KeepsItsBoundForEveryNarrowInput) {
    for (const int fraction : {-1, 2, 4, 7, 12}) {
        for (const double bound : {0x1p-4, 0x1p-10, 0.0007, 0x1p-16}) {
            const Op op = Sigmoid{bound};
            EXPECT_LE(largest_error(op, {{}, {true, 8, fraction}}, 0), bound + reference_error) << fraction << " " << bound;
            EXPECT_LE(largest_error(op, {{}, {false, 9, fraction}, Dyadic(-3), 5}, 0), bound + reference_error) << fraction << " " << bound;
        }
    }
}

TEST(Sigmoid, KeepsItsBoundForWideInputs) {
    for (const double bound : {0x1p-6, 0x1p-13}) {
        for (const auto& [width, fraction] :
             {std::pair(13, 9), std::pair(16, 8), std::pair(24, 20), std::pair(40, 24), std::pair(60, 50), std::pair(40, -10)}) {
            EXPECT_LE(largest_error(Sigmoid{bound}, {{}, {true, width, fraction}}, 300), bound + reference_error) << width << " " << fraction << " " << bound;
        }
    }
}

TEST(Sigmoid, TakesAnyScaleAndOffset) {
    const Dyadic third = Dyadic::from_double(1.0F / 3);
    EXPECT_LE(largest_error(Sigmoid{}, {{}, {true, 16, 8}, -third, Dyadic::from_double(0.7)}, 500), 0x1p-10 + reference_error);
    EXPECT_LE(largest_error(Sigmoid{}, {{}, {true, 16, 8}, Dyadic(Integer(1), -400), Dyadic(Integer(1), 300)}, 20), 0x1p-10 + reference_error);
    EXPECT_LE(largest_error(Sigmoid{}, {{}, {true, 16, 8}, Dyadic(Integer(1), 400), Dyadic(Integer(1), -300)}, 20), 0x1p-10 + reference_error);
    EXPECT_LE(largest_error(Sigmoid{}, {{}, {true, 16, 8}, Dyadic(Integer(1), -400), Dyadic(Integer(1), -300)}, 20), 0x1p-10 + reference_error);
}

/// Functions that follow a line for large x, and others with constants at both ends.
std::vector<Op> functions(double bound) {
    return {Tanh{bound},     Erf{bound},      Silu{bound},     Gelu{{bound}, false},    Gelu{{bound}, true},
            Mish{bound},     Softplus{bound}, Elu{{bound}, 1}, Elu{{bound}, 1.6732632}, Elu{{bound}, 0.01},
            Elu{{bound}, 50}};
}

class Functions : public testing::TestWithParam<std::size_t> {
protected:
    /// Doubles are coarser where the function is a line far away.
    static void expect_bound(double bound, const TestInput& input, int samples) {
        const Op op = functions(bound)[GetParam()];
        const double farthest = std::abs(input.scale.to_double() * input.type.max_raw().to_double() * std::ldexp(1.0, -input.type.fraction));
        EXPECT_LE(largest_error(op, input, samples), bound + reference_error * (1 + farthest)) << op.name() << " " << bound << " " << to_string(input.type);
    }
};

TEST_P(Functions, KeepTheirBoundForNarrowInputs) {
    for (const double bound : {0x1p-2, 0x1p-10, 0x1p-15}) {
        expect_bound(bound, {{}, {true, 8, 4}}, 0);
        expect_bound(bound, {{}, {false, 8, 3}, Dyadic(-3), 5}, 0);
    }
}

TEST_P(Functions, KeepTheirBoundForWideInputs) {
    for (const double bound : {0x1p-2, 0x1p-7, 0x1p-13}) {
        expect_bound(bound, {{}, {true, 16, 10}}, 150);
        expect_bound(bound, {{}, {true, 32, 20}, Dyadic::from_double(0.3F)}, 150);
        expect_bound(bound, {{}, {true, 24, 18}, Dyadic::from_double(-0.3F), Dyadic::from_double(0.7F)}, 150);
        expect_bound(bound, {{}, {true, 40, 36}, 1, Dyadic(Integer(5), -3)}, 100);
        expect_bound(bound, {{}, {true, 16, 2}}, 100);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Functions, testing::Range(std::size_t{0}, functions(0.25).size()));

TEST(Tanh, StaysBetweenItsLimits) {
    const LoweredOp lowered(Tanh{}, {{{}, {true, 24, 12}}});
    const Wire y = lowered.circuit().outputs()[0].wires[0];
    const Interval range = lowered.circuit().interval(y);
    const int fraction = lowered.circuit().type(y).fraction;
    EXPECT_EQ(Dyadic(range.high, -fraction), Dyadic(1));
    EXPECT_EQ(Dyadic(range.low, -fraction), Dyadic(-1));
}

TEST(FunctionApproximation, ComputesTheSameEntriesEverywhere) {
    // Raw outputs at a few inputs; they must not depend on compiler, library or processor.
    const LoweredOp lowered(Sigmoid{}, {{{}, {true, 16, 10}}});
    std::vector<Dyadic> values;
    for (const int raw : {-5000, -1234, -1, 0, 1, 777, 2048, 6000}) {
        values.push_back(lowered.evaluate(std::vector{Integer(raw)})[0] * Dyadic(1024));
    }
    EXPECT_EQ(values, (std::vector<Dyadic>{8, 236, 512, 512, 512, 697, 902, 1021}));
}

TEST(FunctionApproximation, RefusesBoundsThatItCannotKeep) {
    EXPECT_FALSE(Sigmoid{0x1p-21}.validate());
    EXPECT_FALSE(Sigmoid{std::nan("")}.validate());
    EXPECT_FALSE(Tanh{0.3}.validate());
    EXPECT_TRUE(Tanh{0.25}.validate());
}

}  // namespace
}  // namespace lutra
