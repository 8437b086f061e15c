#include "lutra/num/integer.h"

#include <gtest/gtest.h>

#include "lutra/num/dyadic.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {
namespace {

TEST(Integer, CrossesTheSixtyFourBitBorderAndComesBack) {
    const Integer border = Integer::power_of_two(63);
    EXPECT_FALSE(border.is_small());
    EXPECT_TRUE((border - Integer(1)).is_small());
    EXPECT_EQ(border.to_string(), "9223372036854775808");
    EXPECT_EQ((border * border >> 63), border);
    EXPECT_EQ((-border).low_bits_signed(64), -border);
}

TEST(Integer, ShiftsRoundDown) {
    EXPECT_EQ(Integer(-5) >> 1, Integer(-3));
    EXPECT_EQ(floor_divide(Integer(-7), Integer(2)), Integer(-4));
}

TEST(Dyadic, HoldsDoublesExactly) {
    const Dyadic x = Dyadic::from_double(0.1);
    EXPECT_EQ(x.to_double(), 0.1);
    EXPECT_EQ((x + x).to_double(), 0.2);
    EXPECT_EQ(Dyadic::from_double(-12.0), Dyadic(Integer(-3), 2));
}

TEST(FixedPointType, PrintsAndParsesTheFieldsNotation) {
    const auto q = parse_quantization("ap_fixed<8, 3, AP_RND_CONV, AP_SAT_SYM>");
    ASSERT_TRUE(q);
    EXPECT_EQ(to_string(*q), "fixed<8,3,RND_CONV,SAT_SYM>");
    EXPECT_EQ(parse_quantization(to_string(*q)), q);
    EXPECT_FALSE(parse_quantization("fixed<8>"));
}

}  // namespace
}  // namespace lutra
