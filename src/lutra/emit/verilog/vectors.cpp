#include "lutra/emit/verilog/vectors.h"

#include <algorithm>
#include <numeric>

#include "lutra/base/assert.h"

namespace lutra::verilog {

namespace {

/// A number of fixed width that is filled from its low end.
class BitPacker {
public:
    explicit BitPacker(std::int64_t width) : width_(width), words_(static_cast<std::size_t>(width / 64 + 2)) {}

    void clear() {
        std::ranges::fill(words_, 0);
        used_ = 0;
    }

    /// Appends the low `width` bits of a word, width <= 64.
    void append(std::uint64_t bits, int width) {
        if (width == 0) {
            return;
        }
        bits &= ~std::uint64_t{0} >> (64 - width);
        const auto index = static_cast<std::size_t>(used_ / 64);
        const int shift = static_cast<int>(used_ % 64);
        words_[index] |= bits << shift;
        if (shift + width > 64) {
            words_[index + 1] |= bits >> (64 - shift);
        }
        used_ += width;
    }

    void append(std::int64_t raw, int width) {
        append(static_cast<std::uint64_t>(raw), std::min(width, 64));
        for (int rest = width - 64; rest > 0; rest -= 64) {
            append(raw < 0 ? ~std::uint64_t{0} : 0, std::min(rest, 64));
        }
    }

    void append(const Integer& raw, int width) {
        for (int low = 0; low < width; low += 64) {
            append(static_cast<std::uint64_t>((raw >> low).low_bits_signed(64).to_int64()), std::min(width - low, 64));
        }
    }

    void append_line(std::string& text) const {
        for (std::int64_t digit = std::max<std::int64_t>((width_ + 3) / 4, 1) - 1; digit >= 0; --digit) {
            text += "0123456789abcdef"[(words_[static_cast<std::size_t>(digit / 16)] >> (digit % 16 * 4)) & 15];
        }
        text += '\n';
    }

private:
    std::int64_t width_;
    std::int64_t used_ = 0;
    std::vector<std::uint64_t> words_;
};

template <typename Raw>
std::string lines(std::span<const int> widths, std::span<const Raw> raws) {
    if (widths.empty()) {
        return "";
    }
    LUTRA_ASSERT(raws.size() % widths.size() == 0);
    BitPacker packer(std::accumulate(widths.begin(), widths.end(), std::int64_t{0}));
    std::string text;
    for (std::size_t i = 0; i < raws.size(); i += widths.size()) {
        packer.clear();
        for (std::size_t k = 0; k < widths.size(); ++k) {
            packer.append(raws[i + k], widths[k]);
        }
        packer.append_line(text);
    }
    return text;
}

}  // namespace

std::vector<int> element_widths(const Circuit& circuit, const std::vector<Port>& ports) {
    std::vector<int> widths;
    for (const Wire wire : flat_wires(ports)) {
        widths.push_back(circuit.type(wire).width);
    }
    return widths;
}

std::string vector_lines(std::span<const int> widths, std::span<const std::int64_t> raws) { return lines(widths, raws); }
std::string vector_lines(std::span<const int> widths, std::span<const Integer> raws) { return lines(widths, raws); }

}  // namespace lutra::verilog
