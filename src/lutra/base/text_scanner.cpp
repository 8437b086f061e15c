#include "lutra/base/text_scanner.h"

#include <fmt/format.h>

#include <charconv>

namespace lutra {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_character(char c) { return is_letter(c) || is_digit(c); }
bool is_dotted_name_character(char c) { return is_name_character(c) || c == '.'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_printable(char c) { return c > ' ' && c <= '~'; }

int hex_digit(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_hex_digit(char c) { return hex_digit(c) >= 0; }

/// What a message shows of a token.
std::string shown(const Token& token) {
    constexpr std::size_t longest = 40;
    const std::string text(token.text.substr(0, longest));
    switch (token.kind) {
        case TokenKind::End: return "the end of the text";
        case TokenKind::Value: return fmt::format("'%{}'", text);
        case TokenKind::Symbol: return fmt::format("'@{}'", text);
        case TokenKind::String: return fmt::format("the string \"{}\"", text);
        case TokenKind::Identifier:
        case TokenKind::Number:
        case TokenKind::Punctuation: return fmt::format("'{}'", text);
        case TokenKind::Invalid: return text;
    }
    LUTRA_UNREACHABLE("token kind");
}

}  // namespace

TextScanner::TextScanner(std::string_view text, std::string_view file_name) : rest_(text), file_name_(file_name) { token_ = scan(); }

void TextScanner::advance(std::size_t count) {
    for (const char c : rest_.substr(0, count)) {
        column_ = c == '\n' ? 1 : column_ + 1;
        line_ += c == '\n' ? 1 : 0;
    }
    rest_.remove_prefix(count);
}

std::size_t TextScanner::length_while(std::size_t from, bool (*belongs)(char)) const {
    std::size_t end = from;
    while (end < rest_.size() && belongs(rest_[end])) {
        ++end;
    }
    return end - from;
}

void TextScanner::skip_blanks() {
    while (!rest_.empty() && (is_blank(rest_[0]) || rest_[0] == '#')) {
        advance(rest_[0] == '#' ? length_while(0, [](char c) { return c != '\n'; }) : length_while(0, is_blank));
    }
}

Token TextScanner::finish(Token token, TokenKind kind, std::size_t skipped, std::size_t length) {
    token.kind = kind;
    token.text = rest_.substr(skipped, length);
    advance(skipped + length);
    return token;
}

Token TextScanner::scan() {
    skip_blanks();
    Token token{.kind = TokenKind::End, .text = {}, .line = line_, .column = column_};
    if (rest_.empty()) {
        return token;
    }
    const char c = rest_[0];
    if (is_letter(c)) {
        return finish(token, TokenKind::Identifier, 0, length_while(0, is_name_character));
    }
    if (c == '%' || c == '@') {
        const std::size_t length = length_while(1, is_dotted_name_character);
        if (length > 0) {
            return finish(token, c == '%' ? TokenKind::Value : TokenKind::Symbol, 1, length);
        }
    }
    if (c == '"') {
        return scan_string(token);
    }
    if (is_digit(c) || (c == '-' && rest_.size() > 1 && is_digit(rest_[1]))) {
        return scan_number(token);
    }
    if (is_printable(c)) {
        return finish(token, TokenKind::Punctuation, 0, 1);
    }
    advance(1);
    token.kind = TokenKind::Invalid;
    token.text = "a byte that is not printable ASCII";
    return token;
}

Token TextScanner::scan_string(Token token) {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"' && rest_[end] != '\n') {
        end += rest_[end] == '\\' && end + 1 < rest_.size() && rest_[end + 1] != '\n' ? 2 : 1;
    }
    if (end >= rest_.size() || rest_[end] != '"') {
        advance(std::min(end, rest_.size()));
        token.kind = TokenKind::Invalid;
        token.text = "a string without its closing quote";
        return token;
    }
    token = finish(token, TokenKind::String, 1, end - 1);
    advance(1);
    return token;
}

Token TextScanner::scan_number(Token token) {
    std::size_t end = rest_[0] == '-' ? 1 : 0;
    if (rest_.substr(end).starts_with("0x")) {
        end += 2 + length_while(end + 2, is_hex_digit);
    } else {
        end += length_while(end, is_digit);
        if (end + 1 < rest_.size() && rest_[end] == '.' && is_digit(rest_[end + 1])) {
            end += 1 + length_while(end + 1, is_digit);
        }
        const std::size_t sign = end + 1 < rest_.size() && (rest_[end + 1] == '-' || rest_[end + 1] == '+') ? 1 : 0;
        if (end < rest_.size() && (rest_[end] == 'e' || rest_[end] == 'E')) {
            end += 1 + sign + length_while(end + 1 + sign, is_digit);
        }
    }
    const bool too_long = end > max_number_length;
    const bool runs_on = end < rest_.size() && is_name_character(rest_[end]);
    token = finish(token, TokenKind::Number, 0, end);
    if (too_long || runs_on) {
        token.kind = TokenKind::Invalid;
        token.text = too_long ? "a number of more than 4096 characters" : "a number that runs into a name";
    }
    return token;
}

Token TextScanner::take() {
    const Token taken = token_;
    if (taken.kind != TokenKind::Invalid) {  // an invalid token stays, so that nothing after it is read
        token_ = scan();
    }
    return taken;
}

bool TextScanner::is_next(std::string_view word) const {
    return (token_.kind == TokenKind::Identifier || token_.kind == TokenKind::Punctuation) && token_.text == word;
}

bool TextScanner::accept(std::string_view word) {
    const bool is = is_next(word);
    if (is) {
        take();
    }
    return is;
}

Result<void> TextScanner::expect(std::string_view word) {
    if (!accept(word)) {
        return unexpected_token(fmt::format("'{}'", word));
    }
    return {};
}

std::string TextScanner::place(const Token& token) const { return fmt::format("{}:{}:{}", file_name_, token.line, token.column); }

std::unexpected<Diagnostic> TextScanner::unexpected_token(std::string_view what) const {
    return fail(DiagnosticId::TextSyntax, place(), fmt::format("expected {}, found {}", what, shown(token_)));
}

Result<std::string_view> TextScanner::expect_kind(TokenKind kind, std::string_view what) {
    if (token_.kind != kind) {
        return unexpected_token(what);
    }
    return take().text;
}

Result<std::string_view> TextScanner::expect_identifier(std::string_view what) { return expect_kind(TokenKind::Identifier, what); }
Result<std::string_view> TextScanner::expect_value(std::string_view what) { return expect_kind(TokenKind::Value, what); }
Result<std::string_view> TextScanner::expect_symbol(std::string_view what) { return expect_kind(TokenKind::Symbol, what); }
Result<std::string_view> TextScanner::expect_number(std::string_view what) { return expect_kind(TokenKind::Number, what); }

Result<std::int64_t> TextScanner::expect_integer(std::string_view what, std::int64_t low, std::int64_t high) {
    const Token token = token_;
    LUTRA_TRY(const std::string_view text, expect_number(what));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high) {
        return fail(DiagnosticId::TextSyntax, place(token), fmt::format("{} must be a whole number from {} to {}, not {}", what, low, high, shown(token)));
    }
    return value;
}

Result<double> TextScanner::expect_double(std::string_view what) {
    const Token token = token_;
    LUTRA_TRY(const std::string_view text, expect_number(what));
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(DiagnosticId::TextSyntax, place(token), fmt::format("{} must be a decimal number, not {}", what, shown(token)));
    }
    return value;
}

Result<std::string> TextScanner::expect_string(std::string_view what) {
    const Token token = token_;
    LUTRA_TRY(const std::string_view text, expect_kind(TokenKind::String, what));
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            result += text[i];
            continue;
        }
        ++i;  // the scanner never ends a string right after a backslash
        const char escape = text[i];
        if (escape == '"' || escape == '\\') {
            result += escape;
        } else if (escape == 'n' || escape == 't') {
            result += escape == 'n' ? '\n' : '\t';
        } else if (escape == 'x' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
            result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            return fail(DiagnosticId::TextSyntax, place(token), "a string has an escape that is none of \\\" \\\\ \\n \\t \\xHH");
        }
    }
    return result;
}

std::string quoted_text(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n' || c == '\t') {
            result += c == '\n' ? "\\n" : "\\t";
        } else if (code < 0x20 || code == 0x7f) {
            result += fmt::format("\\x{:02x}", code);
        } else {
            result += c;
        }
    }
    return result + '"';
}

}  // namespace lutra
