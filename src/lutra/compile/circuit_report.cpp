#include "lutra/compile/circuit_report.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

/// Rows of adders that a primitive stands for.
int adder_rows(const Circuit& circuit, Wire wire) {
    const Primitive& primitive = circuit[wire];
    switch (primitive.kind) {
        case PrimitiveKind::Add:
        case PrimitiveKind::Subtract:
        case PrimitiveKind::Negate: return 1;
        case PrimitiveKind::Sum: {
            const int terms = static_cast<int>(primitive.num_operands) + (circuit.constant(wire).is_zero() ? 0 : 1);
            return std::max(terms - 1, 0);
        }
        case PrimitiveKind::Input:
        case PrimitiveKind::Constant:
        case PrimitiveKind::Wrap:
        case PrimitiveKind::MovePoint:
        case PrimitiveKind::ShiftLeft:
        case PrimitiveKind::ShiftRight:
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
        case PrimitiveKind::Table:
        case PrimitiveKind::Register: return 0;
    }
    LUTRA_UNREACHABLE("primitive kind");
}

}  // namespace

CircuitReport count_circuit(const Circuit& circuit) {
    CircuitReport report;
    report.primitives = circuit.size();
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        const Wire wire{i};
        const Primitive& primitive = circuit[wire];
        const int rows = adder_rows(circuit, wire);
        report.adders += rows;
        report.adder_bits += static_cast<std::int64_t>(rows) * primitive.type.width;
        report.multipliers += primitive.kind == PrimitiveKind::Multiply ? 1 : 0;
        report.register_bits += primitive.kind == PrimitiveKind::Register ? primitive.type.width : 0;
        if (primitive.kind == PrimitiveKind::Table) {
            report.tables += 1;
            report.table_bits += static_cast<std::int64_t>(circuit.table(wire).entries.size()) * primitive.type.width;
        }
    }
    return report;
}

CircuitReport count_design(const MappedDesign& design) {
    CircuitReport report = count_circuit(design.circuit);
    if (design.cells) {
        const CellCounts counts = count_cells(design.cells->cells.netlist);
        report.adders = counts.chains;
        report.adder_bits = counts.carry_bits;
        report.register_bits = counts.registers;
    }
    return report;
}

void count_layer(const MappedDesign& design, LayerReport& layer) {
    const Circuit& circuit = design.circuit;
    const auto origin = static_cast<std::uint32_t>(std::ranges::find(circuit.origins(), layer.name) - circuit.origins().begin());
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        const Wire wire{i};
        if (circuit[wire].origin == origin) {
            layer.primitives += 1;
            layer.adders += design.cells ? 0 : adder_rows(circuit, wire);
            layer.tables += circuit[wire].kind == PrimitiveKind::Table ? 1 : 0;
        }
    }
    if (design.cells) {
        const CellNetlist& netlist = design.cells->cells.netlist;
        for (const CarryChain& chain : netlist.chains) {
            layer.adders += netlist.origins[chain.origin] == layer.name ? 1 : 0;
        }
    }
}

}  // namespace lutra
