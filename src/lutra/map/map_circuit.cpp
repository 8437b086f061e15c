#include "lutra/map/map_circuit.h"

#include <array>
#include <memory>
#include <unordered_map>

#include "lutra/base/assert.h"
#include "lutra/map/bit_heap.h"
#include "lutra/map/bit_logic.h"
#include "lutra/map/table_bits.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

class CircuitMapping {
public:
    CircuitMapping(const Circuit& circuit, const MapOptions& options) 
        : circuit_(circuit), options_(options), table_bits_(network_, {.lut_inputs = options.lut_inputs, .mux_levels = options.mux_levels}), words_(circuit.size()) {}

    BitNetwork run() {
        for (const Wire wire : flat_wires(circuit_.inputs())) {
            BitWord& word = words_[wire.index];
            for (int i = 0; i < circuit_.type(wire).width; ++i) {
                word.push_back(network_.input());
            }
        }
        const std::vector<bool> is_live = live_wires(circuit_);
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            if (is_live[wire.index] && circuit_[wire].kind != Input) {
                network_.set_origin(circuit_.origin(wire));
                words_[wire.index] = map(wire);
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
            case Concat: {
                BitWord word = operand(wire, 1);
                word.insert(word.end(), operand(wire, 0).begin(), operand(wire, 0).end());
                return word;
            }
            case Table: return table(wire);
        }
        LUTRA_UNREACHABLE("primitive kind");
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
            const Wire term = circuit_.operands(wire)[i];
            heap.add(words_[term.index], circuit_.type(term).is_signed, circuit_.interval(term), coefficients[i]);
        }
        return std::move(heap).sum(options_.has_ternary_rows, options_.exact_words);
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
        return std::move(heap).sum(options_.has_ternary_rows, options_.exact_words);
    }

    /// One function per bit of the result over the operand's bits that can change.
    BitWord table(Wire wire) {
        const Wire address = circuit_.operands(wire)[0];
        const Interval& domain = circuit_.interval(address);
        const LookupTable& table = circuit_.table(wire);
        const int magnitude = std::max(domain.low.bit_length(), domain.high.bit_length());
        const int address_width = std::min(circuit_.type(address).width, magnitude + (domain.low.sign() < 0 ? 1 : 0));
        const BitWord& word = words_[address.index];
        BitWord result;
        for (int i = 0; i < circuit_.type(wire).width; ++i) {
            std::vector<bool> entries(std::size_t{1} << address_width);
            for (std::size_t a = 0; a < entries.size(); ++a) {
                const Integer raw(static_cast<std::int64_t>(a));
                const Integer value = domain.low.sign() < 0 ? raw.low_bits_signed(address_width) : raw;
                // An address that never occurs says what its nearest neighbour says.
                const Integer near = std::clamp(value, domain.low, domain.high);
                entries[a] = table.entries[static_cast<std::size_t>((near - table.first).to_int64())].bit(i);
            }
            result.push_back(table_bits_.bit({word.begin(), word.begin() + address_width}, std::move(entries)));
        }
        return result;
    }

    const Circuit& circuit_;
    const MapOptions& options_;
    BitNetwork network_;
    TableBits table_bits_;
    std::vector<BitWord> words_;
};

}  // namespace

MapOptions options_for(CellStyle style) {
    switch (style) {
        case CellStyle::Lut6: return {.lut_inputs = 6, .has_ternary_rows = true, .mux_levels = 2};
        case CellStyle::Lut4: return {.lut_inputs = 4, .has_ternary_rows = false, .mux_levels = 4};
    }
    LUTRA_UNREACHABLE("cell style");
}

BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options) { return CircuitMapping(circuit, options).run(); }

}  // namespace lutra
