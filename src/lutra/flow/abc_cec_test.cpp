#include "lutra/flow/abc_cec.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "lutra/flow/tools_for_tests.h"

namespace lutra {
namespace {

using Kind = CecVerdict::Kind;

TEST(AbcCec, VerdictsAreRead) {
    EXPECT_EQ(parse_cec("ABC: + cec a b\nABC: Networks are equivalent after structural hashing.  Time =     0.00 sec\n")->kind, Kind::Equal);
    EXPECT_EQ(parse_cec("ABC: Networks are equivalent.  Time =     0.40 sec\n")->kind, Kind::Equal);
    EXPECT_EQ(parse_cec("ABC: Networks are undecided (resource limits is reached).  Time =    60.00 sec\n")->kind, Kind::Undecided);
    EXPECT_EQ(parse_cec("ABC: Networks are NOT EQUIVALENT.  Time =     0.01 sec\nABC: Verification failed for at least 1 outputs:  o1\n"
                        "ABC: Output o1: Value in Network1 = 1. Value in Network2 = 0.\nABC: Input pattern:  i0=1 v12=0 i2=1 \n"),
              (CecVerdict{Kind::Different, {{"i0", true}, {"v12", false}, {"i2", true}}}));
}

TEST(AbcCec, TheLineWithTheInputsOfBothSidesIsPreferred) {
    EXPECT_EQ(parse_cec("Networks are NOT EQUIVALENT.  Time =     0.01 sec\nINPUT: i0 = 1'h1, i1 = 1'h0, v7 = 1'h1.  OUTPUT: o0 = 1'h0, o1 = 1'h1 (a), o0 = "
                        "1'h0, o1 = 1'h0 (b).\nVerification failed for at least 1 outputs:  o1\nInput pattern:  i0=1\n"),
              (CecVerdict{Kind::Different, {{"i0", true}, {"i1", false}, {"v7", true}}}));
}

TEST(AbcCec, AVerdictThatIsMissingIsAnError) {
    const auto verdict = parse_cec("Cannot open input file \"b.blif\".\n");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().id, DiagnosticId::ToolOutputUnread);
    EXPECT_EQ(verdict.error().message, "a comparison gave 0 verdicts");
}

TEST(AbcCec, CommandsHaveLimits) { EXPECT_EQ(cec_script({.conflicts = 7, .time = std::chrono::milliseconds(4'200)}), "cec -T 5 -C 7 gold.blif gate.blif\n"); }

/// A product of two words of `width` bits, the rows of its array added one after the other: either one row for each bit of a, or of b.
std::string product(int width, bool by_a) {
    std::string text = ".model region\n.inputs";
    for (int i = 0; i < width; ++i) {
        text += fmt::format(" a{0} b{0}", i);
    }
    text += "\n.outputs";
    for (int i = 0; i < 2 * width; ++i) {
        text += fmt::format(" s{}_{}", width, i);
    }
    text += '\n';
    for (int column = 0; column < 2 * width; ++column) {
        text += fmt::format(".names s0_{}\n", column);
    }
    for (int row = 0; row < width; ++row) {
        text += fmt::format(".names c{}_0\n", row);
        for (int column = 0; column < 2 * width; ++column) {
            const int other = column - row;
            const std::string bit = fmt::format("p{}_{}", row, column);
            text += other < 0 || other >= width ? fmt::format(".names {}\n", bit)
                                                : fmt::format(".names a{} b{} {}\n11 1\n", by_a ? row : other, by_a ? other : row, bit);
            const std::string operands = fmt::format("{} s{}_{} c{}_{}", bit, row, column, row, column);
            text += fmt::format(".names {} s{}_{}\n100 1\n010 1\n001 1\n111 1\n", operands, row + 1, column);
            text += fmt::format(".names {} c{}_{}\n11- 1\n1-1 1\n-11 1\n", operands, row, column + 1);
        }
    }
    return text + ".end\n";
}

TEST(AbcCec, ProvesAndFindsDifferences) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("cec");
    EXPECT_EQ(run_cec(yosys, folder.path() / "equal", {product(3, true), product(3, false)}, {}), CecVerdict{Kind::Equal});
    std::string wrong = product(3, false);
    wrong.replace(wrong.find("\n11 1\n"), 6, "\n10 1\n");
    const auto verdict = run_cec(yosys, folder.path() / "different", {product(3, true), wrong}, {});
    ASSERT_TRUE(verdict) << to_string(verdict.error());
    EXPECT_EQ(verdict->kind, Kind::Different);
    EXPECT_FALSE(verdict->inputs.empty());
}

TEST(AbcCec, StopsAbcWhereItDoesNotEndInTime) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("cec_limit");
    const auto begin = std::chrono::steady_clock::now();
    const auto verdict = run_cec(yosys, folder.path() / "product", {product(24, true), product(24, false)},
                                 {.conflicts = 1'000'000'000, .time = std::chrono::milliseconds(300)});
    EXPECT_EQ(verdict, CecVerdict{Kind::Undecided});
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace lutra
