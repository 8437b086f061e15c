#pragma once

/// Text on its way to a sink, collected in larger parts.

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "lutra/base/printed_file.h"

namespace lutra::verilog {

/// Appends what it is given; nothing reaches the sink before it is flushed.
class TextBuffer {
public:
    explicit TextBuffer(const TextSink& sink) : sink_(sink) {}

    TextBuffer& operator<<(std::string_view text) {
        text_ += text;
        return *this;
    }
    TextBuffer& operator<<(char c) {
        text_ += c;
        return *this;
    }
    TextBuffer& operator<<(std::uint64_t number) {
        constexpr std::size_t most_digits = 20;
        std::array<char, most_digits> digits;
        text_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
        return *this;
    }
    /// The lowest digits of a number to the base 16.
    TextBuffer& hex(std::uint64_t number, int num_digits) {
        for (int i = num_digits; i-- > 0;) {
            text_ += "0123456789abcdef"[number >> (4 * i) & 0xF];
        }
        return *this;
    }

    /// Bytes that are not flushed yet.
    std::size_t size() const { return text_.size(); }
    /// Those from the given place on.
    std::string_view from(std::size_t place) const { return std::string_view(text_).substr(place); }

    /// Hands on what has come together if it is much. Places that were known before hold no longer.
    void flush_large() {
        constexpr std::size_t large = 1 << 18;
        if (text_.size() >= large) {
            flush();
        }
    }
    void flush() {
        sink_(text_);
        text_.clear();
    }

private:
    const TextSink& sink_;
    std::string text_;
};

}  // namespace lutra::verilog
