#pragma once

/// Splits structural Verilog into words: names, numbers such as 16'h6996, strings with their quotes, `<=`, and single characters. Comments are skipped.

#include <algorithm>
#include <array>
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
    enum class CharKind : unsigned char { Other, Space, LineEnd, Word };

    static constexpr std::array<CharKind, 256> make_kinds() {
        std::array<CharKind, 256> kinds{};
        for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$'")) {
            kinds[static_cast<unsigned char>(c)] = CharKind::Word;
        }
        for (const char c : std::string_view(" \t\v\f\r")) {
            kinds[static_cast<unsigned char>(c)] = CharKind::Space;
        }
        kinds['\n'] = CharKind::LineEnd;
        return kinds;
    }
    CharKind kind_at(std::size_t place) const {
        static constexpr std::array<CharKind, 256> kinds = make_kinds();
        return kinds[static_cast<unsigned char>(text_[place])];
    }

    void skip_spaces() {
        for (; place_ < text_.size(); ++place_) {
            if (const CharKind kind = kind_at(place_); kind == CharKind::LineEnd) {
                ++line_;
            } else if (kind != CharKind::Space && !skip_comment()) {
                return;
            }
        }
    }

    /// Goes to the last character of a comment that begins here, or of its line: the end of the line is no part of it. False when there is none.
    bool skip_comment() {
        const std::string_view rest = text_.substr(place_);
        std::size_t length = 0;
        if (rest.starts_with("//")) {
            length = std::min(rest.find('\n'), rest.size());
        } else if (rest.starts_with("/*")) {
            length = std::min(rest.find("*/"), rest.size() - 2) + 2;
        }
        line_ += static_cast<int>(std::ranges::count(rest.substr(0, length), '\n'));
        place_ += length == 0 ? 0 : length - 1;
        return length != 0;
    }

    void advance() {
        skip_spaces();
        std::size_t end = place_;
        while (end < text_.size() && kind_at(end) == CharKind::Word) {
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
