#include "lutra/num/dyadic.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace lutra {
namespace {

mpq_class to_mpq(const Dyadic& x) {
    mpq_class value(mpz_class(x.mantissa().to_string()));
    const mpz_class power = mpz_class(1) << std::abs(x.exponent());
    return x.exponent() >= 0 ? mpq_class(value * power) : mpq_class(value / power);
}

std::vector<Dyadic> interesting_numbers() {
    std::mt19937_64 random(3);
    std::vector<Dyadic> numbers = {0, 1, -1, Dyadic(Integer(3), -2), Dyadic(Integer::power_of_two(80) + Integer(1), -40)};
    for (int i = 0; i < 40; ++i) {
        numbers.emplace_back(Integer(static_cast<std::int64_t>(random()) >> (random() % 64)), static_cast<int>(random() % 200) - 100);
    }
    return numbers;
}

TEST(Dyadic, CalculatesAsRationalNumbersDo) {
    const auto numbers = interesting_numbers();
    for (const Dyadic& a : numbers) {
        for (const Dyadic& b : numbers) {
            const mpq_class x = to_mpq(a);
            const mpq_class y = to_mpq(b);
            ASSERT_TRUE(to_mpq(a + b) == x + y);
            ASSERT_TRUE(to_mpq(a - b) == x - y);
            ASSERT_TRUE(to_mpq(a * b) == x * y);
            ASSERT_EQ(a < b, x < y);
            ASSERT_EQ(a == b, x == y);
            if (y != 0) {
                const mpq_class ratio = x / y;
                mpz_class floor;
                mpz_fdiv_q(floor.get_mpz_t(), ratio.get_num_mpz_t(), ratio.get_den_mpz_t());
                ASSERT_EQ(floor_divide(a, b).to_string(), floor.get_str());
            }
        }
    }
}

TEST(Dyadic, KeepsAnOddMantissaSoThatEqualNumbersHaveEqualMembers) {
    for (const Dyadic& x : interesting_numbers()) {
        EXPECT_TRUE(x.is_zero() ? x.exponent() == 0 : x.mantissa().is_odd());
        EXPECT_EQ(x.raw(x.fraction() + 3), x.mantissa() << (x.is_zero() ? 0 : 3));
    }
    EXPECT_EQ(Dyadic(Integer(12), -2), Dyadic(3));
    EXPECT_EQ(Dyadic(Integer(0), 77), Dyadic(0));
    EXPECT_EQ(Dyadic(0).raw(-50), Integer(0));
}

TEST(Dyadic, HoldsEveryFiniteDoubleExactly) {
    std::mt19937_64 random(5);
    std::vector<double> doubles = {0.0,
                                   0.1,
                                   -12.0,
                                   std::numeric_limits<double>::min(),
                                   std::numeric_limits<double>::denorm_min(),
                                   std::numeric_limits<double>::max(),
                                   -std::numeric_limits<double>::max()};
    for (int i = 0; i < 200; ++i) {
        doubles.push_back(std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())), static_cast<int>(random() % 2000) - 1060));
    }
    for (const double x : doubles) {
        ASSERT_EQ(Dyadic::from_double(x).to_double(), x);
        ASSERT_TRUE(to_mpq(Dyadic::from_double(x)) == mpq_class(x));
    }
}

TEST(Dyadic, KnowsPowersOfTwoAndPrintsMantissaAndExponent) {
    EXPECT_TRUE(Dyadic::from_double(0.25).is_power_of_two());
    EXPECT_TRUE(Dyadic(-8).is_power_of_two());
    EXPECT_FALSE(Dyadic(0).is_power_of_two());
    EXPECT_FALSE(Dyadic(6).is_power_of_two());
    EXPECT_EQ(format_as(Dyadic::from_double(0.1875)), "3*2^-4");
}

}  // namespace
}  // namespace lutra
