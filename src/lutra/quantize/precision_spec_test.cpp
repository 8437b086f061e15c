#include "lutra/quantize/precision_spec.h"

#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

PrecisionEntry parsed(std::string_view text) {
    const auto entry = parse_precision(text);
    EXPECT_TRUE(entry) << text;
    return entry.value_or(PrecisionEntry{});
}

TEST(PrecisionSpec, ReadsATypeOfTheModel) {
    const PrecisionEntry entry = parsed("fixed<16,6>");
    EXPECT_EQ(entry.target, "");
    EXPECT_FALSE(entry.variable);
    EXPECT_EQ(entry.type.type, (Quantization{{true, 16, 10}, Rounding::Truncate, Overflow::Wrap}));
    EXPECT_FALSE(entry.type.has_rounding);
    EXPECT_FALSE(entry.type.has_overflow);
}

TEST(PrecisionSpec, ReadsTheStringsOfHls4ml) {
    EXPECT_EQ(parsed("ap_fixed<16,6,AP_RND,AP_SAT>").type.type, (Quantization{{true, 16, 10}, Rounding::HalfUp, Overflow::Saturate}));
    EXPECT_EQ(parsed("ap_ufixed<8, 2, AP_RND_CONV>").type.type, (Quantization{{false, 8, 6}, Rounding::HalfToEven, Overflow::Wrap}));
    EXPECT_TRUE(parsed("ufixed<8,2,RND>").type.has_rounding);
    EXPECT_FALSE(parsed("ufixed<8,2,RND>").type.has_overflow);
    EXPECT_EQ(parsed("int<8>").type.type.type, (FixedPointType{true, 8, 0}));
    EXPECT_EQ(parsed("auto").type.kind, PrecisionType::Kind::Auto);
    EXPECT_EQ(parsed("fc1.result = exact").type.kind, PrecisionType::Kind::Exact);
}

TEST(PrecisionSpec, ReadsTargetsWithAnyName) {
    EXPECT_EQ(parsed("fc1.weight=fixed<8,2>").target, "fc1");
    EXPECT_EQ(parsed("fc1.weight=fixed<8,2>").variable, PrecisionVariable::Weight);
    EXPECT_EQ(parsed("bn.scale=fixed<8,2>").variable, PrecisionVariable::Weight);
    EXPECT_EQ(parsed("/2/Gemm=fixed<8,2>").target, "/2/Gemm");
    EXPECT_EQ(parsed("net.0.bias=fixed<8,2>").target, "net.0");
    EXPECT_EQ(parsed("net.fc1=fixed<8,2>").target, "net.fc1");
    EXPECT_FALSE(parsed("net.fc1=fixed<8,2>").variable);
    EXPECT_EQ(parsed("a=b=fixed<8,2>").target, "a=b");
    EXPECT_EQ(parsed("*.weight=fixed<8,2>").target, "");
    EXPECT_EQ(parsed("*.weight=fixed<8,2>").variable, PrecisionVariable::Weight);
}

TEST(PrecisionSpec, PrintsWhatItReads) {
    for (const std::string text : {"fixed<16,6>", "auto", "fc1=exact", "fc1.bias=ufixed<8,2,RND,SAT>", "*.weight=fixed<8,2>"}) {
        EXPECT_EQ(to_string(parsed(text)), text);
    }
}

TEST(PrecisionSpec, SaysWhereATypeCannotBeRead) {
    const auto entry = parse_precision("fc1.weight=fixed<8;2>");
    ASSERT_FALSE(entry);
    EXPECT_EQ(entry.error().id, DiagnosticId::PrecisionSyntax);
    EXPECT_NE(entry.error().message.find("'fixed<8;2>' is no type at character 12"), std::string::npos) << entry.error().message;
    EXPECT_NE(entry.error().advice.find("fixed<16,6>"), std::string::npos);
}

TEST(PrecisionSpec, RefusesHostileStrings) {
    const std::string long_text(1'000'000, '<');
    const std::vector<std::string_view> texts = {"",
                                                 "=",
                                                 "=fixed<8,2>",
                                                 "fc1=",
                                                 ".weight=fixed<8,2>",
                                                 "fixed<>",
                                                 "fixed<8>",
                                                 "fixed<,>",
                                                 "fixed<8,2",
                                                 "fixed<8,2>>",
                                                 "fixed<-1,2>",
                                                 "fixed<99999999999999999999,2>",
                                                 "fixed<8,2,NO>",
                                                 "float",
                                                 "fc1.accum=fixed<8,2>",
                                                 "softmax.exp_table=fixed<8,2>",
                                                 "\n",
                                                 "\xff\xfe",
                                                 long_text};
    for (const std::string_view text : texts) {
        const auto entry = parse_precision(text);
        ASSERT_FALSE(entry) << text.substr(0, 100);
        EXPECT_LT(to_string(entry.error()).size(), 1000U);
    }
}

TEST(PrecisionSpec, SurvivesRandomStrings) {
    std::mt19937 random(3);
    const std::string_view alphabet = "fixedu<>,=.*auto0123456789 -";
    for (int trial = 0; trial < 5000; ++trial) {
        std::string text;
        for (unsigned length = random() % 24; length > 0; --length) {
            text += alphabet[random() % alphabet.size()];
        }
        if (const auto entry = parse_precision(text)) {
            EXPECT_EQ(parse_precision(to_string(*entry))->type.type, entry->type.type) << text;
        }
    }
}

TEST(PrecisionSpec, ReportsEveryProblem) {
    const std::vector<std::string> texts = {"fixed<16,6>", "bad", "worse"};
    const auto spec = parse_precision_spec(texts, "worst");
    ASSERT_FALSE(spec);
    EXPECT_EQ(spec.error().size(), 3U);
}

TEST(PrecisionSpec, TakesTheInputTypeAsASpecOfInputs) {
    const auto spec = parse_precision_spec({}, "fixed<12,4>");
    ASSERT_TRUE(spec);
    EXPECT_EQ(spec->entries, std::vector{parsed("input=fixed<12,4>")});
}

}  // namespace
}  // namespace lutra
