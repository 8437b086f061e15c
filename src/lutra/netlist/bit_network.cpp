#include "lutra/netlist/bit_network.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

/// A function while it is brought into its normal form.
struct FunctionDraft {
    std::array<Bit, max_table_inputs> inputs{};
    int num_inputs = 0;
    std::uint64_t table = 0;

    void drop(int i) {
        // The inputs above move down by one place: the table is read at the addresses without bit i.
        std::uint64_t packed = 0;
        for (int a = 0; a < 1 << (num_inputs - 1); ++a) {
            const int low = a & ((1 << i) - 1);
            const int old = ((a >> i) << (i + 1)) | low;
            packed |= (table >> old & 1) << a;
        }
        std::copy(inputs.begin() + i + 1, inputs.begin() + num_inputs, inputs.begin() + i);
        --num_inputs;
        table = repeated_table(packed, num_inputs);
    }

    void swap_inputs(int i, int j) {
        const std::uint64_t a = input_tables[static_cast<std::size_t>(i)];
        const std::uint64_t b = input_tables[static_cast<std::size_t>(j)];
        const int distance = (1 << j) - (1 << i);
        const std::uint64_t only_i = table & a & ~b;
        const std::uint64_t only_j = table & ~a & b;
        table = (table & ~(a ^ b)) | (only_i << distance) | (only_j >> distance);
        std::swap(inputs[static_cast<std::size_t>(i)], inputs[static_cast<std::size_t>(j)]);
    }

    /// input i is the constant `value`, or equal to input j, or reads nothing.
    void simplify() {
        for (int i = num_inputs - 1; i >= 0; --i) {
            Bit& bit = inputs[static_cast<std::size_t>(i)];
            if (bit.is_inverted()) {
                const std::uint64_t high = input_tables[static_cast<std::size_t>(i)];
                table = (table & high) >> (1 << i) | (table & ~high) << (1 << i);
                bit = ~bit;
            }
            if (bit.is_constant()) {
                table = cofactor(table, i, false);
            }
        }
        for (int i = 0; i < num_inputs; ++i) {
            for (int j = i + 1; j < num_inputs; ++j) {
                if (inputs[static_cast<std::size_t>(i)] == inputs[static_cast<std::size_t>(j)]) {
                    const std::uint64_t at_j = input_tables[static_cast<std::size_t>(i)];
                    table = (cofactor(table, j, true) & at_j) | (cofactor(table, j, false) & ~at_j);
                }
            }
        }
        for (int i = num_inputs - 1; i >= 0; --i) {
            if (!depends_on(table, i)) {
                drop(i);
            }
        }
        for (int i = 1; i < num_inputs; ++i) {
            for (int j = i; j > 0 && inputs[static_cast<std::size_t>(j)] < inputs[static_cast<std::size_t>(j) - 1]; --j) {
                swap_inputs(j - 1, j);
            }
        }
    }
};

std::uint64_t hash_of(const BitNode& node) {
    std::uint64_t hash = (node.table + static_cast<std::uint64_t>(node.kind)) * 0x9E3779B97F4A7C15U;
    for (int i = 0; i < node.num_inputs; ++i) {
        hash = (hash ^ (hash >> 29) ^ node.inputs[static_cast<std::size_t>(i)]) * 0xBF58476D1CE4E5B9U;
    }
    return hash ^ (hash >> 32);
}

}  // namespace

BitNetwork::BitNetwork() { nodes_.emplace_back(); }

void BitNetwork::set_origin(std::string_view origin) {
    const auto [place, is_new] = origin_numbers_.try_emplace(std::string(origin), static_cast<std::uint32_t>(origins_.size()));
    if (is_new) {
        origins_.emplace_back(origin);
    }
    current_origin_ = place->second;
}

std::uint32_t BitNetwork::add(const BitNode& node) {
    nodes_.push_back(node);
    nodes_.back().origin = current_origin_;
    return size() - 1;
}

Bit BitNetwork::input() { return Bit::of(add(BitNode::input(num_inputs_++))); }

Bit BitNetwork::function(std::span<const Bit> inputs, std::uint64_t table) {
    LUTRA_ASSERT(inputs.size() <= max_table_inputs);
    FunctionDraft draft;
    draft.num_inputs = static_cast<int>(inputs.size());
    std::ranges::copy(inputs, draft.inputs.begin());
    draft.table = repeated_table(table, draft.num_inputs);
    draft.simplify();
    const bool is_inverted = (draft.table & 1) != 0;
    draft.table = is_inverted ? ~draft.table : draft.table;
    if (draft.num_inputs == 0) {
        return Bit::constant(is_inverted);
    }
    if (draft.num_inputs == 1) {  // with f(0) = 0 it is the input itself
        return draft.inputs[0].inverted_if(is_inverted);
    }
    BitNode node;
    node.kind = BitNode::Kind::Function;
    node.num_inputs = static_cast<std::uint8_t>(draft.num_inputs);
    node.table = draft.table;
    for (int i = 0; i < draft.num_inputs; ++i) {
        node.inputs[static_cast<std::size_t>(i)] = draft.inputs[static_cast<std::size_t>(i)].node();
    }
    return find_or_add(node).inverted_if(is_inverted);
}

void BitNetwork::forget_from(std::uint32_t node) {
    for (; size() > node; nodes_.pop_back()) {
        const auto [begin, end] = known_.equal_range(hash_of(nodes_.back()));
        const auto known = std::find_if(begin, end, [&](const auto& entry) { return entry.second == size() - 1; });
        LUTRA_ASSERT(known != end);
        known_.erase(known);
    }
}

Bit BitNetwork::find_or_add(const BitNode& node) {
    const std::uint64_t hash = hash_of(node);
    const auto [begin, end] = known_.equal_range(hash);
    for (auto known = begin; known != end; ++known) {
        const BitNode& other = nodes_[known->second];
        if (other.kind == node.kind && other.table == node.table && other.num_inputs == node.num_inputs && other.inputs == node.inputs) {
            return Bit::of(known->second);
        }
    }
    const std::uint32_t added = add(node);
    known_.emplace(hash, added);
    return Bit::of(added);
}

Bit BitNetwork::uninverted(Bit bit) {
    if (!bit.is_inverted() || bit.is_constant()) {
        return bit;
    }
    BitNode node = nodes_[bit.node()];
    if (node.kind == BitNode::Kind::WideMux) {
        return wide_mux(Bit::of(node.inputs[2]), uninverted(Bit::of(node.inputs[1], true)), uninverted(Bit::of(node.inputs[0], true)));
    }
    if (node.kind == BitNode::Kind::Function) {
        node.table = ~node.table;
    } else {
        node = {.kind = BitNode::Kind::Function, .num_inputs = 1, .inputs = {bit.node()}, .table = ~input_tables[0]};
    }
    return find_or_add(node);
}

int BitNetwork::mux_level(Bit bit) const {
    const BitNode& node = nodes_[bit.node()];
    switch (node.kind) {
        case BitNode::Kind::Function: return 0;
        case BitNode::Kind::WideMux: return mux_level(Bit::of(node.inputs[0])) + 1;
        case BitNode::Kind::Constant:
        case BitNode::Kind::Input:
        case BitNode::Kind::RowSum: return no_level;
    }
    LUTRA_UNREACHABLE("bit node kind");
}

Bit BitNetwork::wide_mux(Bit selector, Bit if_one, Bit if_zero) {
    const bool fits = mux_level(if_one) == mux_level(if_zero) && mux_level(if_one) != no_level;
    if (if_one == if_zero || selector.is_constant() || !fits) {
        return mux(selector, if_one, if_zero);
    }
    if (selector.is_inverted()) {
        return wide_mux(~selector, if_zero, if_one);
    }
    if (if_one.is_inverted() && if_zero.is_inverted()) {
        return ~wide_mux(selector, ~if_one, ~if_zero);
    }
    BitNode node;
    node.kind = BitNode::Kind::WideMux;
    node.num_inputs = 3;
    node.inputs = {uninverted(if_zero).node(), uninverted(if_one).node(), selector.node()};
    return find_or_add(node);
}

Bit BitNetwork::binary(Bit a, Bit b, std::uint64_t table) {
    const std::array inputs = {a, b};
    return function(inputs, table);
}

Bit BitNetwork::mux(Bit selector, Bit if_one, Bit if_zero) {
    const std::array inputs = {if_zero, if_one, selector};
    return function(inputs, 0xCA);
}

BitWord BitNetwork::row(std::vector<RowColumn> columns) {
    Row row{std::move(columns), size(), current_origin_};
    BitWord sums;
    for (std::uint32_t c = 0; c < row.columns.size(); ++c) {
        sums.push_back(Bit::of(add(BitNode::row_sum(static_cast<std::uint32_t>(rows_.size()), c))));
    }
    rows_.push_back(std::move(row));
    return sums;
}

std::vector<std::uint64_t> evaluate(const BitNetwork& network, std::span<const std::uint64_t> inputs) {
    std::vector<std::uint64_t> values(network.size(), 0);
    const auto value_of = [&](Bit bit) { return bit.is_inverted() ? ~values[bit.node()] : values[bit.node()]; };
    const auto evaluate_row = [&](const Row& row) {
        // Up to three bits and what the column before carries, at most 2, make at most 5.
        std::uint64_t carry_one = 0;
        std::uint64_t carry_two = 0;
        for (std::size_t c = 0; c < row.columns.size(); ++c) {
            std::uint64_t ones = carry_one;
            std::uint64_t twos = carry_two;
            std::uint64_t fours = 0;
            for (const Bit bit : row.columns[c].all()) {
                const std::uint64_t add_two = ones & value_of(bit);
                ones ^= value_of(bit);
                fours ^= twos & add_two;
                twos ^= add_two;
            }
            values[row.first_sum + c] = ones;
            carry_one = twos;
            carry_two = fours;
        }
    };
    for (std::uint32_t n = 0; n < network.size(); ++n) {
        const BitNode& node = network[n];
        if (node.kind == BitNode::Kind::Input) {
            values[n] = inputs[node.place()];
        } else if (node.kind == BitNode::Kind::Function) {
            std::array<std::uint64_t, max_table_inputs> operands{};
            for (int i = 0; i < node.num_inputs; ++i) {
                operands[static_cast<std::size_t>(i)] = values[node.inputs[static_cast<std::size_t>(i)]];
            }
            values[n] = evaluate_table(node.table, operands.data(), node.num_inputs);
        } else if (node.kind == BitNode::Kind::WideMux) {
            const std::uint64_t selector = values[node.inputs[2]];
            values[n] = (values[node.inputs[1]] & selector) | (values[node.inputs[0]] & ~selector);
        } else if (node.kind == BitNode::Kind::RowSum && node.place() == 0) {
            evaluate_row(network.rows()[node.row()]);
        }
    }
    std::vector<std::uint64_t> outputs;
    for (const Bit bit : network.outputs()) {
        outputs.push_back(value_of(bit));
    }
    return outputs;
}

}  // namespace lutra
