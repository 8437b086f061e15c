#include "lutra/map/table_bits.h"

#include <algorithm>
#include <numeric>

namespace lutra {

Bit TableBits::bit(const std::vector<bool>& entries) {
    Part part{std::vector<int>(inputs_.size()), entries};
    std::iota(part.support.begin(), part.support.end(), 0);
    return make(std::move(part));
}

TableBits::Part TableBits::cofactor_of(const Part& part, std::size_t place, bool value) {
    Part cofactor{part.support, std::vector<bool>(part.entries.size() / 2)};
    cofactor.support.erase(cofactor.support.begin() + static_cast<std::ptrdiff_t>(place));
    const std::size_t bit = std::size_t{1} << place;
    for (std::size_t a = 0; a < cofactor.entries.size(); ++a) {
        const std::size_t low = a & (bit - 1);
        cofactor.entries[a] = part.entries[((a ^ low) << 1) | low | (value ? bit : 0)];
    }
    return cofactor;
}

void TableBits::reduce_support(Part& part) {
    for (std::size_t place = part.support.size(); place-- > 0;) {
        Part low = cofactor_of(part, place, false);
        if (low.entries == cofactor_of(part, place, true).entries) {
            part = std::move(low);
        }
    }
}

Bit TableBits::make(Part part) {
    reduce_support(part);
    if (part.support.empty()) {
        return Bit::constant(part.entries[0]);
    }
    const bool is_inverted = part.entries[0];
    if (is_inverted) {
        part.entries.flip();
    }
    auto& known = known_[part.entries];
    const auto found = std::ranges::find(known, part.support, [](const auto& entry) { return entry.first; });
    if (found != known.end()) {
        return found->second.inverted_if(is_inverted);
    }
    Bit result;
    if (static_cast<int>(part.support.size()) <= lut_inputs_) {
        result = make_leaf(part);
    } else {
        const int place = best_split(part);
        const Bit selector = inputs_[static_cast<std::size_t>(part.support[static_cast<std::size_t>(place)])];
        const Bit if_one = make(cofactor_of(part, static_cast<std::size_t>(place), true));
        const Bit if_zero = make(cofactor_of(part, static_cast<std::size_t>(place), false));
        const int level = static_cast<int>(part.support.size()) - lut_inputs_;
        result = level <= mux_levels_ ? network_.wide_mux(selector, if_one, if_zero) : network_.mux(selector, if_one, if_zero);
    }
    known_[part.entries].emplace_back(part.support, result);
    return result.inverted_if(is_inverted);
}

Bit TableBits::make_leaf(const Part& part) {
    std::vector<Bit> inputs;
    for (const int i : part.support) {
        inputs.push_back(inputs_[static_cast<std::size_t>(i)]);
    }
    std::uint64_t table = 0;
    for (std::size_t a = 0; a < part.entries.size(); ++a) {
        table |= part.entries[a] ? std::uint64_t{1} << a : 0;
    }
    return network_.function(inputs, table);
}

int TableBits::best_split(const Part& part) const {
    // The fewest inputs left in both cofactors; of those, the highest input.
    int best = 0;
    std::size_t fewest = ~std::size_t{0};
    for (std::size_t place = part.support.size(); place-- > 0;) {
        std::size_t num_leaves = 0;
        for (const bool value : {false, true}) {
            Part cofactor = cofactor_of(part, place, value);
            reduce_support(cofactor);
            const auto excess = static_cast<int>(cofactor.support.size()) - lut_inputs_;
            num_leaves += cofactor.support.empty() ? 0 : std::size_t{1} << std::max(excess, 0);
        }
        if (num_leaves < fewest) {
            fewest = num_leaves;
            best = static_cast<int>(place);
        }
    }
    return best;
}

}  // namespace lutra
