#include "lutra/flow/abc_cec.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

using Kind = CecVerdict::Kind;

TEST(AbcCec, VerdictsAreReadInOrder) {
    const auto verdicts = parse_cec(
        "ABC: + cec a b\nABC: Networks are equivalent after structural hashing.  Time =     0.00 sec\nABC: Networks are NOT EQUIVALENT.  Time =     0.01 sec\n"
        "ABC: Verification failed for at least 1 outputs:  o1\nABC: Output o1: Value in Network1 = 1. Value in Network2 = 0.\nABC: Input pattern:  i0=1 v12=0 "
        "i2=1 \n"
        "ABC: Networks are undecided (resource limits is reached).  Time =    60.00 sec\nABC: Networks are equivalent.  Time =     0.40 sec\n",
        4);
    ASSERT_TRUE(verdicts);
    EXPECT_EQ((*verdicts)[0].kind, Kind::Equal);
    EXPECT_EQ((*verdicts)[1], (CecVerdict{Kind::Different, {{"i0", true}, {"v12", false}, {"i2", true}}}));
    EXPECT_EQ((*verdicts)[2].kind, Kind::Undecided);
    EXPECT_EQ((*verdicts)[3].kind, Kind::Equal);
}

TEST(AbcCec, TheLineWithTheInputsOfBothSidesIsPreferred) {
    const auto verdicts = parse_cec(
        "Networks are NOT EQUIVALENT.  Time =     0.01 sec\nINPUT: i0 = 1'h1, i1 = 1'h0, v7 = 1'h1.  OUTPUT: o0 = 1'h0, o1 = 1'h1 (a), o0 = 1'h0, o1 = 1'h0 "
        "(b).\n"
        "Verification failed for at least 1 outputs:  o1\nInput pattern:  i0=1\n",
        1);
    ASSERT_TRUE(verdicts);
    EXPECT_EQ((*verdicts)[0], (CecVerdict{Kind::Different, {{"i0", true}, {"i1", false}, {"v7", true}}}));
}

TEST(AbcCec, AVerdictThatIsMissingIsAnError) {
    const auto verdicts = parse_cec("Networks are equivalent.\nCannot open input file \"b.blif\".\n", 2);
    ASSERT_FALSE(verdicts);
    EXPECT_EQ(verdicts.error().id, DiagnosticId::ToolOutputUnread);
    EXPECT_EQ(verdicts.error().message, "2 comparisons gave 1 verdicts");
}

TEST(AbcCec, CommandsHaveLimits) {
    EXPECT_EQ(cec_script({{"a.blif", "b.blif"}}, {.conflicts = 7, .seconds = std::chrono::seconds(5)}), "cec -T 5 -C 7 a.blif b.blif\n");
}

}  // namespace
}  // namespace lutra
