#include "lutra/base/text_scanner.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(TextScanner, SplitsATextIntoTokensWithTheirPlaces) {
    TextScanner scanner("%7 = sum @t.1 *-5 # comment %\n  0x1f 1.5e-3<_a9> \"x y\"", "f");
    const std::vector<std::pair<TokenKind, std::string>> expected = {
        {TokenKind::Value, "7"},       {TokenKind::Punctuation, "="},  {TokenKind::Identifier, "sum"}, {TokenKind::Symbol, "t.1"},
        {TokenKind::Punctuation, "*"}, {TokenKind::Number, "-5"},      {TokenKind::Number, "0x1f"},    {TokenKind::Number, "1.5e-3"},
        {TokenKind::Punctuation, "<"}, {TokenKind::Identifier, "_a9"}, {TokenKind::Punctuation, ">"},  {TokenKind::String, "x y"}};
    for (const auto& [kind, text] : expected) {
        const Token token = scanner.take();
        EXPECT_EQ(token.kind, kind) << text;
        EXPECT_EQ(token.text, text);
        if (text == "0x1f") {
            EXPECT_EQ(scanner.place(token), "f:2:3");
        }
    }
    EXPECT_TRUE(scanner.at_end());
}

TEST(TextScanner, QuotedTextsScanBackToTheSameBytes) {
    std::string bytes;
    for (int code = 0; code < 256; ++code) {
        bytes += static_cast<char>(code);
    }
    const std::string text = quoted_text(bytes);
    TextScanner scanner(text, "f");
    EXPECT_EQ(scanner.expect_string("a name"), bytes);
    EXPECT_TRUE(scanner.at_end());
}

TEST(TextScanner, SaysWhatItExpectedAndWhereAndWhatItFound) {
    TextScanner scanner("\n  foo", "net.lutra");
    const auto result = scanner.expect("=");
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error()), "error[E0201]: net.lutra:2:3: expected '=', found 'foo'");
    EXPECT_EQ(scanner.expect_identifier("a name"), "foo");
    EXPECT_EQ(scanner.expect_identifier("a name").error().message, "expected a name, found the end of the text");
}

TEST(TextScanner, NeverReadsBeyondAnInvalidToken) {
    for (const std::string text : {"\"open", "\"open\n\"", "\"open\\", "12ab", "0x1g", "\x01", "\xff", "1e5z"}) {
        TextScanner scanner(text, "f");
        EXPECT_EQ(scanner.take().kind, TokenKind::Invalid) << text;
        EXPECT_EQ(scanner.take().kind, TokenKind::Invalid) << text;
        EXPECT_FALSE(scanner.expect_number("a number")) << text;
    }
}

TEST(TextScanner, RejectsNumbersBeyondTheLimits) {
    const std::string digits(TextScanner::max_number_length + 1, '1');
    TextScanner long_number(digits, "f");
    EXPECT_EQ(long_number.expect_number("a number").error().message, "expected a number, found a number of more than 4096 characters");
    TextScanner large("99999999999999999999", "f");
    EXPECT_EQ(large.expect_integer("the width", 0, 9).error().message, "the width must be a whole number from 0 to 9, not '99999999999999999999'");
    TextScanner fraction("1.5", "f");
    EXPECT_FALSE(fraction.expect_integer("the width", 0, 9));
    TextScanner negative("-3", "f");
    EXPECT_EQ(negative.expect_integer("the first entry", -4, 9), -3);
    TextScanner real("-2.5e-1", "f");
    EXPECT_EQ(real.expect_double("the rate"), -0.25);
}

TEST(TextScanner, RejectsUnknownEscapes) {
    for (const std::string text : {R"("\q")", R"("\x1")", R"("\xzz")"}) {
        TextScanner scanner(text, "f");
        EXPECT_FALSE(scanner.expect_string("a name")) << text;
    }
}

}  // namespace
}  // namespace lutra
