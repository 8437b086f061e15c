#pragma once

/// Splits structural Verilog into words: names, numbers such as 16'h6996, strings with their quotes, `<=`, and single characters. Comments are skipped.

#include <cctype>
#include <string_view>

namespace lutra {

class VerilogWords {
public:
    explicit VerilogWords(std::string_view text) : text_(text) { advance(); }

    /// The next word; empty at the end.
    std::string_view peek() const { return word_; }
    std::string_view take() {
        const std::string_view word = word_;
        advance();
        return word;
    }
    bool accept(std::string_view word) {
        if (word_ != word) {
            return false;
        }
        advance();
        return true;
    }
    /// The line of the next word, from 1.
    int line() const { return line_; }

private:
    static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '\''; }

    void skip_spaces() {
        while (place_ < text_.size()) {
            const std::string_view rest = text_.substr(place_);
            std::size_t length = std::isspace(static_cast<unsigned char>(rest[0])) != 0 ? 1 : 0;
            if (rest.starts_with("//")) {
                length = std::min(rest.find('\n'), rest.size());
            } else if (rest.starts_with("/*")) {
                length = rest.find("*/") == std::string_view::npos ? rest.size() : rest.find("*/") + 2;
            }
            if (length == 0) {
                return;
            }
            for (const char c : rest.substr(0, length)) {
                line_ += c == '\n' ? 1 : 0;
            }
            place_ += length;
        }
    }

    void advance() {
        skip_spaces();
        std::size_t end = place_;
        while (end < text_.size() && is_word(text_[end])) {
            ++end;
        }
        if (end == place_ && end < text_.size()) {
            const bool is_string = text_[end] == '"' && text_.find('"', end + 1) != std::string_view::npos;
            end = is_string ? text_.find('"', end + 1) + 1 : end + (text_.substr(end).starts_with("<=") ? 2 : 1);
        }
        word_ = text_.substr(place_, end - place_);
        place_ = end;
    }

    std::string_view text_;
    std::string_view word_;
    std::size_t place_ = 0;
    int line_ = 1;
};

}  // namespace lutra
