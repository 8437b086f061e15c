#include "lutra/stream/npy_header.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <optional>

namespace lutra {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::uint64_t max_header_bytes = 65536;
constexpr std::size_t max_rank = 32;

/// Parses the dictionary of a header: {'descr': '<f4', 'fortran_order': False, 'shape': (10, 16), }
class DictionaryParser {
public:
    DictionaryParser(std::string_view text, std::uint64_t text_offset, const std::string& place) : text_(text), text_offset_(text_offset), place_(place) {}

    Result<NpyHeader> parse() {
        bool is_well_formed = take('{');
        while (is_well_formed && !take('}')) {
            const auto key = take_string();
            is_well_formed = key && take(':') && take_value(*key) && (take(',') || peek() == '}');
        }
        if (!is_well_formed || peek() != '\0' || !type_ || !is_fortran_ || !has_shape_) {
            return damaged("the dictionary of the header is not as NumPy writes it");
        }
        LUTRA_TRY(const ElementLayout layout, parse_element_layout(*type_, place_));
        return NpyHeader{.layout = layout, .is_fortran = *is_fortran_, .shape = std::move(shape_), .data_offset = text_offset_ + text_.size()};
    }

private:
    std::unexpected<Diagnostic> damaged(std::string_view what) const {
        return fail(DiagnosticId::NpyInvalid, place_, fmt::format("{}, near byte {}", what, text_offset_ + at_), "write the file anew with numpy.save");
    }

    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) {
            ++at_;
        }
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char c) {
        if (c == '\0' || peek() != c) {
            return false;
        }
        ++at_;
        return true;
    }

    std::optional<std::string_view> take_string() {
        const char quote = peek();
        const std::size_t end = quote == '\'' || quote == '"' ? text_.find(quote, at_ + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view content = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return content;
    }

    bool take_word(std::string_view word) {
        peek();
        if (!text_.substr(at_).starts_with(word)) {
            return false;
        }
        at_ += word.size();
        return true;
    }

    /// One key's value; each key may occur once.
    bool take_value(std::string_view key) {
        if (key == "descr" && !type_) {
            type_ = peek() == '[' ? take_structured() : take_string();
            return type_.has_value();
        }
        if (key == "fortran_order" && !is_fortran_) {
            if (take_word("True")) {
                is_fortran_ = true;
            } else if (take_word("False")) {
                is_fortran_ = false;
            }
            return is_fortran_.has_value();
        }
        if (key == "shape" && !has_shape_) {
            has_shape_ = true;
            return take_shape();
        }
        return false;
    }

    /// A list of fields: its text becomes the type's name in the message, since no such type is read.
    std::optional<std::string_view> take_structured() {
        const std::size_t end = text_.find(']', at_);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view content = text_.substr(at_, end + 1 - at_);
        at_ = end + 1;
        return content;
    }

    bool take_shape() {
        if (!take('(')) {
            return false;
        }
        while (!take(')')) {
            peek();
            std::uint64_t dimension = 0;
            const char* begin = text_.data() + at_;
            const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), dimension);
            if (error != std::errc{} || shape_.size() == max_rank) {
                return false;
            }
            at_ += static_cast<std::size_t>(end - begin);
            shape_.push_back(dimension);
            if (!take(',') && (peek() != ')' || shape_.size() == 1)) {
                return false;
            }
        }
        return true;
    }

    std::string_view text_;
    std::uint64_t text_offset_;
    const std::string& place_;
    std::size_t at_ = 0;
    std::optional<std::string_view> type_;
    std::optional<bool> is_fortran_;
    bool has_shape_ = false;
    std::vector<std::uint64_t> shape_;
};

std::unexpected<Diagnostic> not_npy(const ByteSource& source, std::string what) {
    return fail(DiagnosticId::NpyInvalid, source.name(), std::move(what), "give a file that numpy.save has written");
}

/// Bytes of the data that a shape asks for; none when they overflow.
std::optional<std::uint64_t> data_bytes(const NpyHeader& header) {
    std::uint64_t bytes = size_of(header.layout.type);
    for (const std::uint64_t dimension : header.shape) {
        if (__builtin_mul_overflow(bytes, dimension, &bytes)) {
            return std::nullopt;
        }
    }
    return bytes;
}

}  // namespace

Result<NpyHeader> read_npy_header(ByteSource& source) {
    constexpr std::size_t short_prefix = 10;
    constexpr std::size_t long_prefix = 12;
    std::string prefix(std::min<std::uint64_t>(long_prefix, source.size()), '\0');
    if (const auto got = source.read(0, prefix); !got) {
        return std::unexpected(got.error());
    }
    if (prefix.size() < long_prefix || !prefix.starts_with(magic)) {
        return not_npy(source, "the file does not start as a .npy file");
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(prefix[i])); };
    const std::uint64_t version = byte(6);
    if (version < 1 || version > 3) {
        return not_npy(source, fmt::format("the file has the .npy version {}; versions 1 to 3 are read", version));
    }
    const std::uint64_t prefix_size = version == 1 ? short_prefix : long_prefix;
    const std::uint64_t header_size = byte(8) | byte(9) << 8 | (version == 1 ? 0 : byte(10) << 16 | byte(11) << 24);
    if (header_size > max_header_bytes || prefix_size + header_size > source.size()) {
        return not_npy(
            source, fmt::format("the header says that it has {} bytes; the file has {} and at most {} are read", header_size, source.size(), max_header_bytes));
    }
    std::string text(header_size, '\0');
    if (const auto got = source.read(prefix_size, text); !got) {
        return std::unexpected(got.error());
    }
    LUTRA_TRY(NpyHeader header, DictionaryParser(text, prefix_size, source.name()).parse());
    const auto wanted = data_bytes(header);
    const std::uint64_t present = source.size() - header.data_offset;
    if (!wanted || *wanted != present) {
        return not_npy(source, fmt::format("the shape {} of {} does not fit the {} bytes of data that follow", format_shape(header.shape),
                                           to_string(header.layout.type), present));
    }
    return header;
}

std::string format_npy_header(ElementType type, const std::vector<std::uint64_t>& shape) {
    constexpr std::size_t alignment = 64;
    constexpr std::size_t prefix_size = 10;
    constexpr std::size_t max_digits = 20;
    static constexpr std::array<std::string_view, 12> codes = {"|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8"};
    std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", codes.at(static_cast<std::size_t>(type)), format_shape(shape));
    const std::size_t room = shape.empty() ? 0 : max_digits - fmt::formatted_size("{}", shape[0]);
    const std::size_t total = (prefix_size + text.size() + room + 1 + alignment - 1) / alignment * alignment;
    text.resize(total - prefix_size - 1, ' ');
    text += '\n';
    std::string header(magic);
    header += {'\x01', '\x00', static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
    return header + text;
}

std::string format_shape(const std::vector<std::uint64_t>& shape) {
    return shape.size() == 1 ? fmt::format("({},)", shape[0]) : fmt::format("({})", fmt::join(shape, ", "));
}

}  // namespace lutra
