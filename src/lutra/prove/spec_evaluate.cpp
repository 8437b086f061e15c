#include <algorithm>

#include "lutra/prove/spec_network.h"

namespace lutra {

namespace {

/// Adds 2^place * node to a word of bits, modulo 2^(number of its bits).
void add_bit(std::vector<std::uint64_t>& bits, std::size_t place, const std::uint64_t* node, bool is_inverted, std::size_t width) {
    std::vector<std::uint64_t> carry(node, node + width);
    if (is_inverted) {
        std::ranges::transform(carry, carry.begin(), [](std::uint64_t word) { return ~word; });
    }
    for (std::size_t at = place * width; at < bits.size(); at += width) {
        std::uint64_t any = 0;
        for (std::size_t i = 0; i < width; ++i) {
            const std::uint64_t both = bits[at + i] & carry[i];
            bits[at + i] ^= carry[i];
            carry[i] = both;
            any |= both;
        }
        if (any == 0) {
            return;
        }
    }
}

}  // namespace

std::vector<std::uint64_t> evaluate(const SpecSum& sum, std::span<const std::uint64_t* const> terms, std::size_t width) {
    const std::vector<std::uint64_t> ones(width, ~std::uint64_t{0});
    std::vector<std::uint64_t> bits(static_cast<std::size_t>(sum.num_bits) * width, 0);
    Integer constant = sum.high_constant;
    auto term = terms.begin();
    for (const auto& [node, coefficient] : sum.high_terms) {
        const bool is_negative = coefficient.sign() < 0;  // -c * x = c * ~x - c
        constant += is_negative ? coefficient : Integer(0);
        for (int place = 0; place < sum.num_bits; ++place) {
            if (coefficient.abs().bit(place)) {
                add_bit(bits, static_cast<std::size_t>(place), *term, is_negative, width);
            }
        }
        ++term;
    }
    for (int place = 0; place < sum.num_bits; ++place) {
        if (constant.bit(place)) {
            add_bit(bits, static_cast<std::size_t>(place), ones.data(), false, width);
        }
    }
    return bits;
}

std::vector<std::uint64_t> SpecNetwork::evaluate(std::span<const std::uint64_t> inputs, std::size_t width) const {
    std::vector<std::uint64_t> values(nodes_.size() * width, 0);
    const auto value_of = [&](Bit bit, std::size_t i) { return values[bit.node() * width + i] ^ (bit.is_inverted() ? ~std::uint64_t{0} : 0); };
    std::vector<const std::uint64_t*> terms;
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
        const SpecNode& node = nodes_[n];
        std::uint64_t* value = &values[n * width];
        if (node.kind == SpecNode::Kind::Input) {
            std::copy_n(inputs.begin() + static_cast<std::ptrdiff_t>(node.place * width), width, value);
        } else if (node.kind == SpecNode::Kind::Choice) {
            for (std::size_t i = 0; i < width; ++i) {
                const std::uint64_t selector = value_of(node.selector, i);
                value[i] = (selector & value_of(node.if_one, i)) | (~selector & value_of(node.if_zero, i));
            }
        } else if (node.kind == SpecNode::Kind::SumBit && node.place == 0) {
            terms.clear();
            for (const auto& [term, coefficient] : sums_[node.sum].high_terms) {
                terms.push_back(&values[term * width]);
            }
            std::ranges::copy(lutra::evaluate(sums_[node.sum], terms, width), value);
        }
    }
    return values;
}

}  // namespace lutra
