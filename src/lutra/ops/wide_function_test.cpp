// The functions of wide range keep their bounds for inputs of every width, scale and sign, at their edges too.

#include <gtest/gtest.h>

#include <random>

#include "lutra/ops/exp.h"
#include "lutra/ops/log.h"
#include "lutra/ops/lowered_op_for_tests.h"
#include "lutra/ops/reciprocal.h"
#include "lutra/ops/rsqrt.h"
#include "lutra/ops/softsign.h"
#include "lutra/ops/sqrt.h"

namespace lutra {
namespace {

std::vector<Op> functions(double bound, double limit) {
    return {Exp{{bound}, limit}, Log{{bound}, limit}, Sqrt{{bound}, limit}, Rsqrt{{bound}, limit}, Reciprocal{{bound}, limit}, Softsign{bound}};
}

/// The largest error over all inputs, or over random ones of all magnitudes and those around 0 and the ends of the type.
double largest_error(const Op& op, const TestInput& input) {
    const LoweredOp lowered(op, {input});
    double largest = 0;
    const auto check = [&](const Integer& raw) {
        if (input.type.contains(raw)) {
            largest = std::max(largest, lowered.error(std::vector{raw}));
        }
    };
    const int num_random = input.type.width <= 8 ? 0 : 80;
    for (Integer raw = input.type.min_raw(); num_random == 0 && raw <= input.type.max_raw(); raw += 1) {
        check(raw);
    }
    std::mt19937_64 random(3);
    for (int i = 0; i < num_random; ++i) {
        const Integer bits = Integer(static_cast<std::uint64_t>(random())).low_bits_signed(std::min(input.type.width + 1, 63));
        check(bits >> static_cast<int>(random() % static_cast<unsigned>(input.type.width)));
    }
    for (int i = -3; i <= 3; ++i) {
        check(i);
        check(input.type.min_raw() + Integer(i));
        check(input.type.max_raw() + Integer(i));
    }
    return largest;
}

class WideFunctions : public testing::TestWithParam<std::size_t> {
protected:
    static void expect_bound(double bound, double limit, const TestInput& input) {
        const Op op = functions(bound, limit)[GetParam()];
        ASSERT_TRUE(op.infer_shape(std::array{input.shape}));
        EXPECT_LE(largest_error(op, input), bound + 1e-12 * limit) << op.name() << " " << bound << " " << limit << " " << to_string(input.type);
    }
};

TEST_P(WideFunctions, KeepTheirBoundForNarrowInputs) {
    for (const double bound : {0x1p-2, 0x1p-10}) {
        expect_bound(bound, 1024, {{}, {true, 8, 4}});
        expect_bound(bound, 3, {{}, {false, 8, 10}, Dyadic(-3), 5});
        expect_bound(bound, 1024, {{}, {true, 8, -2}});
    }
}

TEST_P(WideFunctions, KeepTheirBoundForWideInputs) {
    for (const double bound : {0x1p-2, 0x1p-9}) {
        for (const double limit : {1.0, 300.0}) {
            expect_bound(bound, limit, {{}, {true, 16, 10}});
            expect_bound(bound, limit, {{}, {false, 16, 16}});
            expect_bound(bound, limit, {{}, {true, 24, 8}, Dyadic::from_double(0.3F)});
            expect_bound(bound, limit, {{}, {true, 20, 16}, Dyadic::from_double(-0.3F), Dyadic::from_double(0.7F)});
            expect_bound(bound, limit, {{}, {false, 40, 36}, 1, Dyadic(Integer(5), -3)});
            expect_bound(bound, limit, {{}, {true, 40, 4}});
            expect_bound(bound, limit, {{}, {false, 11, 0}, Dyadic::from_double(1.7F)});
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, WideFunctions, testing::Range(std::size_t{0}, functions(0.25, 16).size()));

TEST(WideFunctions, HaveTheirEdges) {
    const TestInput input{{}, {true, 20, 10}};
    const auto at = [&](const Op& op, int raw) { return LoweredOp(op, {input}).evaluate(std::vector<Integer>{raw})[0]; };
    EXPECT_EQ(at(Log{}, 0), Dyadic(-16));
    EXPECT_EQ(at(Log{}, -5), Dyadic(-16));
    EXPECT_EQ(at(Sqrt{}, 0), Dyadic(0));
    EXPECT_EQ(at(Sqrt{}, -5), Dyadic(0));
    EXPECT_EQ(at(Rsqrt{}, 0), Dyadic(1024));
    EXPECT_EQ(at(Reciprocal{}, 0), Dyadic(1024));
    EXPECT_EQ(at(Reciprocal{{}, 64}, -1), Dyadic(-64));
    EXPECT_EQ(at(Exp{}, 20 << 10), Dyadic(1024));
    EXPECT_EQ(at(Softsign{}, 0), Dyadic(0));
}

TEST(WideFunctions, RefuseLimitsThatTheyCannotKeep) {
    EXPECT_FALSE((Exp{{0x1p-10}, 0.5}).validate());
    EXPECT_FALSE((Sqrt{{0x1p-20}, 2048}).validate());
    EXPECT_TRUE((Sqrt{{0x1p-20}, 1024}).validate());
}

}  // namespace
}  // namespace lutra
