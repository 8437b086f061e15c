// The rules of the primitives and the intervals that they prove: Circuit::broken_rule and Circuit::infer_interval.

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/assert.h"
#include "lutra/circuit/circuit.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

constexpr int any_number = -1;

/// Number of operands of a kind, or any_number.
int num_operands_of(PrimitiveKind kind) {
    switch (kind) {
        case Input:
        case Constant: return 0;
        case Wrap:
        case MovePoint:
        case ShiftLeft:
        case ShiftRight:
        case Negate:
        case Not:
        case Table:
        case Register: return 1;
        case Add:
        case Subtract:
        case Multiply:
        case And:
        case Or:
        case Xor:
        case Equal:
        case Less:
        case Min:
        case Max:
        case Concat: return 2;
        case Mux: return 3;
        case Sum: return any_number;
    }
    LUTRA_UNREACHABLE("primitive kind");
}

bool is_type_valid(const FixedPointType& type) {
    return type.width >= 0 && type.width <= max_width && type.fraction >= -max_fraction && type.fraction <= max_fraction;
}

/// The interval of wrap_T(x) for x in `exact`.
Interval wrapped(const Interval& exact, const FixedPointType& type) {
    const Interval range = range_of(type);
    return range.contains(exact) ? exact : range;
}

/// Bounds of bitwise operations on operands that are not negative: results have no bit above the operands' highest one.
Interval bitwise_interval(PrimitiveKind kind, const Interval& a, const Interval& b, const FixedPointType& type) {
    if (a.low.sign() < 0 || b.low.sign() < 0) {
        return range_of(type);
    }
    if (kind == And) {
        return {0, std::min(a.high, b.high)};
    }
    const int width = std::max(a.high.bit_length(), b.high.bit_length());
    return {0, Integer::power_of_two(width) - Integer(1)};
}

Interval truth_interval(bool can_be_false, bool can_be_true) { return {can_be_false ? 0 : 1, can_be_true ? 1 : 0}; }

Interval table_interval(const LookupTable& table, const Interval& a, const FixedPointType& type) {
    const auto begin = table.entries.begin() + (a.low - table.first).to_int64();
    const auto end = table.entries.begin() + (a.high - table.first).to_int64() + 1;
    const auto [low, high] = std::minmax_element(begin, end);
    return wrapped({*low, *high}, type);
}

}  // namespace

std::optional<std::string> Circuit::broken_rule(const PrimitiveSpec& spec) const {
    const FixedPointType& result = spec.type;
    if (!is_type_valid(result)) {
        return fmt::format("its type {} is beyond {} bits", to_string(result), max_width);
    }
    const int arity = num_operands_of(spec.kind);
    if (arity != any_number && static_cast<int>(spec.operands.size()) != arity) {
        return fmt::format("it takes {} operands, not {}", arity, spec.operands.size());
    }
    if (std::ranges::any_of(spec.operands, [&](Wire wire) { return wire.index >= size(); })) {
        return "an operand is not defined before it";
    }
    const auto operand_type = [&](std::size_t i) -> const FixedPointType& { return type(spec.operands[i]); };
    const auto all_of_type = [&](std::size_t from, const FixedPointType& expected) {
        return std::ranges::all_of(spec.operands.subspan(from), [&](Wire wire) { return type(wire) == expected; });
    };
    const auto rule = [](bool holds, const char* text) { return holds ? std::nullopt : std::optional<std::string>(text); };
    const int amount = static_cast<int>(std::min<std::uint32_t>(spec.amount, 2 * max_fraction + 1));
    switch (spec.kind) {
        case Input:
            return rule(spec.integers.empty() || (spec.integers.size() == 2 && spec.integers[0] <= spec.integers[1] && result.contains(spec.integers[0]) &&
                                                  result.contains(spec.integers[1])),
                        "its interval is empty or outside of its type");
        case Constant: return rule(spec.integers.size() == 1 && result.contains(spec.integers[0]), "its value is outside of its type");
        case Wrap: return rule(operand_type(0).fraction == result.fraction, "operand and result have different fractions");
        case MovePoint:
            return rule(operand_type(0).is_signed == result.is_signed && operand_type(0).width == result.width,
                        "operand and result have different signs or widths");
        case ShiftLeft: return rule(operand_type(0).fraction + amount == result.fraction, "the fraction does not grow by the amount");
        case ShiftRight: return rule(operand_type(0).fraction - amount == result.fraction, "the fraction does not shrink by the amount");
        case Add:
        case Subtract:
        case Negate:
        case Not:
        case And:
        case Or:
        case Xor:
        case Min:
        case Max:
        case Register: return rule(all_of_type(0, result), "an operand is not of the result's type");
        case Multiply:
            return rule(operand_type(0).is_signed == operand_type(1).is_signed && operand_type(0).fraction + operand_type(1).fraction == result.fraction,
                        "the operands differ in sign, or the fractions do not add up");
        case Sum: return rule(spec.integers.size() == spec.operands.size() + 1, "it needs a coefficient per operand and a constant");
        case Equal:
        case Less: return rule(operand_type(0) == operand_type(1) && result == boolean_type, "the operands differ in type, or the result is not boolean");
        case Mux:
            return rule(operand_type(0) == boolean_type && all_of_type(1, result), "the selector is not boolean, or a choice is not of the result's type");
        case Concat: return rule(operand_type(0).width + operand_type(1).width == result.width, "the widths do not add up");
        case Table: {
            if (spec.amount >= tables_.size()) {
                return "its table is not defined";
            }
            const LookupTable& table = tables_[spec.amount];
            const Interval covered{table.first, table.first + Integer(static_cast<std::int64_t>(table.entries.size())) - Integer(1)};
            return rule(!table.entries.empty() && covered.contains(interval(spec.operands[0])), "its table does not cover its operand's interval");
        }
    }
    LUTRA_UNREACHABLE("primitive kind");
}

Interval Circuit::infer_interval(const PrimitiveSpec& spec) const {
    const auto of = [&](std::size_t i) -> const Interval& { return interval(spec.operands[i]); };
    const FixedPointType& result = spec.type;
    const int amount = static_cast<int>(spec.amount);
    switch (spec.kind) {
        case Input: return spec.integers.empty() ? range_of(result) : Interval{spec.integers[0], spec.integers[1]};
        case Constant: return {spec.integers[0], spec.integers[0]};
        case Wrap: return wrapped(of(0), result);
        case MovePoint:
        case Register: return of(0);
        case ShiftLeft: return wrapped({of(0).low << amount, of(0).high << amount}, result);
        case ShiftRight: return wrapped({of(0).low >> amount, of(0).high >> amount}, result);
        case Add: return wrapped(of(0) + of(1), result);
        case Subtract: return wrapped(of(0) - of(1), result);
        case Negate: return wrapped(of(0) * Integer(-1), result);
        case Not: return wrapped({~of(0).high, ~of(0).low}, result);
        case Multiply: return wrapped(spec.operands[0] == spec.operands[1] ? square(of(0)) : of(0) * of(1), result);
        case Sum: {
            Interval exact{spec.integers.back(), spec.integers.back()};
            for (std::size_t i = 0; i < spec.operands.size(); ++i) {
                exact = exact + of(i) * spec.integers[i];
            }
            return wrapped(exact, result);
        }
        case And:
        case Or:
        case Xor: return bitwise_interval(spec.kind, of(0), of(1), result);
        case Equal: {
            const bool can_meet = of(0).low <= of(1).high && of(1).low <= of(0).high;
            const bool same_constant = of(0).is_constant() && of(0) == of(1);
            return truth_interval(!same_constant, can_meet);
        }
        case Less: return truth_interval(of(0).high >= of(1).low, of(0).low < of(1).high);
        case Mux: return of(0).is_constant() ? of(of(0).low.is_zero() ? 2 : 1) : hull(of(1), of(2));
        case Min: return {std::min(of(0).low, of(1).low), std::min(of(0).high, of(1).high)};
        case Max: return {std::max(of(0).low, of(1).low), std::max(of(0).high, of(1).high)};
        case Concat: {
            const int low_width = type(spec.operands[1]).width;
            const Interval low = of(1).low.sign() < 0 ? Interval{0, Integer::power_of_two(low_width) - Integer(1)} : of(1);
            return wrapped({(of(0).low << low_width) + low.low, (of(0).high << low_width) + low.high}, result);
        }
        case Table: return table_interval(tables_[spec.amount], of(0), result);
    }
    LUTRA_UNREACHABLE("primitive kind");
}

}  // namespace lutra
