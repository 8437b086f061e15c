#pragma once

/// Splits our text forms (circuits, graphs) into tokens, with places for diagnostics.

#include <cstdint>
#include <string>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// What a token is. Spaces and line ends only separate tokens; `#` starts a comment that ends with its line.
enum class TokenKind {
    End,          ///< the text is over
    Identifier,   ///< letter or _, then letters, digits and _
    Value,        ///< % and letters, digits, _ or dots: the name of a value; `text` is without the %
    Symbol,       ///< @ and letters, digits, _ or dots: the name of something else; `text` is without the @
    Number,       ///< -12, 0x1f, 1.5, -2e-3: a minus sign directly before a digit belongs to the number
    String,       ///< "..." on one line with the escapes \" \\ \n \t \xHH; `text` is what stands between the quotes, escapes and all
    Punctuation,  ///< any other printable ASCII character, alone
    Invalid,      ///< none of these; `text` says why
};

/// One token; `text` points into the scanned text.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;
    int line = 1;
    int column = 1;  ///< in bytes, from 1
};

/// Hands out the tokens of a text, one token of look-ahead. The text must outlive the scanner. Nothing is allocated before a token is accepted,
/// and a number has at most max_number_length characters, so hostile texts cost no more than their own size.
class TextScanner {
public:
    /// `file_name` is what diagnostics name as the place.
    TextScanner(std::string_view text, std::string_view file_name);

    static constexpr std::size_t max_number_length = 4096;

    /// The token to be taken next.
    const Token& peek() const { return token_; }
    /// Takes the token.
    Token take();
    bool at_end() const { return token_.kind == TokenKind::End; }
    /// True when the next token is this identifier or this punctuation character.
    bool is_next(std::string_view word) const;
    /// Takes the next token if it is this identifier or this punctuation character.
    bool accept(std::string_view word);
    /// Takes this identifier or this punctuation character, or fails with TextSyntax.
    Result<void> expect(std::string_view word);

    /// Takes an identifier; `what` says in the message what was expected.
    Result<std::string_view> expect_identifier(std::string_view what);
    /// Takes a %name or an @name, without its first character.
    Result<std::string_view> expect_value(std::string_view what);
    Result<std::string_view> expect_symbol(std::string_view what);
    /// Takes a number of any form.
    Result<std::string_view> expect_number(std::string_view what);
    /// Takes a whole decimal number from low to high.
    Result<std::int64_t> expect_integer(std::string_view what, std::int64_t low, std::int64_t high);
    /// Takes a number as a double.
    Result<double> expect_double(std::string_view what);
    /// Takes a string and resolves its escapes.
    Result<std::string> expect_string(std::string_view what);

    /// "file:line:column" of the next token, or of the given one.
    std::string place() const { return place(token_); }
    std::string place(const Token& token) const;
    /// A TextSyntax failure at the next token: "expected WHAT, found ...".
    std::unexpected<Diagnostic> unexpected_token(std::string_view what) const;

private:
    void skip_blanks();
    Token scan();
    Token scan_string(Token token);
    Token scan_number(Token token);
    void advance(std::size_t count);
    std::size_t length_while(std::size_t from, bool (*belongs)(char)) const;
    Token finish(Token token, TokenKind kind, std::size_t skipped, std::size_t length);
    Result<std::string_view> expect_kind(TokenKind kind, std::string_view what);

    std::string_view rest_;
    std::string file_name_;
    int line_ = 1;
    int column_ = 1;
    Token token_;
};

/// The text as a String token that scans back to the same bytes.
std::string quoted_text(std::string_view text);

}  // namespace lutra
