#include "lutra/num/elementary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace lutra {
namespace {

TEST(Elementary, AgreesWithTheCLibraryWhereThatIsFarFromATie) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> uniform(-20, 20);
    constexpr int fraction = 24;
    const auto expect_near = [&](const Integer& value, double expected) {
        EXPECT_NEAR(value.to_double(), std::ldexp(expected, fraction), 0.5001 + std::abs(std::ldexp(expected, fraction - 48)));
    };
    for (int i = 0; i < 200; ++i) {
        const double x = uniform(random);
        const Dyadic exact = Dyadic::from_double(x);
        expect_near(exp_rounded(exact, fraction), std::exp(x));
        expect_near(exp2_rounded(exact, fraction), std::exp2(x));
        expect_near(sigmoid_rounded(exact, fraction), 1 / (1 + std::exp(-x)));
        expect_near(tanh_rounded(exact, fraction), std::tanh(x));
        expect_near(erf_rounded(exact, fraction), std::erf(x));
        const double positive = std::abs(x) + 0.01;
        expect_near(log_rounded(Dyadic::from_double(positive), fraction), std::log(positive));
        expect_near(root_of_quotient_rounded(Dyadic::from_double(positive), 1, fraction), std::sqrt(positive));
        expect_near(root_of_quotient_rounded(1, Dyadic::from_double(positive), fraction), 1 / std::sqrt(positive));
        expect_near(reciprocal_rounded(Dyadic::from_double(std::abs(x) + 0.01), fraction), 1 / (std::abs(x) + 0.01));
    }
}

TEST(Elementary, KnowsManyDigits) {
    // The digits of e, 1/e, ln 2, erf(1), ln 3 and the square root of 2 behind the decimal point, from a table of constants.
    const auto digits = [](const char* text) { return Integer::parse(text).value(); };
    const auto scaled = [&](const Integer& value) {
        return floor_divide(value * digits("1000000000000000000000000000000000000000000000000"), Integer::power_of_two(200));
    };
    const Integer tolerance = 2;
    const auto expect_digits = [&](const Integer& value, const char* expected) {
        EXPECT_LE((scaled(value) - digits(expected)).abs(), tolerance) << scaled(value).to_string();
    };
    expect_digits(exp_rounded(1, 200), "2718281828459045235360287471352662497757247093699");
    expect_digits(exp_rounded(-1, 200), "367879441171442321595523770161460867445811131031");
    expect_digits(natural_log_of_two(200), "693147180559945309417232121458176568075500134360");
    expect_digits(erf_rounded(1, 200), "842700792949714869341220635082609259296066997966");
    expect_digits(log_rounded(3, 200), "1098612288668109691395245236922525704647490557822");
    expect_digits(root_of_quotient_rounded(2, 1, 200), "1414213562373095048801688724209698078569671875376");
    expect_digits(exp2_rounded(Dyadic(Integer(1), -1), 200), "1414213562373095048801688724209698078569671875376");
}

TEST(Elementary, IsExactWhereTheValueIsRational) {
    EXPECT_EQ(exp_rounded(0, 7), Integer(128));
    EXPECT_EQ(sigmoid_rounded(0, 7), Integer(64));
    EXPECT_EQ(tanh_rounded(0, 7), Integer(0));
    EXPECT_EQ(erf_rounded(0, 7), Integer(0));
    EXPECT_EQ(log_rounded(1, 7), Integer(0));
    EXPECT_EQ(root_of_quotient_rounded(9, 4, 7), Integer(192));
    EXPECT_EQ(root_of_quotient_rounded(0, 4, 7), Integer(0));
    EXPECT_EQ(exp2_rounded(-3, 7), Integer(16));
    EXPECT_EQ(exp2_rounded(-9, 7), Integer(0));
    EXPECT_EQ(reciprocal_rounded(3, 4), Integer(5));
}

TEST(Elementary, IsOddOrSymmetricLikeTheFunctions) {
    for (int raw = 1; raw < 200; raw += 7) {
        const Dyadic x(Integer(raw), -4);
        EXPECT_EQ(erf_rounded(-x, 20), -erf_rounded(x, 20));
        EXPECT_EQ(log_rounded(Dyadic(Integer(1), -raw), 20), -log_rounded(Dyadic(Integer(1), raw), 20));
        EXPECT_EQ(tanh_rounded(-x, 20), -tanh_rounded(x, 20));
        EXPECT_EQ(sigmoid_rounded(-x, 20), Integer::power_of_two(20) - sigmoid_rounded(x, 20));
    }
}

}  // namespace
}  // namespace lutra
