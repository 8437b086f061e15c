#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

/// The table continued by its first and last entry until it covers a domain. A pass may lose part of what was proved of an operand; the new
/// entries stand for values that never occur.
LookupTable covering_table(const LookupTable& table, const Interval& domain) {
    LookupTable wider = table;
    const Integer last = table.first + Integer(static_cast<std::int64_t>(table.entries.size())) - Integer(1);
    if (domain.high > last) {
        wider.entries.resize(static_cast<std::size_t>((domain.high - table.first).to_int64()) + 1, table.entries.back());
    }
    if (domain.low < table.first) {
        wider.entries.insert(wider.entries.begin(), static_cast<std::size_t>((table.first - domain.low).to_int64()), Integer(table.entries.front()));
        wider.first = domain.low;
    }
    return wider;
}

}  // namespace

Wire append_copy(CircuitBuilder& builder, const Circuit& source, Wire wire, std::span<const Wire> operands) {
    const Primitive& primitive = source[wire];
    std::vector<Integer> integers;
    std::uint32_t amount = primitive.amount;
    switch (primitive.kind) {
        case PrimitiveKind::Input: integers = {primitive.interval.low, primitive.interval.high}; break;
        case PrimitiveKind::Constant: integers = {source.constant(wire)}; break;
        case PrimitiveKind::Sum:
            integers.assign(source.coefficients(wire).begin(), source.coefficients(wire).end());
            integers.push_back(source.constant(wire));
            break;
        case PrimitiveKind::Table: amount = builder.add_table(covering_table(source.table(wire), builder.interval(operands[0]))); break;
        case PrimitiveKind::Wrap:
        case PrimitiveKind::MovePoint:
        case PrimitiveKind::ShiftLeft:
        case PrimitiveKind::ShiftRight:
        case PrimitiveKind::Add:
        case PrimitiveKind::Subtract:
        case PrimitiveKind::Negate:
        case PrimitiveKind::Multiply:
        case PrimitiveKind::Not:
        case PrimitiveKind::And:
        case PrimitiveKind::Or:
        case PrimitiveKind::Xor:
        case PrimitiveKind::Equal:
        case PrimitiveKind::Less:
        case PrimitiveKind::Mux:
        case PrimitiveKind::Min:
        case PrimitiveKind::Max:
        case PrimitiveKind::Concat:
        case PrimitiveKind::Register: break;
    }
    return builder.append({.kind = primitive.kind, .type = primitive.type, .operands = operands, .integers = integers, .amount = amount});
}

void CircuitRewriter::copy(Wire wire) {
    std::vector<Wire> operands;
    for (const Wire operand : source_.operands(wire)) {
        operands.push_back(now(operand));
    }
    follow_origin(wire);
    replace(wire, append_copy(builder_, source_, wire, operands));
}

Circuit CircuitRewriter::finish() {
    const auto moved = [this](Port port) {
        for (Wire& wire : port.wires) {
            wire = now(wire);
        }
        return port;
    };
    for (const Port& port : source_.inputs()) {
        builder_.add_input(moved(port));
    }
    for (const Port& port : source_.outputs()) {
        builder_.add_output(moved(port));
    }
    return builder_.finish();
}

std::vector<bool> live_wires(const Circuit& circuit) {
    std::vector<bool> is_live(circuit.size(), false);
    for (const auto* ports : {&circuit.inputs(), &circuit.outputs()}) {
        for (const Wire wire : flat_wires(*ports)) {
            is_live[wire.index] = true;
        }
    }
    for (std::uint32_t i = circuit.size(); i-- > 0;) {
        for (const Wire operand : circuit.operands(Wire{i})) {
            is_live[operand.index] = is_live[operand.index] || is_live[i];
        }
    }
    return is_live;
}

std::vector<std::vector<Wire>> live_readers(const Circuit& circuit, const std::vector<bool>& is_live) {
    std::vector<std::vector<Wire>> readers(circuit.size());
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        for (const Wire operand : circuit.operands(wire)) {
            if (is_live[wire.index]) {
                readers[operand.index].push_back(wire);
            }
        }
    }
    return readers;
}

std::vector<bool> output_wires(const Circuit& circuit) {
    std::vector<bool> is_output(circuit.size(), false);
    for (const Port& port : circuit.outputs()) {
        for (const Wire wire : port.wires) {
            is_output[wire.index] = true;
        }
    }
    return is_output;
}

std::vector<int> count_uses(const Circuit& circuit, const std::vector<bool>& is_live) {
    std::vector<int> uses(circuit.size(), 0);
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        for (const Wire operand : circuit.operands(Wire{i})) {
            uses[operand.index] += is_live[i] ? 1 : 0;
        }
    }
    for (const Wire wire : flat_wires(circuit.outputs())) {
        ++uses[wire.index];
    }
    return uses;
}

}  // namespace lutra
