#include "lutra/map/map_circuit.h"

#include <array>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include "lutra/base/assert.h"
#include "lutra/map/bit_heap.h"
#include "lutra/map/bit_logic.h"
#include "lutra/map/bit_times.h"
#include "lutra/map/table_bits.h"
#include "lutra/map/table_functions.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

class CircuitMapping {
public:
    CircuitMapping(const Circuit& circuit, const MapOptions& options, MapMemory& memory, const FastSums* fast)
        : circuit_(circuit),
          options_(options),
          splits_(memory.splits),
          row_plans_(memory.row_plans),
          table_bits_(network_, memory.cost, options.finds_divisors ? &memory.trees : nullptr),
          words_(circuit.size()),
          num_sums_(circuit.size()),
          fast_(fast) {
        if (fast != nullptr) {
            times_.emplace(network_, fast->delays, options.luts.lut_inputs);
        }
    }

    BitNetwork run() {
        for (const Wire wire : flat_wires(circuit_.inputs())) {
            BitWord& word = words_[wire.index];
            for (int i = 0; i < circuit_.type(wire).width; ++i) {
                word.push_back(network_.input());
            }
        }
        const std::vector<bool> is_live = live_wires(circuit_);
        count_sums(is_live);
        group_tables(is_live);
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            if (is_live[wire.index] && circuit_[wire].kind != Input) {
                network_.set_origin(circuit_.origin(wire));
                if (is_table(wire)) {
                    make_tables(circuit_.operands(wire)[0]);
                } else {
                    words_[wire.index] = map(wire);
                }
            }
        }
        for (const Wire wire : flat_wires(circuit_.outputs())) {
            for (const Bit bit : words_[wire.index]) {
                network_.add_output(bit);
            }
        }
        return std::move(network_);
    }

private:
    const BitWord& operand(Wire wire, std::size_t i) const { return words_[circuit_.operands(wire)[i].index]; }
    const FixedPointType& operand_type(Wire wire, std::size_t i) const { return circuit_.type(circuit_.operands(wire)[i]); }

    BitWord map(Wire wire) {
        const Primitive& p = circuit_[wire];
        const int width = p.type.width;
        if (p.interval.is_constant()) {
            return constant_word(p.interval.low, width);
        }
        switch (p.kind) {
            case Input:
            case Constant: LUTRA_UNREACHABLE("has its word");
            case Register: LUTRA_UNREACHABLE("circuits are mapped before they are pipelined");
            case Wrap: return resized(operand(wire, 0), width, operand_type(wire, 0).is_signed);
            case MovePoint: return operand(wire, 0);
            case ShiftLeft: return shifted_left(wire);
            case ShiftRight: return shifted_right(wire);
            case Add: return linear(wire, {1, 1}, 0);
            case Subtract: return linear(wire, {1, -1}, 0);
            case Negate: return linear(wire, {-1}, 0);
            case Sum: return linear(wire, {circuit_.coefficients(wire).begin(), circuit_.coefficients(wire).end()}, circuit_.constant(wire));
            case Multiply: return product(wire);
            case Not: return bitwise(network_, operand(wire, 0), operand(wire, 0), 0x1);
            case And: return bitwise(network_, operand(wire, 0), operand(wire, 1), 0x8);
            case Or: return bitwise(network_, operand(wire, 0), operand(wire, 1), 0xE);
            case Xor: return bitwise(network_, operand(wire, 0), operand(wire, 1), 0x6);
            case Equal: return {equal(network_, operand(wire, 0), operand(wire, 1))};
            case Less: return {less(network_, operand(wire, 0), operand(wire, 1), operand_type(wire, 0).is_signed)};
            case Mux: return choose(network_, operand(wire, 0)[0], operand(wire, 1), operand(wire, 2));
            case Min:
            case Max: {
                const Bit first_is_less = less(network_, operand(wire, 0), operand(wire, 1), p.type.is_signed);
                return choose(network_, first_is_less.inverted_if(p.kind == Max), operand(wire, 0), operand(wire, 1));
            }
            case Table: LUTRA_UNREACHABLE("tables are made together");
            case Concat: {
                BitWord word = operand(wire, 1);
                word.insert(word.end(), operand(wire, 0).begin(), operand(wire, 0).end());
                return word;
            }
        }
        LUTRA_UNREACHABLE("primitive kind");
    }

    /// How many sums read each wire that nothing else reads; 0 for other wires.
    void count_sums(const std::vector<bool>& is_live) {
        std::vector<bool> is_read_otherwise(circuit_.size(), false);
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            const PrimitiveKind kind = circuit_[wire].kind;
            const bool is_sum = (kind == Sum || kind == Add || kind == Subtract || kind == Negate) && !circuit_.interval(wire).is_constant();
            for (const Wire operand : circuit_.operands(wire)) {
                num_sums_[operand.index] += is_live[wire.index] && is_sum ? 1 : 0;
                is_read_otherwise[operand.index] = is_read_otherwise[operand.index] || (is_live[wire.index] && !is_sum);
            }
        }
        for (const Wire wire : flat_wires(circuit_.outputs())) {
            is_read_otherwise[wire.index] = true;
        }
        for (std::size_t i = 0; i < num_sums_.size(); ++i) {
            num_sums_[i] = is_read_otherwise[i] ? 0 : num_sums_[i];
        }
    }

    static BitWord constant_word(const Integer& value, int width) {
        BitWord word;
        for (int i = 0; i < width; ++i) {
            word.push_back(Bit::constant(value.bit(i)));
        }
        return word;
    }

    BitWord shifted_left(Wire wire) const {
        BitWord word(std::min<std::size_t>(circuit_[wire].amount, max_width), Bit::constant(false));
        word.insert(word.end(), operand(wire, 0).begin(), operand(wire, 0).end());
        return resized(std::move(word), circuit_.type(wire).width, operand_type(wire, 0).is_signed);
    }

    BitWord shifted_right(Wire wire) const {
        const bool is_signed = operand_type(wire, 0).is_signed;
        const auto amount = static_cast<int>(circuit_[wire].amount);
        const BitWord extended = resized(operand(wire, 0), std::max(amount + circuit_.type(wire).width, static_cast<int>(operand(wire, 0).size())), is_signed);
        return {extended.begin() + amount, extended.begin() + amount + circuit_.type(wire).width};
    }

    BitWord linear(Wire wire, const std::vector<Integer>& coefficients, const Integer& constant) {
        BitHeap heap(network_, circuit_.type(wire).width);
        heap.add_constant(constant);
        for (std::size_t i = 0; i < coefficients.size(); ++i) {
            const Wire operand = circuit_.operands(wire)[i];
            if (const auto terms = terms_.find(operand.index); terms != terms_.end()) {
                for (const Term& term : terms->second) {
                    heap.add(term.word, term.is_signed, term.interval, coefficients[i]);
                }
            } else {
                heap.add(words_[operand.index], circuit_.type(operand).is_signed, circuit_.interval(operand), coefficients[i]);
            }
        }
        return sum_of(std::move(heap), wire);
    }

    /// The sum of a's multiples by the bits of b; the highest bit of a signed b has a negative weight.
    BitWord product(Wire wire) {
        const int width = circuit_.type(wire).width;
        const BitWord& a = operand(wire, 0);
        const BitWord& b = operand(wire, 1);
        const FixedPointType& a_type = operand_type(wire, 0);
        const bool b_is_signed = operand_type(wire, 1).is_signed;
        BitHeap heap(network_, width);
        for (std::size_t i = 0; i < b.size() && static_cast<int>(i) < width; ++i) {
            BitWord gated;
            for (const Bit bit : a) {
                gated.push_back(network_.logical_and(bit, b[i]));
            }
            const Integer weight = Integer::power_of_two(static_cast<int>(i));
            const bool is_sign = b_is_signed && i + 1 == b.size();
            heap.add(gated, a_type.is_signed, hull(circuit_.interval(circuit_.operands(wire)[0]), {0, 0}), is_sign ? -weight : weight);
        }
        return sum_of(std::move(heap), wire);
    }

    BitWord sum_of(BitHeap heap, Wire wire) {
        if (fast_ != nullptr && fast_->is_fast[wire.index]) {
            return std::move(heap).fast_sum(options_.has_ternary_rows, row_plans_, *times_, fast_->has_counters);
        }
        return std::move(heap).sum(options_.has_ternary_rows, row_plans_);
    }

    /// One of the terms of a heap that add up to a table.
    struct Term {
        BitWord word;
        bool is_signed = false;
        Interval interval;
    };

    bool is_table(Wire wire) const { return circuit_[wire].kind == Table && !circuit_.interval(wire).is_constant(); }

    void group_tables(const std::vector<bool>& is_live) {
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            if (is_live[wire.index] && is_table(wire)) {
                tables_of_[circuit_.operands(wire)[0].index].push_back(wire);
            }
        }
    }

    /// Makes all tables of an address together, once: words, and where only sums read a table, the terms that add up to it.
    void make_tables(Wire address) {
        const std::vector<Wire> tables = std::exchange(tables_of_[address.index], {});
        std::vector<TableWord> parts;
        for (const Wire wire : tables) {
            if (num_sums_[wire.index] == 0) {
                parts.push_back(table_word(address, {0, reachable_table(wire)}, circuit_.type(wire).width));
                continue;
            }
            for (const TablePart& part : splits_.parts_of(reachable_table(wire), num_sums_[wire.index])) {
                const auto [low, high] = std::ranges::minmax(part.table.entries);
                const FixedPointType type = smallest_type(low, high, 0);
                terms_[wire.index].push_back({{}, type.is_signed, {low, high}});
                parts.push_back(table_word(address, part, type.width));
            }
        }
        std::vector<BitWord> words = table_bits_.words(parts);
        auto next = words.begin();
        for (const Wire wire : tables) {
            if (num_sums_[wire.index] == 0) {
                words_[wire.index] = std::move(*next++);
                continue;
            }
            for (Term& term : terms_[wire.index]) {
                term.word = std::move(*next++);
            }
        }
    }

    /// The entries of addresses that occur, wrapped to the type.
    LookupTable reachable_table(Wire wire) const {
        const Interval& domain = circuit_.interval(circuit_.operands(wire)[0]);
        const LookupTable& table = circuit_.table(wire);
        const FixedPointType& type = circuit_.type(wire);
        const auto begin = table.entries.begin() + (domain.low - table.first).to_int64();
        LookupTable reachable{.first = domain.low, .entries = {begin, begin + (domain.high - domain.low).to_int64() + 1}};
        for (Integer& entry : reachable.entries) {
            entry = type.is_signed ? entry.low_bits_signed(type.width) : entry.low_bits(type.width);
        }
        return reachable;
    }

    TableWord table_word(Wire address, const TablePart& part, int width) const {
        const Interval domain{part.table.first, part.table.first + Integer(static_cast<std::int64_t>(part.table.entries.size()) - 1)};
        const auto begin = words_[address.index].begin() + part.shift;
        return {{begin, begin + address_bits(domain)}, table_functions(part.table, domain, width)};
    }

    const Circuit& circuit_;
    const MapOptions& options_;
    BitNetwork network_;
    TableSplits& splits_;
    RowPlans& row_plans_;
    TableBits table_bits_;
    std::vector<BitWord> words_;
    std::vector<int> num_sums_;
    std::unordered_map<std::uint32_t, std::vector<Wire>> tables_of_;  ///< per address: the tables that are not made yet
    std::unordered_map<std::uint32_t, std::vector<Term>> terms_;      ///< of tables that only sums read; those have no word
    const FastSums* fast_;
    std::optional<BitTimes> times_;
};

}  // namespace

MapOptions options_for(CellStyle style, int effort) {
    MapOptions options;
    switch (style) {
        case CellStyle::Lut6:
            options.luts = {.lut_inputs = 6, .mux_levels = 2};
            options.splits.luts_per_row_bit = 0.55;
            options.has_ternary_rows = true;
            break;
        case CellStyle::Lut4:
            options.luts = {.lut_inputs = 4, .mux_levels = 3};
            options.splits.luts_per_row_bit = 1.5;
            options.has_ternary_rows = false;
            break;
    }
    if (effort <= least_effort) {
        options.luts.searched_inputs = 0;
        options.luts.finds_common = false;
        options.finds_divisors = false;
        options.splits.num_tried = 0;
        options.exact_words = 4;
    } else if (effort >= greatest_effort) {
        options.luts.searched_inputs = 10;
        options.luts.estimates_all = true;
        options.splits.num_tried = 24;
        options.exact_words = 12;
    }
    return options;
}

BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options, MapMemory& memory, const FastSums* fast) {
    return CircuitMapping(circuit, options, memory, fast).run();
}

BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options) {
    MapMemory memory(options);
    return map_circuit(circuit, options, memory);
}

}  // namespace lutra
