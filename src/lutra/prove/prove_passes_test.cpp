#include "lutra/prove/prove_passes.h"

#include <gtest/gtest.h>

#include "lutra/circuit/text.h"

namespace lutra {
namespace {

/// Whether circuits with these lines between their inputs %0 and %1, of 12 bits, and their output %2 are proved to be equal.
bool are_proved_equal(const std::string& before, const std::string& after) {
    const auto circuit = [](const std::string& lines) {
        const std::string begin = "lutra circuit 1\n%0 = input : fixed<12,12>\n%1 = input : fixed<12,12>\n";
        const std::string last = lines.substr(lines.rfind("\n%") + 1, 4);
        const auto parsed =
            parse_circuit(begin + lines.substr(1) + "\ninput \"x\" [2] = { %0 %1 }\noutput \"y\" [1] = { " + last.substr(0, last.find(' ')) + " }\n", "c");
        EXPECT_TRUE(parsed);
        return parsed.value();
    };
    return prove_passes(circuit(before), circuit(after)).is_proved();
}

TEST(ProvePasses, TakeAReluAndThatOfTheOppositeForOneAtom) {
    const std::string maximum = "\n%2 = max %0 %1 : fixed<12,12>\n%3 = wrap %2 : fixed<14,14>";
    const std::string of_opposite =
        "\n%2 = sum %0 * -1 + %1 : fixed<13,13>\n%3 = constant 0 : fixed<13,13>\n%4 = max %2 %3 : fixed<13,13>\n%5 = sum %0 + %4 : fixed<14,14>";
    EXPECT_TRUE(are_proved_equal(maximum, of_opposite));
    EXPECT_TRUE(are_proved_equal(of_opposite, maximum));
    const std::string wrong =
        "\n%2 = sum %0 * -1 + %1 : fixed<13,13>\n%3 = constant 0 : fixed<13,13>\n%4 = min %2 %3 : fixed<13,13>\n%5 = sum %0 + %4 : fixed<14,14>";
    EXPECT_FALSE(are_proved_equal(maximum, wrong));
}

TEST(ProvePasses, CompareWithoutWhatCoefficientsHaveInCommon) {
    const auto less = [](int factor, int constant) {
        const std::string type = " : fixed<16,16>";
        return "\n%2 = sum %0 * " + std::to_string(factor) + type + "\n%3 = sum %1 * " + std::to_string(factor) + " + " + std::to_string(constant) + type +
               "\n%4 = less %2 %3 : ufixed<1,1>";
    };
    EXPECT_TRUE(are_proved_equal(less(1, 1), less(4, 1)));  // 4 x < 4 y + 1 is x <= y
    EXPECT_TRUE(are_proved_equal(less(1, 1), less(4, 4)));
    EXPECT_FALSE(are_proved_equal(less(1, 1), less(4, 5)));
    EXPECT_FALSE(are_proved_equal(less(1, 0), less(4, 1)));
    EXPECT_TRUE(are_proved_equal(less(1, 0), less(4, -3)));
    EXPECT_FALSE(are_proved_equal(less(1, 0), less(4, -4)));
}

TEST(ProvePasses, SeeThatAShiftedValueIsZeroOnlyWhereItIs) {
    const auto nearly = [](int constant) {
        return "\n%2 = sum %0 + " + std::to_string(2048 + constant) +
               " : fixed<14,14>\n%3 = shift_right %2 by 12 : fixed<2,14>\n%4 = move_point %3 : fixed<2,2>\n%5 = sum %0 * 8 + %4 : fixed<16,16>";
    };
    EXPECT_TRUE(are_proved_equal(nearly(0), "\n%2 = sum %0 * 8 : fixed<16,16>"));
    EXPECT_FALSE(are_proved_equal(nearly(1), "\n%2 = sum %0 * 8 : fixed<16,16>"));
    EXPECT_FALSE(are_proved_equal("\n%2 = sum %0 * 8 : fixed<16,16>", nearly(-1)));
}

TEST(ProvePasses, ShiftWithoutTheZerosThatCoefficientsHaveInCommon) {
    const auto shifted = [](int factor, int constant, int amount) {
        const std::string f = std::to_string(factor);
        const std::string width = std::to_string(20 - amount);
        return "\n%2 = sum %0 * " + f + " + %1 * -" + f + " + " + std::to_string(constant) + " : fixed<20,20>\n%3 = shift_right %2 by " +
               std::to_string(amount) + " : fixed<" + width + ",20>\n%4 = move_point %3 : fixed<" + width + "," + width + ">\n%5 = wrap %4 : fixed<18,18>";
    };
    EXPECT_TRUE(are_proved_equal(shifted(16, 48, 6), shifted(1, 3, 2)));
    EXPECT_TRUE(are_proved_equal(shifted(16, 63, 6), shifted(1, 3, 2)));
    EXPECT_FALSE(are_proved_equal(shifted(16, 64, 6), shifted(1, 3, 2)));
}

const std::string clamped = "\n%2 = constant 0 : fixed<12,12>\n%3 = max %0 %2 : fixed<12,12>\n%4 = max %1 %2 : fixed<12,12>";

/// 8 a - 7 b is 8 (a - b + floor(b / 8)) and the low bits of b; the sum in brackets is one bit narrower than a, b and the shifted b on their own say.
TEST(ProvePasses, TakeOutAFractionOfAKnownRemainder) {
    const std::string direct = clamped + "\n%5 = sum %3 * 8 + %4 * -7 : fixed<16,16>";
    const auto split = [](int width) {
        const std::string type = " : fixed<" + std::to_string(width) + "," + std::to_string(width) + ">";
        return clamped + "\n%5 = shift_right %4 by 3 : fixed<9,12>\n%6 = move_point %5 : fixed<9,9>\n%7 = sum %3 + %4 * -1 + %6" + type +
               "\n%8 = wrap %4 : ufixed<3,3>\n%9 = concat %7 %8 : fixed<" + std::to_string(width + 3) + "," + std::to_string(width + 3) +
               ">\n%10 = wrap %9 : fixed<16,16>";
    };
    EXPECT_TRUE(are_proved_equal(direct, split(13)));
    EXPECT_TRUE(are_proved_equal(direct, split(12)));
    EXPECT_FALSE(are_proved_equal(direct, split(11)));
}

/// floor((256 + 509 r + 384 q) / 512) is r where q = floor((r + 64) / 128): -3 r + 384 q is -3 times what the shift left, which is in [-64, 63].
TEST(ProvePasses, ChooseCoefficientsThatMatchAKnownRemainder) {
    const auto rounded = [](int constant) {
        return clamped + "\n%5 = sum %3 + 64 : fixed<13,13>\n%6 = shift_right %5 by 7 : fixed<6,13>\n%7 = move_point %6 : fixed<6,6>" +
               "\n%8 = sum %3 * 509 + %7 * 384 + " + std::to_string(constant) + " : fixed<22,22>\n%9 = shift_right %8 by 9 : fixed<13,22>";
    };
    const std::string last = "\n%10 = move_point %9 : fixed<13,13>";
    const std::string direct = clamped + "\n%5 = wrap %3 : fixed<13,13>";
    EXPECT_TRUE(are_proved_equal(direct, rounded(256) + last));
    EXPECT_TRUE(are_proved_equal(direct, rounded(189) + last));
    EXPECT_FALSE(are_proved_equal(direct, rounded(188) + last));
}

}  // namespace
}  // namespace lutra
