#pragma once

/// For tests only: circuits that hold every kind of primitive at the corners of its rules, and random events for any circuit.

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Appends every kind of primitive to a circuit, operand types and result widths varied; everything is an output.
class EveryPrimitive {
public:
    /// The circuit over inputs of the given types.
    static Circuit make(const std::vector<FixedPointType>& types) {
        EveryPrimitive every;
        for (std::size_t i = 0; i < types.size(); ++i) {
            every.circuit_.set_origin("layer " + std::to_string(i));
            every.append_all(types[i]);
        }
        every.circuit_.add_input({"module", {static_cast<std::int64_t>(every.inputs_.size())}, every.inputs_});
        // Many narrow ports: simulators that follow events copy a whole port for each element that changes.
        constexpr std::size_t per_port = 16;
        for (std::size_t i = 0; i < every.outputs_.size(); i += per_port) {
            const std::span part = std::span(every.outputs_).subspan(i, std::min(per_port, every.outputs_.size() - i));
            every.circuit_.add_output({"every result", {static_cast<std::int64_t>(part.size())}, {part.begin(), part.end()}});
        }
        return std::move(every.circuit_);
    }

    /// Types at the corners: no bits, one bit, a word's width and beyond.
    static std::vector<FixedPointType> corner_types() {
        return {{true, 0, 0}, {false, 1, 0}, {true, 1, 0},   {false, 3, 0}, {true, 4, 0},
                {true, 8, 0}, {true, 33, 0}, {false, 64, 0}, {true, 65, 0}, {false, 100, 0}};
    }

private:
    using Kind = PrimitiveKind;

    Wire append(Kind kind, const FixedPointType& type, std::vector<Wire> operands, std::vector<Integer> integers = {}, std::uint32_t amount = 0) {
        const Wire wire = circuit_.append({.kind = kind, .type = type, .operands = operands, .integers = integers, .amount = amount});
        outputs_.push_back(wire);
        return wire;
    }

    Wire input(const FixedPointType& type) {
        const Wire wire = circuit_.append({.kind = Kind::Input, .type = type});
        inputs_.push_back(wire);
        return wire;
    }

    void append_all(const FixedPointType& type) {
        const Wire x = input(type);
        const Wire y = input(type);
        const Wire selector = input(boolean_type);
        const Wire constant = append(Kind::Constant, type, {}, {type.max_raw()});
        const Wire lowest = append(Kind::Constant, type, {}, {type.min_raw()});
        for (const auto& [a, b] : {std::pair(x, y), std::pair(x, constant), std::pair(lowest, x), std::pair(constant, x)}) {
            for (const Kind kind : {Kind::Add, Kind::Subtract, Kind::And, Kind::Or, Kind::Xor, Kind::Min, Kind::Max}) {
                append(kind, type, {a, b});
            }
            append(Kind::Equal, boolean_type, {a, b});
            append(Kind::Less, boolean_type, {a, b});
            append(Kind::Mux, type, {selector, a, b});
            append(Kind::Concat, {true, 2 * type.width, 0}, {a, b});
            append(Kind::Concat, {false, type.width + 1, 0}, {a, selector});
        }
        append(Kind::Negate, type, {x});
        append(Kind::Not, type, {x});
        append_widths(type, x, y, constant);
        append_tables(type, x);
    }

    void append_widths(const FixedPointType& type, Wire x, Wire y, Wire constant) {
        for (const int width : {0, 1, 3, type.width, type.width + 5, 2 * type.width, 70}) {
            for (const bool is_signed : {false, true}) {
                append(Kind::Wrap, {is_signed, width, 0}, {x});
                append(Kind::Wrap, {is_signed, width, 0}, {constant});
                append(Kind::Multiply, {is_signed, width, 0}, {x, y});
                for (const int amount : {0, 1, type.width, type.width + 2}) {
                    append(Kind::ShiftLeft, {is_signed, width, amount}, {x}, {}, static_cast<std::uint32_t>(amount));
                    append(Kind::ShiftRight, {is_signed, width, -amount}, {x}, {}, static_cast<std::uint32_t>(amount));
                }
                append(Kind::Sum, {is_signed, width, 0}, {x, y, x}, {-3, 4, 1, 17});
                append(Kind::Sum, {is_signed, width, 0}, {x, constant, y}, {-1, 5, -64, 0});
                append(Kind::Sum, {is_signed, width, 0}, {x, y}, {Integer::power_of_two(80), 0, -9});
                append(Kind::Sum, {is_signed, width, 0}, {}, {3});
            }
        }
        const Wire moved = append(Kind::MovePoint, {type.is_signed, type.width, 5}, {x});
        append(Kind::Wrap, {true, type.width + 1, 5}, {moved});
    }

    void append_tables(const FixedPointType& type, Wire x) {
        if (type.width > 8) {
            return;
        }
        LookupTable table{.first = type.min_raw() - Integer(1), .entries = {}};
        for (Integer raw = table.first; raw <= type.max_raw(); raw += 1) {
            table.entries.push_back(raw * raw * Integer(3) - Integer(50));
        }
        const std::uint32_t number = circuit_.add_table(table);
        append(Kind::Table, {true, 5, 2}, {x}, {}, number);
        append(Kind::Table, {false, 90, 2}, {x}, {}, number);
        append(Kind::Table, {true, 0, 2}, {x}, {}, number);
    }

    Circuit circuit_;
    std::vector<Wire> inputs_;
    std::vector<Wire> outputs_;
};

/// Raw values for all inputs of a circuit, within their intervals; bounds and values near them come often.
inline std::vector<Integer> random_event(const Circuit& circuit, std::mt19937_64& random) {
    std::vector<Integer> event;
    for (const Wire wire : flat_wires(circuit.inputs())) {
        const Interval& interval = circuit.interval(wire);
        const Integer span = interval.high - interval.low;
        Integer offset = 0;
        for (int low = 0; low <= span.bit_length(); low += 32) {
            offset += Integer(static_cast<std::int64_t>(random() >> 32)) << low;
        }
        const auto choice = random() % 8;
        offset = choice == 0 ? Integer(0) : (choice == 1 ? span : offset - floor_divide(offset, span + Integer(1)) * (span + Integer(1)));
        event.push_back(interval.low + offset);
    }
    return event;
}

}  // namespace lutra
