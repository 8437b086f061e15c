#include "lutra/num/fixed_point_type.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

constexpr int num_roundings = 9;
constexpr int num_overflows = 5;

mpz_class to_mpz(const Integer& value) { return mpz_class(value.to_string()); }

mpz_class two_to(int exponent) { return mpz_class(1) << exponent; }

mpz_class floor_of(const mpq_class& x) {
    mpz_class quotient;
    mpz_fdiv_q(quotient.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return quotient;
}

mpz_class ceiling_of(const mpq_class& x) { return -floor_of(-x); }

/// The definition of each rounding mode, on rationals.
mpz_class round_rational(const mpq_class& x, Rounding rounding) {
    const mpq_class half(1, 2);
    const bool is_negative = x < 0;
    switch (rounding) {
        case Rounding::Truncate: return floor_of(x);
        case Rounding::TruncateZero: return is_negative ? ceiling_of(x) : floor_of(x);
        case Rounding::HalfUp: return floor_of(x + half);
        case Rounding::HalfDown: return ceiling_of(x - half);
        case Rounding::HalfToZero: return is_negative ? floor_of(x + half) : ceiling_of(x - half);
        case Rounding::HalfFromZero: return is_negative ? ceiling_of(x - half) : floor_of(x + half);
        case Rounding::HalfToEven: {
            const mpz_class up = floor_of(x + half);
            return mpq_class(up) - x == half && mpz_odd_p(up.get_mpz_t()) ? mpz_class(up - 1) : up;
        }
        case Rounding::Ceiling: return ceiling_of(x);
        case Rounding::FromZero: return is_negative ? floor_of(x) : ceiling_of(x);
    }
    throw std::logic_error("rounding mode");
}

/// The lowest bits of a number's infinite two's complement as characters, the highest one first: overflow modes are told in bits.
std::string bits_of(const mpz_class& value, int width) {
    std::string bits;
    for (int i = width - 1; i >= 0; --i) {
        bits += mpz_tstbit(value.get_mpz_t(), static_cast<mp_bitcnt_t>(i)) != 0 ? '1' : '0';
    }
    return bits;
}

mpz_class value_of(const std::string& bits, bool is_signed) {
    if (bits.empty()) {
        return 0;
    }
    const mpz_class value(bits, 2);
    return is_signed && bits[0] == '1' ? mpz_class(value - two_to(static_cast<int>(bits.size()))) : value;
}

/// WRAP and WRAP_SM of a rounded number out of range, as the vendor's manual draws them: `deleted` is the lowest bit that does not fit.
mpz_class wrap_bits(const mpz_class& rounded, char deleted, const Quantization& q) {
    const auto width = static_cast<std::size_t>(q.type.width);
    const auto n = static_cast<std::size_t>(q.saturation_bits);
    std::string bits = bits_of(rounded, q.type.width);
    const char sign = rounded < 0 ? '1' : '0';
    const char not_sign = rounded < 0 ? '0' : '1';
    const bool is_magnitude = q.overflow == Overflow::WrapSignMagnitude && q.type.is_signed;
    const auto invert = [&] {
        for (char& bit : bits) {
            bit = bit == '0' ? '1' : '0';
        }
    };
    if (!q.type.is_signed) {
        bits.replace(0, n, n, '1');
    } else if (is_magnitude && n <= 1) {
        const char new_sign = n == 0 ? deleted : sign;
        if (bits[0] != new_sign) {
            invert();
        }
    } else if (n > 0) {
        if (is_magnitude && bits[n - 1] == sign) {
            invert();
        }
        bits.replace(0, n, n, not_sign);
        bits[0] = sign;
    }
    EXPECT_EQ(bits.size(), width);
    return value_of(bits, q.type.is_signed);
}

mpz_class quantize_rational(const mpq_class& value, const Quantization& q) {
    const FixedPointType& type = q.type;
    const mpq_class scaled = type.fraction >= 0 ? mpq_class(value * two_to(type.fraction)) : mpq_class(value / two_to(-type.fraction));
    const mpz_class rounded = round_rational(scaled, q.rounding);
    const int magnitude_bits = type.is_signed ? type.width - 1 : type.width;
    const mpz_class high = type.width == 0 ? mpz_class(0) : mpz_class(two_to(magnitude_bits) - 1);
    const mpz_class low = type.width == 0 || !type.is_signed ? mpz_class(0) : mpz_class(-two_to(magnitude_bits));
    if (q.overflow == Overflow::SaturateSymmetric && type.is_signed && type.width > 1) {
        return std::min(high, std::max(mpz_class(-high), rounded));
    }
    if (type.width == 0 || (low <= rounded && rounded <= high)) {
        return type.width == 0 ? mpz_class(0) : rounded;
    }
    switch (q.overflow) {
        case Overflow::Saturate:
        case Overflow::SaturateSymmetric: return rounded < 0 ? low : high;
        case Overflow::SaturateZero: return 0;
        case Overflow::Wrap:
        case Overflow::WrapSignMagnitude: {
            const mpz_class floor = floor_of(scaled);
            return wrap_bits(rounded, mpz_tstbit(floor.get_mpz_t(), static_cast<mp_bitcnt_t>(type.width)) != 0 ? '1' : '0', q);
        }
    }
    throw std::logic_error("overflow mode");
}

void expect_exact(const Integer& raw, int fraction, const Quantization& q) {
    mpq_class value(to_mpz(raw), two_to(std::max(fraction, 0)));
    value.canonicalize();
    if (fraction < 0) {
        value *= two_to(-fraction);
    }
    const Integer result = quantize_raw(raw, fraction, q);
    ASSERT_EQ(result.to_string(), quantize_rational(value, q).get_str()) << raw.to_string() << "*2^" << -fraction << " to " << to_string(q);
    ASSERT_TRUE(q.type.contains(result));
}

void expect_exact_in_every_mode(const FixedPointType& source, const FixedPointType& target) {
    for (int mode = 0; mode < num_roundings * num_overflows; ++mode) {
        const auto overflow = static_cast<Overflow>(mode % num_overflows);
        const bool wraps = overflow == Overflow::Wrap || overflow == Overflow::WrapSignMagnitude;
        for (int saturation_bits = 0; saturation_bits <= (wraps ? target.width : 0); ++saturation_bits) {
            const Quantization q{target, static_cast<Rounding>(mode / num_overflows), overflow, saturation_bits};
            for (Integer raw = source.min_raw(); raw <= source.max_raw(); raw += 1) {
                ASSERT_NO_FATAL_FAILURE(expect_exact(raw, source.fraction, q));
            }
        }
    }
}

TEST(Quantization, OfEverySignedValueIsThatOfRationalNumbersInEveryMode) {
    for (const FixedPointType target : {FixedPointType{true, 3, 0}, FixedPointType{false, 3, 1}}) {
        ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({true, 7, 3}, target));
    }
}

TEST(Quantization, OfEveryUnsignedValueIsThatOfRationalNumbersInEveryMode) {
    for (const FixedPointType target : {FixedPointType{true, 3, 0}, FixedPointType{false, 3, 1}}) {
        ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({false, 6, 4}, target));
    }
}

TEST(Quantization, HoldsForWidthsZeroAndOneAndForPointsOutsideOfTheBits) {
    for (const bool is_signed : {false, true}) {
        for (const auto& [width, fraction] : {std::pair(0, 0), std::pair(1, 2), std::pair(1, 0), std::pair(2, -3), std::pair(2, 6)}) {
            ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({true, 5, 3}, {is_signed, width, fraction}));
        }
    }
    ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({true, 4, -2}, {true, 3, -4}));
    ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({true, 4, 9}, {true, 3, 7}));
    ASSERT_NO_FATAL_FAILURE(expect_exact_in_every_mode({true, 0, 0}, {true, 3, 1}));
}

/// A random integer of at most `width` bits and a sign, often close to a power of two.
Integer random_integer(std::mt19937_64& random, int width) {
    Integer value = 0;
    for (int i = 0; i < width; i += 60) {
        value = (value << 60) + Integer(static_cast<std::int64_t>(random() >> 4));
    }
    value = value.low_bits(static_cast<int>(random() % static_cast<std::uint64_t>(width + 1)));
    if (random() % 3 == 0) {
        value = Integer::power_of_two(value.bit_length()) + Integer(static_cast<int>(random() % 5)) - Integer(2);
    }
    return random() % 2 == 0 ? value : -value;
}

TEST(Quantization, OfWideValuesIsThatOfRationalNumbers) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 6000; ++i) {
        Quantization q;
        q.type = {random() % 2 == 0, static_cast<int>(random() % 200), static_cast<int>(random() % 300) - 100};
        q.rounding = static_cast<Rounding>(random() % num_roundings);
        q.overflow = static_cast<Overflow>(random() % num_overflows);
        const bool wraps = q.overflow == Overflow::Wrap || q.overflow == Overflow::WrapSignMagnitude;
        q.saturation_bits = wraps ? static_cast<int>(random() % static_cast<std::uint64_t>(std::min(q.type.width, 4) + 1)) : 0;
        const int fraction = q.type.fraction + static_cast<int>(random() % 90) - 20;
        ASSERT_NO_FATAL_FAILURE(expect_exact(random_integer(random, 260), fraction, q));
    }
}

TEST(Quantization, OfHugeValuesNeedsNoMoreThanTheirBits) {
    const Quantization q{{true, max_width, max_fraction}, Rounding::HalfToEven, Overflow::Saturate, 0};
    EXPECT_EQ(quantize_raw(1, 0, q), q.type.max_raw());
    EXPECT_EQ(quantize_raw(-1, 0, q), q.type.min_raw());
    EXPECT_EQ(quantize_raw(-1, 2 * max_fraction, q), Integer(0));
}

TEST(FixedPointType, HasTheRangeOfItsBits) {
    EXPECT_EQ((FixedPointType{true, 8, 3}.min_raw()), Integer(-128));
    EXPECT_EQ((FixedPointType{true, 8, 3}.max_raw()), Integer(127));
    EXPECT_EQ((FixedPointType{false, 8, 3}.max_raw()), Integer(255));
    EXPECT_EQ((FixedPointType{true, 0, 3}.min_raw()), Integer(0));
    EXPECT_EQ((FixedPointType{true, 0, 3}.max_raw()), Integer(0));
    EXPECT_EQ((FixedPointType{true, 1, 0}.min_symmetric_raw()), Integer(-1));
    EXPECT_EQ((FixedPointType{true, 65, 0}.min_symmetric_raw()), -(FixedPointType{true, 65, 0}.max_raw()));
}

TEST(FixedPointType, SmallestTypeHoldsItsBoundsAndNoNarrowerOneDoes) {
    for (int low = -20; low <= 20; ++low) {
        for (int high = low; high <= 20; ++high) {
            const FixedPointType type = smallest_type(low, high, 2);
            ASSERT_TRUE(type.contains(low) && type.contains(high)) << low << " " << high;
            ASSERT_EQ(type.is_signed, low < 0);
            const FixedPointType narrower{type.is_signed, type.width - 1, 2};
            ASSERT_TRUE(type.width == 0 || !narrower.contains(low) || !narrower.contains(high)) << low << " " << high;
        }
    }
}

TEST(FixedPointType, PrintsAndParsesTheFieldsNotation) {
    const auto q = parse_quantization("ap_fixed<8, 3, AP_RND_CONV, AP_SAT_SYM>");
    ASSERT_TRUE(q);
    EXPECT_EQ(to_string(*q), "fixed<8,3,RND_CONV,SAT_SYM>");
    EXPECT_EQ(parse_quantization("ap_uint<6>"), (Quantization{.type = {false, 6, 0}}));
    EXPECT_EQ(parse_quantization("int<0>"), (Quantization{.type = {true, 0, 0}}));
    EXPECT_EQ(parse_quantization("ufixed<4,-3>"), (Quantization{.type = {false, 4, 7}}));
    EXPECT_EQ(parse_quantization("ac_fixed<9,3,false,AC_RND,AC_SAT>"), parse_quantization("ufixed<9,3,RND,SAT>"));
    EXPECT_EQ(parse_quantization("ac_int<5,true>"), parse_quantization("int<5>"));
    EXPECT_EQ(parse_quantization(" fixed < 4 , 6 , TRN , WRAP_SM , 1 > "), (Quantization{{true, 4, -2}, Rounding::Truncate, Overflow::WrapSignMagnitude, 1}));
}

TEST(FixedPointType, ParsesBackWhatItPrints) {
    for (int mode = 0; mode < num_roundings * num_overflows; ++mode) {
        for (const int saturation_bits : {0, 1, 5}) {
            const Quantization q{
                {mode % 2 == 0, 5, 9 - mode}, static_cast<Rounding>(mode / num_overflows), static_cast<Overflow>(mode % num_overflows), saturation_bits};
            EXPECT_EQ(parse_quantization(to_string(q)), q) << to_string(q);
        }
    }
}

TEST(FixedPointType, RefusesWhatIsNoType) {
    const std::string long_name(100000, '<');
    for (const std::string& text : {std::string(),
                                    std::string("fixed"),
                                    std::string("fixed<"),
                                    std::string("fixed<>"),
                                    std::string("fixed<8>"),
                                    std::string("fixed<8,>"),
                                    std::string("fixed<,8>"),
                                    std::string("fixed<8,3"),
                                    std::string("fixed<8,3>>"),
                                    std::string("fixed<8,3>x"),
                                    std::string("xfixed<8,3>"),
                                    std::string("uufixed<8,3>"),
                                    std::string("fixed<-8,3>"),
                                    std::string("fixed<+8,3>"),
                                    std::string("fixed<0x8,3>"),
                                    std::string("fixed<8.0,3>"),
                                    std::string("fixed<99999999999999999999,3>"),
                                    std::string("fixed<5000,3>"),
                                    std::string("fixed<8,5000>"),
                                    std::string("fixed<8,3,NO>"),
                                    std::string("fixed<8,3,TRN,NO>"),
                                    std::string("fixed<8,3,TRN,WRAP,9>"),
                                    std::string("fixed<8,3,TRN,WRAP,-1>"),
                                    std::string("fixed<8,3,TRN,WRAP,0,0>"),
                                    std::string("fixed<8,3,trn>"),
                                    std::string("int<8,3>"),
                                    std::string("int<>"),
                                    std::string("uint"),
                                    std::string("ac_ufixed<8,3>"),
                                    std::string("ac_fixed<8,3,yes>"),
                                    std::string("ap_fixed<8,3,true>"),
                                    std::string("<8,3>"),
                                    std::string("ap_<8,3>"),
                                    std::string("ap_ap_fixed<8,3>"),
                                    std::string("fixed<8,3\0>", 11),
                                    std::string("\xff\xfe<8,3>"),
                                    std::string(",,,,<,,,,>"),
                                    long_name,
                                    long_name + ">"}) {
        EXPECT_FALSE(parse_quantization(text)) << text.substr(0, 60);
    }
}

}  // namespace
}  // namespace lutra
