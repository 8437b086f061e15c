#include "lutra/optimize/adder_row.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {

/// a + b or a - b for wires of one fraction, in a type that holds operands and result.
Wire add_aligned(CircuitBuilder& builder, Wire a, Wire b, bool subtracts) {
    const Interval x = builder.interval(a);
    const Interval y = builder.interval(b);
    const Interval all = hull(hull(x, y), subtracts ? x - y : x + y);
    const FixedPointType type = smallest_type(all.low, all.high, builder.type(a).fraction);
    const std::array operands = {builder.extend(a, type), builder.extend(b, type)};
    const Wire sum = builder.append({.kind = subtracts ? PrimitiveKind::Subtract : PrimitiveKind::Add, .type = type, .operands = operands});
    const Interval proved = builder.interval(sum);
    return builder.wrap(sum, smallest_type(proved.low, proved.high, type.fraction));
}

/// fine +- coarse, where the last bit of `coarse` weighs more: the low bits of `fine` pass by.
Wire add_above(CircuitBuilder& builder, Wire fine, Wire coarse, bool subtracts) {
    const FixedPointType type = builder.type(fine);
    const int passing = type.fraction - builder.type(coarse).fraction;
    const Wire high = builder.round(fine, type.fraction - passing, Rounding::Truncate);
    const Wire sum = add_aligned(builder, builder.align(high, builder.type(coarse).fraction), coarse, subtracts);
    return builder.concat(sum, builder.wrap(fine, {false, passing, type.fraction}));
}

}  // namespace

SignedRow add_rows(CircuitBuilder& builder, const SignedRow& a, const SignedRow& b) {
    const bool subtracts = a.is_negative != b.is_negative;
    SignedRow first = a;
    SignedRow second = b;
    const auto fraction = [&](const SignedRow& row) { return builder.type(row.wire).fraction; };
    // A subtractor's first operand is the positive one; an adder's the one with the finer last bit.
    if (subtracts ? first.is_negative : fraction(first) < fraction(second)) {
        std::swap(first, second);
    }
    const int passing = fraction(first) - fraction(second);
    const bool passes = passing > 0 && passing <= builder.type(first.wire).width;
    if (passes) {
        return {add_above(builder, first.wire, second.wire, subtracts), !subtracts && a.is_negative};
    }
    const int common = std::max(fraction(first), fraction(second));
    return {add_aligned(builder, builder.align(first.wire, common), builder.align(second.wire, common), subtracts), !subtracts && a.is_negative};
}

}  // namespace lutra
