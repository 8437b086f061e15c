#include "lutra/circuit/random_circuit.h"

#include <algorithm>
#include <array>
#include <random>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// Whole numbers from a generator whose sequence the standard fixes, unlike its distributions.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : generator_(seed) {}

    /// 0 to count - 1.
    int below(int count) { return static_cast<int>(generator_() % static_cast<std::uint64_t>(count)); }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool one_in(int count) { return below(count) == 0; }
    template <typename Container>
    const auto& pick(const Container& items) {
        return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
    }

    Integer bits(int width) {
        Integer value = 0;
        for (int i = 0; i < width; i += 32) {
            value = (value << 32) + Integer(static_cast<std::int64_t>(generator_() >> 32));
        }
        return value.low_bits(width);
    }

    /// Often a bound, a number next to one, or zero.
    Integer in(const Interval& interval) {
        const Integer span = interval.high - interval.low;
        Integer offset = bits(span.bit_length());
        if (one_in(4)) {
            offset = Integer(below(2));
        }
        if (one_in(8) && interval.contains(Integer(0))) {
            return 0;
        }
        offset = std::min(offset, span);
        return one_in(2) ? interval.low + offset : interval.high - offset;
    }

private:
    std::mt19937_64 generator_;
};

class RandomCircuit {
public:
    explicit RandomCircuit(const RandomCircuitOptions& options) : options_(options), dice_(options.seed) { LUTRA_ASSERT(options.max_width >= 8); }

    Circuit make() {
        for (int i = dice_.between(2, 6); i > 0; --i) {
            append_input();
        }
        for (int i = 0; i < options_.num_primitives; ++i) {
            if (dice_.one_in(10)) {
                circuit_.set_origin(dice_.one_in(2) ? "layer " + std::to_string(dice_.below(4)) : "");
            }
            append_any();
        }
        add_ports();
        return std::move(circuit_);
    }

private:
    int any_width() {
        const std::array limits = {8, 8, 16, 34, 66, options_.max_width};
        const int limit = std::min(dice_.pick(limits), options_.max_width);
        const std::array borders = {1, 16, 31, 32, 33, 63, 64, 65};
        const int width = dice_.one_in(4) ? dice_.pick(borders) : dice_.between(0, limit);
        return std::clamp(width, options_.has_zero_widths ? 0 : 1, options_.max_width);
    }

    FixedPointType any_type() {
        const int width = any_width();
        return {dice_.one_in(2), width, dice_.one_in(4) ? dice_.between(-20, 40) : dice_.between(0, width)};
    }

    /// A type with this fraction that holds the interval, if one within the limits does, or any other.
    FixedPointType result_type(const Interval& exact, int fraction) {
        FixedPointType type = smallest_type(exact.low, exact.high, fraction);
        type.width += dice_.one_in(4) ? dice_.between(0, 3) : 0;
        type.width = std::max(type.width, options_.has_zero_widths ? 0 : 1);
        if (dice_.one_in(3) || type.width > options_.max_width) {
            type = {dice_.one_in(2), any_width(), fraction};
        }
        return type;
    }

    /// Recent wires are likelier, so that circuits grow deep.
    Wire any_wire() {
        const int size = static_cast<int>(circuit_.size());
        return {static_cast<std::uint32_t>(dice_.one_in(2) ? dice_.below(size) : size - 1 - dice_.below(std::min(size, 8)))};
    }

    Wire append(PrimitiveKind kind, const FixedPointType& type, std::span<const Wire> operands, int amount = 0) {
        return circuit_.append({.kind = kind, .type = type, .operands = operands, .amount = static_cast<std::uint32_t>(amount)});
    }
    Wire append(PrimitiveKind kind, const FixedPointType& type, Wire a, int amount = 0) {
        const std::array operands = {a};
        return append(kind, type, operands, amount);
    }

    /// A wire of this type made from any other.
    Wire as_type(Wire wire, const FixedPointType& type) {
        FixedPointType moved = circuit_.type(wire);
        if (moved.fraction != type.fraction) {
            moved.fraction = type.fraction;
            wire = append(MovePoint, moved, wire);
        }
        return moved == type ? wire : append(Wrap, type, wire);
    }

    void append_input() {
        const FixedPointType type = any_type();
        const Interval range = range_of(type);
        if (dice_.one_in(2)) {
            inputs_.push_back(circuit_.append({.kind = Input, .type = type}));
            return;
        }
        const Integer a = dice_.in(range);
        const Integer b = dice_.in(range);
        const std::array bounds = {std::min(a, b), std::max(a, b)};
        inputs_.push_back(circuit_.append({.kind = Input, .type = type, .integers = bounds}));
    }

    void append_any() {
        const auto kind = static_cast<PrimitiveKind>(dice_.below(num_primitive_kinds));
        const Wire a = any_wire();
        const FixedPointType type = circuit_.type(a);
        switch (kind) {
            case Input: append_input(); return;
            case Constant: append_constant(); return;
            case Wrap: append(Wrap, {dice_.one_in(2), any_width(), type.fraction}, a); return;
            case MovePoint: append(MovePoint, {type.is_signed, type.width, dice_.between(-20, 40)}, a); return;
            case ShiftLeft:
            case ShiftRight: append_shift(kind, a); return;
            case Add:
            case Subtract:
            case And:
            case Or:
            case Xor:
            case Min:
            case Max: append(kind, type, std::array{a, as_type(any_wire(), type)}); return;
            case Equal:
            case Less: append(kind, boolean_type, std::array{a, as_type(any_wire(), type)}); return;
            case Negate:
            case Not: append(kind, type, a); return;
            case Register:
                if (options_.has_registers) {
                    append(kind, type, a);
                }
                return;
            case Multiply: append_product(a); return;
            case Sum: append_sums(); return;
            case Mux: append(Mux, type, std::array{as_type(any_wire(), boolean_type), a, as_type(any_wire(), type)}); return;
            case Concat: append_concat(a); return;
            case Table: append_table(a); return;
        }
        LUTRA_UNREACHABLE("primitive kind");
    }

    void append_constant() {
        const FixedPointType type = any_type();
        const std::array value = {dice_.in(range_of(type))};
        circuit_.append({.kind = Constant, .type = type, .integers = value});
    }

    void append_shift(PrimitiveKind kind, Wire a) {
        const Interval& of = circuit_.interval(a);
        const int amount = dice_.one_in(10) ? dice_.between(0, 80) : dice_.between(0, 9);
        const Interval exact = kind == ShiftLeft ? Interval{of.low << amount, of.high << amount} : Interval{of.low >> amount, of.high >> amount};
        append(kind, result_type(exact, circuit_.type(a).fraction + (kind == ShiftLeft ? amount : -amount)), a, amount);
    }

    void append_product(Wire a) {
        FixedPointType type = circuit_.type(any_wire());
        type.is_signed = circuit_.type(a).is_signed;
        const Wire b = as_type(any_wire(), type);
        append(Multiply, result_type(circuit_.interval(a) * circuit_.interval(b), circuit_.type(a).fraction + type.fraction), std::array{a, b});
    }

    /// One sum, or several over the same operands, as a layer has them.
    void append_sums() {
        const bool is_layer = dice_.one_in(3);
        std::vector<Wire> operands;
        for (int i = is_layer ? dice_.between(3, 12) : dice_.between(0, 6); i > 0; --i) {
            const Wire wire = any_wire();
            operands.push_back(is_layer && dice_.one_in(2) ? as_type(wire, {dice_.one_in(2), std::min(dice_.between(1, 17), options_.max_width), 0}) : wire);
        }
        for (int i = is_layer ? dice_.between(3, 6) : 1; i > 0; --i) {
            append_sum(operands);
        }
    }

    void append_sum(std::span<const Wire> operands) {
        const std::array widths = {0, 1, 2, 5, 15, 16, 17, 40};
        std::vector<Wire> chosen;
        std::vector<Integer> integers;
        const int width = std::min(dice_.pick(widths), options_.max_width);
        for (const Wire operand : operands) {
            if (!dice_.one_in(4)) {
                chosen.push_back(operand);
                integers.push_back(dice_.one_in(3) ? Integer(dice_.between(-1, 1)) : dice_.in(range_of({true, width, 0})));
            }
        }
        integers.push_back(dice_.one_in(2) ? Integer(0) : dice_.in(range_of({true, width + 4, 0})));
        Interval exact{integers.back(), integers.back()};
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            exact = exact + circuit_.interval(chosen[i]) * integers[i];
        }
        circuit_.append({.kind = Sum, .type = result_type(exact, dice_.between(-20, 40)), .operands = chosen, .integers = integers});
    }

    void append_concat(Wire a) {
        const int room = options_.max_width - circuit_.type(a).width;
        if (room == 0) {
            return;
        }
        FixedPointType low = circuit_.type(any_wire());
        low.width = std::min(low.width, room);
        const Wire b = as_type(any_wire(), low);
        append(Concat, {dice_.one_in(2), circuit_.type(a).width + low.width, low.fraction}, std::array{a, b});
    }

    void append_table(Wire a) {
        if (circuit_.interval(a).high - circuit_.interval(a).low > Integer(100)) {
            a = append(Wrap, {dice_.one_in(2), dice_.between(1, 6), circuit_.type(a).fraction}, a);
        }
        const Interval domain = circuit_.interval(a);
        LookupTable table{.first = domain.low - Integer(dice_.one_in(3) ? dice_.below(4) : 0), .entries = {}};
        const FixedPointType type = any_type();
        const FixedPointType entry_type{dice_.one_in(2), std::min(type.width + dice_.below(3), max_width), 0};
        const Integer last = domain.high + Integer(dice_.one_in(3) ? dice_.below(4) : 0);
        for (Integer raw = table.first; raw <= last; raw += 1) {
            table.entries.push_back(dice_.in(range_of(entry_type)));
        }
        append(Table, type, a, static_cast<int>(circuit_.add_table(std::move(table))));
    }

    void add_ports() {
        const auto split = static_cast<std::ptrdiff_t>(inputs_.size() / 2);
        const auto port = [](std::string name, std::vector<Wire> wires, const Dyadic& scale) {
            return Port{std::move(name), {static_cast<std::int64_t>(wires.size())}, std::move(wires), scale};
        };
        circuit_.add_input(port("x", {inputs_.begin(), inputs_.begin() + split}, 1));
        circuit_.add_input(port("x2", {inputs_.begin() + split, inputs_.end()}, Dyadic(3, -2)));
        std::vector<Wire> outputs;
        for (int i = dice_.between(1, 12); i > 0; --i) {
            outputs.push_back(any_wire());
        }
        circuit_.add_output(port("y", outputs, 1));
        if (dice_.one_in(2)) {
            circuit_.add_output(port("y2", {any_wire(), any_wire()}, -5));
        }
    }

    RandomCircuitOptions options_;
    Dice dice_;
    Circuit circuit_;
    std::vector<Wire> inputs_;
};

}  // namespace

Circuit random_circuit(const RandomCircuitOptions& options) { return RandomCircuit(options).make(); }

std::vector<Integer> random_inputs(const Circuit& circuit, std::size_t num_events, std::uint64_t seed) {
    Dice dice(seed);
    const auto wires = flat_wires(circuit.inputs());
    std::vector<Integer> values;
    for (std::size_t event = 0; event < num_events; ++event) {
        for (const Wire wire : wires) {
            values.push_back(dice.in(circuit.interval(wire)));
        }
    }
    return values;
}

}  // namespace lutra
