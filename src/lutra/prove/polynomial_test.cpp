#include "lutra/prove/polynomial.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

Polynomial parity(const Polynomial& a, const Polynomial& b) {
    Polynomial result = a;
    result.add(b, 1);
    result.add(Polynomial::product(a, b), -2);
    return result;
}

TEST(Polynomial, OfABitTimesItselfIsTheBit) {
    const Polynomial x = Polynomial::variable(3);
    Polynomial difference = Polynomial::product(x, x);
    difference.add(x, -1);
    EXPECT_TRUE(difference.is_zero());
}

TEST(Polynomial, OfSumAndCarryIsTheSumOfThreeBits) {
    const Polynomial a = Polynomial::variable(0);
    const Polynomial b = Polynomial::variable(1);
    const Polynomial c = Polynomial::variable(2);
    Polynomial majority = Polynomial::product(a, b);
    majority.add(Polynomial::product(c, parity(a, b)), 1);
    Polynomial total = parity(parity(a, b), c);
    total.add(majority, 2);
    for (const Polynomial* bit : {&a, &b, &c}) {
        total.add(*bit, -1);
    }
    EXPECT_TRUE(total.is_zero());
}

TEST(Polynomial, IsReducedToTheSmallestCoefficients) {
    Polynomial p(15);
    p.add(Monomial::of(1), 8);
    p.add(Monomial::of(2), -16);
    p.reduce_modulo(4);
    EXPECT_EQ(p.constant(), Integer(-1));
    EXPECT_EQ(p.coefficient(Monomial::of(1)), Integer(8));
    EXPECT_EQ(p.coefficient(Monomial::of(2)), Integer(0));
    EXPECT_EQ(p.lowest(), Integer(-1));
    EXPECT_EQ(p.highest(), Integer(7));
}

TEST(Polynomial, BreaksWhenAMonomialGrowsTooLong) {
    Polynomial p(1);
    for (std::uint32_t v = 0; v <= Monomial::max_variables; ++v) {
        p = Polynomial::product(p, Polynomial::variable(v));
    }
    EXPECT_TRUE(p.is_broken());
    EXPECT_FALSE(p.is_zero());
}

}  // namespace
}  // namespace lutra
