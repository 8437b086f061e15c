#include "lutra/prove/spec_network.h"

#include <algorithm>
#include <unordered_map>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// Bits that hold every value of the interval, the sign among them.
int bits_needed(const Interval& interval) {
    const int magnitude = std::max(interval.low.bit_length(), interval.high.bit_length());
    return magnitude + (interval.low.sign() < 0 ? 1 : 0);
}

}  // namespace

std::vector<bool> needed_wires(const Circuit& circuit) {
    std::vector<bool> is_live(circuit.size(), false);
    for (const Wire wire : flat_wires(circuit.outputs())) {
        is_live[wire.index] = true;
    }
    for (std::uint32_t i = circuit.size(); i-- > 0;) {
        for (const Wire operand : circuit.operands(Wire{i})) {
            is_live[operand.index] = is_live[operand.index] || is_live[i];
        }
    }
    return is_live;
}

class SpecNetwork::Builder {
public:
    explicit Builder(const Circuit& circuit) : circuit_(circuit) { result_.words_.resize(circuit.size()); }

    SpecNetwork run() {
        const std::vector<bool> is_live = needed_wires(circuit_);
        for (const Wire wire : flat_wires(circuit_.inputs())) {
            add_input(wire);
        }
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            if (is_live[wire.index] && circuit_[wire].kind != Input) {
                wire_ = wire;
                word_of(wire) = within_interval(circuit_.interval(wire).is_constant() ? BitWord{} : make(wire), wire);
            }
        }
        for (const Wire wire : flat_wires(circuit_.outputs())) {
            for (const Bit bit : word_of(wire)) {
                result_.outputs_.push_back(bit);
                result_.output_wires_.push_back(wire);
            }
        }
        return std::move(result_);
    }

private:
    BitWord& word_of(Wire wire) { return result_.words_[wire.index]; }
    const BitWord& operand(Wire wire, std::size_t i) { return word_of(circuit_.operands(wire)[i]); }
    bool is_signed_operand(Wire wire, std::size_t i) const { return circuit_.type(circuit_.operands(wire)[i]).is_signed; }

    std::uint32_t add(SpecNode node) {
        node.wire = wire_;
        result_.nodes_.push_back(node);
        return static_cast<std::uint32_t>(result_.nodes_.size() - 1);
    }

    void add_input(Wire wire) {
        wire_ = wire;
        BitWord word;
        for (int i = 0; i < circuit_.type(wire).width; ++i) {
            word.push_back(
                Bit::of(add({.kind = SpecNode::Kind::Input, .place = static_cast<std::uint32_t>(result_.inputs_.size() + static_cast<std::size_t>(i))})));
        }
        word_of(wire) = within_interval(std::move(word), wire);
        result_.inputs_.insert(result_.inputs_.end(), word_of(wire).begin(), word_of(wire).end());
    }

    /// The same word where the proved interval says that bits are constant or repeat the sign.
    BitWord within_interval(BitWord word, Wire wire) const {
        const Interval& interval = circuit_.interval(wire);
        const auto width = static_cast<std::size_t>(circuit_.type(wire).width);
        word.resize(width);
        if (interval.is_constant()) {
            for (std::size_t i = 0; i < width; ++i) {
                word[i] = Bit::constant(interval.low.bit(static_cast<int>(i)));
            }
            return word;
        }
        const auto needed = static_cast<std::size_t>(bits_needed(interval));
        for (std::size_t i = needed; i < width; ++i) {
            word[i] = interval.low.sign() < 0 ? word[needed - 1] : Bit::constant(false);
        }
        return word;
    }

    Bit choice(Bit selector, Bit if_one, Bit if_zero) {
        if (selector.is_constant() || if_one == if_zero) {
            return selector.is_zero() ? if_zero : if_one;
        }
        if (selector.is_inverted()) {
            return choice(~selector, if_zero, if_one);
        }
        if_one = if_one.node() == selector.node() ? Bit::constant(!if_one.is_inverted()) : if_one;
        if_zero = if_zero.node() == selector.node() ? Bit::constant(if_zero.is_inverted()) : if_zero;
        if (if_one == if_zero || (if_one.is_constant() && if_zero.is_constant())) {
            return if_one == if_zero ? if_one : selector.inverted_if(if_one.is_zero());
        }
        if (if_zero.is_inverted() || if_zero.is_one()) {
            return ~choice(selector, ~if_one, ~if_zero);
        }
        const std::uint64_t left = (std::uint64_t{selector.code()} << 32 | if_one.code()) * 0x9E3779B97F4A7C15U;
        const std::uint64_t key = (left ^ if_zero.code()) * 0xC2B2AE3D27D4EB4FU;
        const auto [begin, end] = known_.equal_range(key);
        for (auto known = begin; known != end; ++known) {
            const SpecNode& node = result_.nodes_[known->second];
            if (node.selector == selector && node.if_one == if_one && node.if_zero == if_zero) {
                return Bit::of(known->second);
            }
        }
        const std::uint32_t added = add({.kind = SpecNode::Kind::Choice, .selector = selector, .if_one = if_one, .if_zero = if_zero});
        known_.emplace(key, added);
        return Bit::of(added);
    }

    Bit both(Bit a, Bit b) { return a < b ? choice(a, b, Bit::constant(false)) : choice(b, a, Bit::constant(false)); }
    Bit differ(Bit a, Bit b) { return a < b ? choice(a, ~b, b) : choice(b, ~a, a); }

    BitWord chosen(Bit selector, const BitWord& if_one, const BitWord& if_zero) {
        BitWord word;
        for (std::size_t i = 0; i < if_one.size(); ++i) {
            word.push_back(choice(selector, if_one[i], if_zero[i]));
        }
        return word;
    }

    Bit less(const BitWord& a, const BitWord& b, bool is_signed) {
        Bit result = Bit::constant(false);
        for (std::size_t i = 0; i < a.size(); ++i) {
            const bool is_sign = is_signed && i + 1 == a.size();
            result = choice(differ(a[i], b[i]), is_sign ? a[i] : b[i], result);
        }
        return result;
    }

    BitWord make(Wire wire) {
        const Primitive& p = circuit_[wire];
        const auto zipped = [&](auto f) {
            BitWord word;
            for (std::size_t i = 0; i < operand(wire, 0).size(); ++i) {
                word.push_back(f(operand(wire, 0)[i], operand(wire, 1)[i]));
            }
            return word;
        };
        const auto minimum = [&](bool takes_first) {
            const Bit first_is_less = less(operand(wire, 0), operand(wire, 1), p.type.is_signed);
            return chosen(first_is_less.inverted_if(!takes_first), operand(wire, 0), operand(wire, 1));
        };
        switch (p.kind) {
            case Input:
            case Constant: LUTRA_UNREACHABLE("has its word");
            case Register:
            case MovePoint: return operand(wire, 0);
            case Wrap: return moved(wire, 0);
            case ShiftLeft: return moved(wire, -static_cast<int>(std::min<std::uint32_t>(p.amount, max_width)));
            case ShiftRight: return moved(wire, static_cast<int>(std::min<std::uint32_t>(p.amount, 2 * max_width)));
            case Add: return linear(wire, {1, 1}, 0);
            case Subtract: return linear(wire, {1, -1}, 0);
            case Negate: return linear(wire, {-1}, 0);
            case Sum: return linear(wire, {circuit_.coefficients(wire).begin(), circuit_.coefficients(wire).end()}, circuit_.constant(wire));
            case Multiply: return product(wire);
            case Not: {
                BitWord word = operand(wire, 0);
                std::ranges::transform(word, word.begin(), [](Bit bit) { return ~bit; });
                return word;
            }
            case And: return zipped([&](Bit a, Bit b) { return both(a, b); });
            case Or: return zipped([&](Bit a, Bit b) { return ~both(~a, ~b); });
            case Xor: return zipped([&](Bit a, Bit b) { return differ(a, b); });
            case Equal: {
                Bit result = Bit::constant(true);
                for (std::size_t i = 0; i < operand(wire, 0).size(); ++i) {
                    result = both(result, ~differ(operand(wire, 0)[i], operand(wire, 1)[i]));
                }
                return {result};
            }
            case Less: return {less(operand(wire, 0), operand(wire, 1), is_signed_operand(wire, 0))};
            case Mux: return chosen(operand(wire, 0)[0], operand(wire, 1), operand(wire, 2));
            case Min: return minimum(true);
            case Max: return minimum(false);
            case Concat: {
                BitWord word = operand(wire, 1);
                word.insert(word.end(), operand(wire, 0).begin(), operand(wire, 0).end());
                return word;
            }
            case Table: return table(wire);
        }
        LUTRA_UNREACHABLE("primitive kind");
    }

    /// Bits [first, first + width) of the operand, which goes on for ever with its sign and has zeros below.
    BitWord moved(Wire wire, int first) {
        const BitWord& word = operand(wire, 0);
        const Bit top = is_signed_operand(wire, 0) && !word.empty() ? word.back() : Bit::constant(false);
        BitWord result;
        for (int i = 0; i < circuit_.type(wire).width; ++i) {
            const int place = first + i;
            const bool is_inside = place >= 0 && place < static_cast<int>(word.size());
            result.push_back(place < 0 ? Bit::constant(false) : is_inside ? word[static_cast<std::size_t>(place)] : top);
        }
        return result;
    }

    /// Adds coefficient * word to a sum.
    static void add_word(SpecSum& sum, const SpecOperand& operand, const Integer& coefficient) {
        for (std::size_t i = 0; i < operand.bits.size(); ++i) {
            const Bit bit = operand.bits[i];
            const bool is_sign = operand.is_signed && i + 1 == operand.bits.size();
            const Integer weight = (is_sign ? -coefficient : coefficient) << static_cast<int>(i);
            sum.constant += bit.is_inverted() ? weight : Integer(0);
            if (!bit.is_constant()) {
                sum.terms[bit.node()] += bit.is_inverted() ? -weight : weight;
            }
        }
    }

    BitWord linear(Wire wire, const std::vector<Integer>& coefficients, const Integer& constant) {
        SpecSum sum{.wire = wire, .constant = constant, .width = circuit_.type(wire).width};
        for (std::size_t i = 0; i < coefficients.size(); ++i) {
            const Wire term = circuit_.operands(wire)[i];
            SpecOperand operand{word_of(term), circuit_.type(term).is_signed, circuit_.interval(term)};
            add_word(sum, operand, coefficients[i]);
            sum.operands.push_back(std::move(operand));
        }
        return finish(std::move(sum));
    }

    BitWord product(Wire wire) {
        SpecSum sum{.wire = wire, .width = circuit_.type(wire).width};
        const Wire first = circuit_.operands(wire)[0];
        const BitWord a = operand(wire, 0);
        const BitWord b = operand(wire, 1);
        for (std::size_t i = 0; i < b.size(); ++i) {
            SpecOperand gated{{}, circuit_.type(first).is_signed, hull(circuit_.interval(first), {0, 0})};
            std::ranges::transform(a, std::back_inserter(gated.bits), [&](Bit bit) { return both(bit, b[i]); });
            const Integer weight = Integer::power_of_two(static_cast<int>(i));
            const bool is_sign = is_signed_operand(wire, 1) && i + 1 == b.size();
            add_word(sum, gated, is_sign ? -weight : weight);
            sum.operands.push_back(std::move(gated));
        }
        return finish(std::move(sum));
    }

    /// Finds the low bits in which no two bits meet, and makes nodes for the others.
    BitWord finish(SpecSum sum) {
        std::erase_if(sum.terms, [&](const auto& term) { return term.second.is_multiple_of_power_of_two(sum.width); });
        BitWord word;
        sum.high_terms = sum.terms;
        sum.high_constant = sum.constant;
        while (sum.low < sum.width) {
            std::erase_if(sum.high_terms, [&](const auto& term) { return term.second.is_multiple_of_power_of_two(sum.width - sum.low); });
            const auto is_odd = [](const auto& term) { return term.second.is_odd(); };
            const auto odd = std::ranges::find_if(sum.high_terms, is_odd);
            if (odd != sum.high_terms.end() && std::ranges::any_of(std::next(odd), sum.high_terms.end(), is_odd)) {
                break;
            }
            const bool is_inverted = sum.high_constant.is_odd();
            sum.high_constant -= Integer(is_inverted ? 1 : 0);
            word.push_back(odd == sum.high_terms.end() ? Bit::constant(is_inverted) : Bit::of(odd->first, is_inverted));
            if (odd != sum.high_terms.end()) {
                odd->second -= is_inverted ? Integer(-1) : Integer(1);
            }
            sum.high_constant = sum.high_constant >> 1;
            for (auto& [node, coefficient] : sum.high_terms) {
                coefficient = coefficient >> 1;
            }
            ++sum.low;
        }
        sum.num_bits = std::max(0, std::min(sum.width, bits_needed(circuit_.interval(sum.wire))) - sum.low);
        if (sum.num_bits == 0) {
            return word;
        }
        const Interval& interval = circuit_.interval(sum.wire);
        sum.has_sign = interval.low.sign() < 0;
        sum.is_exact = circuit_[sum.wire].kind != Multiply && range_of(circuit_.type(sum.wire)).contains(exact_range(sum.wire));
        sum.first_node = static_cast<std::uint32_t>(result_.nodes_.size());
        for (int i = 0; i < sum.num_bits; ++i) {
            word.push_back(Bit::of(
                add({.kind = SpecNode::Kind::SumBit, .sum = static_cast<std::uint32_t>(result_.sums_.size()), .place = static_cast<std::uint32_t>(i)})));
        }
        result_.sums_.push_back(std::move(sum));
        return word;
    }

    /// Of a sum or difference before it is wrapped.
    Interval exact_range(Wire wire) const {
        const PrimitiveKind kind = circuit_[wire].kind;
        Interval range = kind == Sum ? Interval{circuit_.constant(wire), circuit_.constant(wire)} : Interval{0, 0};
        for (std::size_t i = 0; i < circuit_.operands(wire).size(); ++i) {
            const bool is_negative = kind == Negate || (kind == Subtract && i == 1);
            range = range + circuit_.interval(circuit_.operands(wire)[i]) * (kind == Sum ? circuit_.coefficients(wire)[i] : Integer(is_negative ? -1 : 1));
        }
        return range;
    }

    BitWord table(Wire wire) {
        const Wire address = circuit_.operands(wire)[0];
        const Interval& domain = circuit_.interval(address);
        const int width = std::min(circuit_.type(address).width, bits_needed(domain));
        std::vector<Integer> entries;
        for (std::int64_t a = 0; a < std::int64_t{1} << width; ++a) {
            const Integer value = domain.low.sign() < 0 ? Integer(a).low_bits_signed(width) : Integer(a);
            const Integer inside = std::clamp(value, domain.low, domain.high);
            entries.push_back(circuit_.table(wire).entries[static_cast<std::size_t>((inside - circuit_.table(wire).first).to_int64())]);
        }
        const BitWord inputs = word_of(address);
        BitWord result;
        for (int i = 0; i < circuit_.type(wire).width; ++i) {
            BitWord values;
            std::ranges::transform(entries, std::back_inserter(values), [&](const Integer& entry) { return Bit::constant(entry.bit(i)); });
            for (std::size_t place = 0; values.size() > 1; ++place) {
                for (std::size_t a = 0; a < values.size() / 2; ++a) {
                    values[a] = choice(inputs[place], values[2 * a + 1], values[2 * a]);
                }
                values.resize(values.size() / 2);
            }
            result.push_back(values[0]);
        }
        return result;
    }

    const Circuit& circuit_;
    SpecNetwork result_;
    Wire wire_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> known_;
};

SpecNetwork SpecNetwork::of(const Circuit& circuit) { return Builder(circuit).run(); }

}  // namespace lutra
