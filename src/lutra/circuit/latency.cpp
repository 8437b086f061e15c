#include "lutra/circuit/latency.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

/// True when both numbers are known and differ.
bool differ(const std::optional<int>& a, const std::optional<int>& b) { return a.has_value() && b.has_value() && *a != *b; }

}  // namespace

std::vector<std::optional<int>> register_depths(const Circuit& circuit) {
    std::vector<std::optional<int>> depths(circuit.size());
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        std::optional<int>& depth = depths[wire.index];
        const PrimitiveKind kind = circuit[wire].kind;
        if (kind == PrimitiveKind::Input) {
            depth = 0;
        }
        for (const Wire operand : circuit.operands(wire)) {
            depth = std::max(depth, depths[operand.index]);  // nothing is less than any number
        }
        if (kind == PrimitiveKind::Register) {
            depth = depth.value_or(0) + 1;
        }
    }
    return depths;
}

std::optional<Wire> check_balanced(const Circuit& circuit) {
    const auto depths = register_depths(circuit);
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        const int own = circuit[wire].kind == PrimitiveKind::Register ? 1 : 0;
        for (const Wire operand : circuit.operands(wire)) {
            if (own == 0 && differ(depths[operand.index], depths[wire.index])) {
                return wire;
            }
        }
    }
    std::optional<int> common;
    for (const Wire wire : flat_wires(circuit.outputs())) {
        if (differ(common, depths[wire.index])) {
            return wire;
        }
        common = std::max(common, depths[wire.index]);
    }
    return std::nullopt;
}

int latency_cycles(const Circuit& circuit) {
    LUTRA_ASSERT(!check_balanced(circuit));
    const auto depths = register_depths(circuit);
    std::optional<int> latency;
    for (const Wire wire : flat_wires(circuit.outputs())) {
        latency = std::max(latency, depths[wire.index]);
    }
    return latency.value_or(0);
}

bool has_registers(const Circuit& circuit) {
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        if (circuit[wire].kind == PrimitiveKind::Register) {
            return true;
        }
    }
    return false;
}

}  // namespace lutra
