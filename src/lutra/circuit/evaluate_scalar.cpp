#include "lutra/circuit/evaluate_scalar.h"

#include <algorithm>
#include <iterator>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

Integer wrap(const Integer& raw, const FixedPointType& type) { return type.is_signed ? raw.low_bits_signed(type.width) : raw.low_bits(type.width); }

}  // namespace

Integer evaluate_primitive(const Circuit& circuit, Wire wire, std::span<const Integer> operands) {
    using enum PrimitiveKind;
    const Primitive& p = circuit[wire];
    const auto x = [&](std::size_t i) -> const Integer& { return operands[i]; };
    const int amount = static_cast<int>(p.amount);
    switch (p.kind) {
        case Input: LUTRA_UNREACHABLE("inputs have values");
        case Constant: return circuit.constant(wire);
        case Wrap: return wrap(x(0), p.type);
        case MovePoint:
        case Register: return x(0);
        case ShiftLeft: return wrap(x(0) << amount, p.type);
        case ShiftRight: return wrap(x(0) >> amount, p.type);
        case Add: return wrap(x(0) + x(1), p.type);
        case Subtract: return wrap(x(0) - x(1), p.type);
        case Negate: return wrap(-x(0), p.type);
        case Multiply: return wrap(x(0) * x(1), p.type);
        case Sum: {
            Integer total = circuit.constant(wire);
            for (std::size_t i = 0; i < operands.size(); ++i) {
                total += circuit.coefficients(wire)[i] * x(i);
            }
            return wrap(total, p.type);
        }
        case Not: return wrap(~x(0), p.type);
        case And: return wrap(x(0) & x(1), p.type);
        case Or: return wrap(x(0) | x(1), p.type);
        case Xor: return wrap(x(0) ^ x(1), p.type);
        case Equal: return x(0) == x(1) ? 1 : 0;
        case Less: return x(0) < x(1) ? 1 : 0;
        case Mux: return x(0).is_zero() ? x(2) : x(1);
        case Min: return std::min(x(0), x(1));
        case Max: return std::max(x(0), x(1));
        case Concat: {
            const int low_width = circuit.type(circuit.operands(wire)[1]).width;
            return wrap((x(0) << low_width) + x(1).low_bits(low_width), p.type);
        }
        case Table: {
            const LookupTable& table = circuit.table(wire);
            return wrap(table.entries.at(static_cast<std::size_t>((x(0) - table.first).to_int64())), p.type);
        }
    }
    LUTRA_UNREACHABLE("primitive kind");
}

std::vector<Integer> evaluate_wires(const Circuit& circuit, std::span<const Integer> inputs) {
    std::vector<Integer> values(circuit.size());
    const auto input_wires = flat_wires(circuit.inputs());
    LUTRA_ASSERT(inputs.size() == input_wires.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        LUTRA_ASSERT(circuit.interval(input_wires[i]).contains(inputs[i]));
        values[input_wires[i].index] = inputs[i];
    }
    std::vector<Integer> operands;
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        if (circuit[Wire{i}].kind != PrimitiveKind::Input) {
            operands.clear();
            std::ranges::transform(circuit.operands(Wire{i}), std::back_inserter(operands), [&](Wire operand) { return values[operand.index]; });
            values[i] = evaluate_primitive(circuit, Wire{i}, operands);
        }
    }
    return values;
}

std::vector<Integer> evaluate_scalar(const Circuit& circuit, std::span<const Integer> inputs) {
    const auto values = evaluate_wires(circuit, inputs);
    std::vector<Integer> outputs;
    for (const Wire wire : flat_wires(circuit.outputs())) {
        outputs.push_back(values[wire.index]);
    }
    return outputs;
}

}  // namespace lutra
