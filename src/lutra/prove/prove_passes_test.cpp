#include "lutra/prove/prove_passes.h"

#include <gtest/gtest.h>

#include "lutra/circuit/text.h"

namespace lutra {
namespace {

/// Whether circuits with these lines between their inputs %0 and %1, of 12 bits, and their output %2 are proved to be equal.
bool are_proved_equal(const std::string& before, const std::string& after) {
    const auto circuit = [](const std::string& lines) {
        const std::string begin = "lutra circuit 1\n%0 = input : fixed<12,12>\n%1 = input : fixed<12,12>\n";
        const std::string last = lines.substr(lines.rfind("\n%") + 1, 3);
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

/// Wires are guessed to be equal by 64 random events, which rarely hold the one value at which these are not.
TEST(ProvePasses, DoNotBelieveAGuess) {
    const auto nearly = [](int constant) {
        return "\n%2 = sum %0 + " + std::to_string(2048 + constant) +
               " : fixed<14,14>\n%3 = shift_right %2 by 12 : fixed<2,14>\n%4 = move_point %3 : fixed<2,2>\n%5 = sum %0 * 8 + %4 : fixed<16,16>";
    };
    EXPECT_TRUE(are_proved_equal(nearly(0), "\n%2 = sum %0 * 8 : fixed<16,16>"));
    EXPECT_FALSE(are_proved_equal(nearly(1), "\n%2 = sum %0 * 8 : fixed<16,16>"));
    EXPECT_FALSE(are_proved_equal("\n%2 = sum %0 * 8 : fixed<16,16>", nearly(-1)));
}

}  // namespace
}  // namespace lutra
