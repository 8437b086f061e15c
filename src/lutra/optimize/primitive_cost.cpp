#include "lutra/optimize/primitive_cost.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

/// Rows of adders of a product or of a sum that is still whole, and the levels they stand in.
struct Rows {
    int count = 0;
    int levels = 0;
};

Rows rows_for(int num_terms) {
    const int rows = std::max(num_terms - 1, 0);
    return {rows, rows == 0 ? 0 : static_cast<int>(std::bit_width(static_cast<unsigned>(rows)))};
}

Rows product_rows(const Circuit& circuit, Wire wire) {
    const auto operands = circuit.operands(wire);
    return rows_for(std::min(circuit.type(operands[0]).width, circuit.type(operands[1]).width));
}

Rows sum_rows(const Circuit& circuit, Wire wire) {
    return rows_for(static_cast<int>(circuit.operands(wire).size()) + (circuit.constant(wire).is_zero() ? 0 : 1));
}

int operand_width(const Circuit& circuit, Wire wire) { return circuit.operands(wire).empty() ? 0 : circuit.type(circuit.operands(wire)[0]).width; }

}  // namespace

double primitive_luts(const Circuit& circuit, Wire wire, const CostModel& model) {
    const int width = circuit.type(wire).width;
    switch (circuit[wire].kind) {
        case PrimitiveKind::Add:
        case PrimitiveKind::Subtract:
        case PrimitiveKind::Negate: return model.adder_luts(width);
        case PrimitiveKind::Multiply: return product_rows(circuit, wire).count * model.adder_luts(operand_width(circuit, wire));
        case PrimitiveKind::Sum: return sum_rows(circuit, wire).count * model.adder_luts(width);
        case PrimitiveKind::And:
        case PrimitiveKind::Or:
        case PrimitiveKind::Xor: return width * model.gate_luts(2);
        case PrimitiveKind::Equal:
        case PrimitiveKind::Less: return model.compare_luts(operand_width(circuit, wire));
        case PrimitiveKind::Mux: return model.mux_luts(width);
        case PrimitiveKind::Min:
        case PrimitiveKind::Max: {
            // Against zero the sign bit decides, and each kept bit is one gate.
            const auto operands = circuit.operands(wire);
            const bool has_constant = circuit.interval(operands[0]).is_constant() || circuit.interval(operands[1]).is_constant();
            return model.mux_luts(width) + (has_constant ? 0.5 : 1.0) * model.compare_luts(width);
        }
        case PrimitiveKind::Table: return model.table_luts(operand_width(circuit, wire), width);
        case PrimitiveKind::Input:
        case PrimitiveKind::Constant:
        case PrimitiveKind::Wrap:
        case PrimitiveKind::MovePoint:
        case PrimitiveKind::ShiftLeft:
        case PrimitiveKind::ShiftRight:
        case PrimitiveKind::Not:
        case PrimitiveKind::Concat:
        case PrimitiveKind::Register: return 0;
    }
    LUTRA_UNREACHABLE("primitive kind");
}

double primitive_delay_ns(const Circuit& circuit, Wire wire, const CostModel& model) {
    const int width = circuit.type(wire).width;
    switch (circuit[wire].kind) {
        case PrimitiveKind::Add:
        case PrimitiveKind::Subtract:
        case PrimitiveKind::Negate: return model.adder_delay_ns(width);
        case PrimitiveKind::Multiply: return product_rows(circuit, wire).levels * model.adder_delay_ns(width);
        case PrimitiveKind::Sum: return sum_rows(circuit, wire).levels * model.adder_delay_ns(width);
        case PrimitiveKind::And:
        case PrimitiveKind::Or:
        case PrimitiveKind::Xor: return model.gate_delay_ns(2);
        case PrimitiveKind::Equal:
        case PrimitiveKind::Less: return model.compare_delay_ns(operand_width(circuit, wire));
        case PrimitiveKind::Mux: return model.mux_delay_ns();
        case PrimitiveKind::Min:
        case PrimitiveKind::Max: {
            const auto operands = circuit.operands(wire);
            const bool is_sign_test = circuit.interval(operands[0]) == Interval{0, 0} || circuit.interval(operands[1]) == Interval{0, 0};
            return is_sign_test ? model.gate_delay_ns(2) : model.compare_delay_ns(width) + model.mux_delay_ns();
        }
        case PrimitiveKind::Table: return model.table_delay_ns(operand_width(circuit, wire));
        case PrimitiveKind::Input:
        case PrimitiveKind::Constant:
        case PrimitiveKind::Wrap:
        case PrimitiveKind::MovePoint:
        case PrimitiveKind::ShiftLeft:
        case PrimitiveKind::ShiftRight:
        case PrimitiveKind::Not:
        case PrimitiveKind::Concat:
        case PrimitiveKind::Register: return 0;
    }
    LUTRA_UNREACHABLE("primitive kind");
}

CircuitCost estimate_cost(const Circuit& circuit, const CostModel& model) {
    CircuitCost cost;
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        cost.luts += primitive_luts(circuit, Wire{i}, model);
        cost.register_bits += circuit[Wire{i}].kind == PrimitiveKind::Register ? circuit.type(Wire{i}).width : 0;
    }
    return cost;
}

}  // namespace lutra
