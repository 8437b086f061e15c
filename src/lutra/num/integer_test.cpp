#include "lutra/num/integer.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace lutra {
namespace {

mpz_class to_mpz(const Integer& value) { return mpz_class(value.to_string()); }

/// Numbers of up to 200 bits, many of them next to 0, 2^31, 2^62, 2^63, 2^64 and 2^128.
std::vector<Integer> interesting_integers() {
    std::mt19937_64 random(7);
    std::vector<Integer> values;
    for (const int exponent : {0, 1, 31, 32, 62, 63, 64, 65, 127, 128}) {
        for (const int offset : {-2, -1, 0, 1}) {
            values.push_back(Integer::power_of_two(exponent) + Integer(offset));
            values.push_back(-values.back());
        }
    }
    for (int i = 0; i < 60; ++i) {
        Integer value = static_cast<std::int64_t>(random());
        for (int limb = 0; limb < i % 3; ++limb) {
            value = value * Integer(static_cast<std::int64_t>(random() >> (random() % 64)));
        }
        values.push_back(value);
    }
    return values;
}

/// Equal to GMP's number, and small exactly when it fits in 64 bits.
void expect_is(const Integer& ours, const mpz_class& theirs, const char* operation) {
    ASSERT_EQ(ours.to_string(), theirs.get_str()) << operation;
    ASSERT_EQ(ours.is_small(), theirs.fits_slong_p()) << operation;
}

TEST(Integer, CalculatesAsGmpDoesAroundTheSixtyFourBitBorder) {
    const auto values = interesting_integers();
    for (const Integer& a : values) {
        const mpz_class x = to_mpz(a);
        ASSERT_NO_FATAL_FAILURE(expect_is(-a, -x, "negate"));
        ASSERT_NO_FATAL_FAILURE(expect_is(~a, ~x, "not"));
        ASSERT_NO_FATAL_FAILURE(expect_is(a.abs(), abs(x), "abs"));
        for (const Integer& b : values) {
            const mpz_class y = to_mpz(b);
            ASSERT_NO_FATAL_FAILURE(expect_is(a + b, x + y, "add"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a - b, x - y, "subtract"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a * b, x * y, "multiply"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a & b, x & y, "and"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a | b, x | y, "or"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a ^ b, x ^ y, "xor"));
            ASSERT_EQ(a == b, x == y);
            ASSERT_EQ(a < b, x < y);
            ASSERT_EQ(a > b, x > y);
        }
    }
}

TEST(Integer, DividesRoundingDownAndFindsDivisorsAsGmpDoes) {
    const auto values = interesting_integers();
    for (const Integer& a : values) {
        for (const Integer& b : values) {
            const mpz_class x = to_mpz(a);
            const mpz_class y = to_mpz(b);
            ASSERT_NO_FATAL_FAILURE(expect_is(greatest_common_divisor(a, b), gcd(x, y), "gcd"));
            if (y != 0) {
                mpz_class quotient;
                mpz_fdiv_q(quotient.get_mpz_t(), x.get_mpz_t(), y.get_mpz_t());
                ASSERT_NO_FATAL_FAILURE(expect_is(floor_divide(a, b), quotient, "floor_divide"));
            }
        }
    }
}

TEST(Integer, ShiftsAndCutsBitsAsGmpDoes) {
    for (const Integer& a : interesting_integers()) {
        const mpz_class x = to_mpz(a);
        for (const int n : {0, 1, 5, 31, 32, 61, 62, 63, 64, 65, 100, 128, 300}) {
            const mpz_class power = mpz_class(1) << n;
            mpz_class down;
            mpz_class low;
            mpz_fdiv_qr(down.get_mpz_t(), low.get_mpz_t(), x.get_mpz_t(), power.get_mpz_t());
            ASSERT_NO_FATAL_FAILURE(expect_is(a << n, x * power, "shift left"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a >> n, down, "shift right"));
            ASSERT_NO_FATAL_FAILURE(expect_is(a.low_bits(n), low, "low bits"));
            const mpz_class low_signed = n > 0 && low * 2 >= power ? mpz_class(low - power) : low;
            ASSERT_NO_FATAL_FAILURE(expect_is(a.low_bits_signed(n), low_signed, "low signed bits"));
            ASSERT_EQ(a.bit(n), mpz_tstbit(x.get_mpz_t(), static_cast<mp_bitcnt_t>(n)) != 0);
            ASSERT_EQ(a.is_multiple_of_power_of_two(n), low == 0);
        }
    }
}

TEST(Integer, CountsBitsAsItsDefinitionsSay) {
    for (const Integer& a : interesting_integers()) {
        const int width = a.bit_length();
        const Integer bound = Integer::power_of_two(width);
        ASSERT_TRUE(a.sign() >= 0 ? a < bound : -bound <= a) << a.to_string();
        if (width > 0) {
            const Integer smaller = Integer::power_of_two(width - 1);
            ASSERT_FALSE(a.sign() >= 0 ? a < smaller : -smaller <= a) << a.to_string();
        }
        ASSERT_EQ(a.sign(), sgn(to_mpz(a)));
        ASSERT_EQ(a.is_odd(), a.bit(0));
        if (!a.is_zero()) {
            ASSERT_TRUE((a >> a.trailing_zeros()).is_odd());
            ASSERT_EQ((a >> a.trailing_zeros()) << a.trailing_zeros(), a);
        }
    }
    EXPECT_EQ(Integer(0).bit_length(), 0);
    EXPECT_EQ(Integer(-1).bit_length(), 0);
    EXPECT_EQ(Integer(0).trailing_zeros(), 0);
}

TEST(Integer, PrintsAndReadsDecimalAndHexadecimalDigits) {
    for (const Integer& a : interesting_integers()) {
        EXPECT_EQ(Integer::parse(a.to_string()), a);
        const int width = a.bit_length() + 1;
        EXPECT_EQ(Integer::parse("0x" + a.to_hex(width)), a.low_bits(width));
        EXPECT_EQ(a.to_hex(width).size(), static_cast<std::size_t>((width + 3) / 4));
    }
    EXPECT_EQ(Integer(-1).to_hex(9), "1ff");
    EXPECT_EQ(Integer(5).to_hex(0), "0");
    EXPECT_EQ(Integer::parse("-0x10"), Integer(-16));
    EXPECT_EQ(Integer::parse("007"), Integer(7));
    for (const char* text : {"", "-", "+1", "--1", "0x", "-0x", "1 ", " 1", "1e3", "0b1", "12a", "0xg", "1.0", "0X1"}) {
        EXPECT_FALSE(Integer::parse(text)) << text;
    }
}

TEST(Integer, ConvertsToTheNearestDoubleTiesToEven) {
    for (const std::int64_t value : {0L, 1L, -1L, (1L << 53) + 1, (1L << 53) + 3, -(1L << 53) - 1, std::numeric_limits<std::int64_t>::max()}) {
        EXPECT_EQ(Integer(value).to_double(), static_cast<double>(value));
    }
    const Integer tie = Integer::power_of_two(100) + Integer::power_of_two(47);  // half of the last bit of 2^100
    EXPECT_EQ(tie.to_double(), std::ldexp(1.0, 100));
    EXPECT_EQ((tie + Integer(1)).to_double(), std::nextafter(std::ldexp(1.0, 100), INFINITY));
    EXPECT_EQ((-tie - Integer(1)).to_double(), -std::nextafter(std::ldexp(1.0, 100), INFINITY));
    EXPECT_EQ(Integer::power_of_two(2000).to_double(), INFINITY);
}

TEST(Integer, TakesEveryUnsignedAndSurvivesAssignmentToItself) {
    EXPECT_EQ(Integer(std::numeric_limits<std::uint64_t>::max()), Integer::power_of_two(64) - Integer(1));
    EXPECT_EQ(Integer(std::uint64_t{7}), Integer(7));
    Integer big = Integer::power_of_two(90);
    const Integer& same = big;
    big = same;
    EXPECT_EQ(big, Integer::power_of_two(90));
    Integer moved = std::move(big);
    big = 3;
    EXPECT_EQ(big + moved, Integer::power_of_two(90) + Integer(3));
}

}  // namespace
}  // namespace lutra
