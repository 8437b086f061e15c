#include "lutra/circuit/builder.h"

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"
#include "lutra/circuit/evaluate_scalar.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

std::size_t mix(std::size_t hash, std::size_t value) { return (hash ^ value) * 0x9E3779B97F4A7C15U + (hash >> 29); }

std::size_t hash_of(const Integer& value) {
    return value.is_small() ? static_cast<std::size_t>(value.to_int64()) : std::hash<std::string>()(value.to_hex(value.bit_length() + 1));
}

std::size_t hash_of(const PrimitiveSpec& spec) {
    std::size_t hash = static_cast<std::size_t>(spec.kind);
    hash = mix(hash, static_cast<std::size_t>(spec.type.width) * 2 + (spec.type.is_signed ? 1 : 0));
    hash = mix(hash, static_cast<std::size_t>(spec.type.fraction));
    hash = mix(hash, spec.amount);
    for (const Wire wire : spec.operands) {
        hash = mix(hash, wire.index);
    }
    for (const Integer& integer : spec.integers) {
        hash = mix(hash, hash_of(integer));
    }
    return hash;
}

bool is_same(const Circuit& circuit, Wire wire, const PrimitiveSpec& spec) {
    const Primitive& p = circuit[wire];
    if (p.kind != spec.kind || p.type != spec.type || p.amount != spec.amount || !std::ranges::equal(circuit.operands(wire), spec.operands)) {
        return false;
    }
    if (spec.kind == Constant || spec.kind == Sum) {
        return circuit.constant(wire) == spec.integers.back() &&
               (spec.kind == Constant || std::ranges::equal(circuit.coefficients(wire), spec.integers.first(spec.operands.size())));
    }
    return true;
}

}  // namespace

Circuit CircuitBuilder::finish() {
    known_.clear();
    return std::move(circuit_);
}

Wire CircuitBuilder::append(const PrimitiveSpec& spec) {
    if (spec.kind == Input) {
        return circuit_.append(spec);
    }
    const auto folded = [&](Wire wire) {
        const Interval& proved = circuit_.interval(wire);
        const bool folds = spec.kind != Constant && spec.kind != Register && proved.is_constant();
        return folds ? raw_constant(Integer(proved.low), spec.type) : wire;
    };
    const std::uint32_t index = known_.find_or_add(
        hash_of(spec), [&](std::uint32_t known) { return is_same(circuit_, Wire{known}, spec); }, [&] { return circuit_.append(spec).index; });
    return folded(Wire{index});
}

Wire CircuitBuilder::raw_constant(const Integer& raw, const FixedPointType& type) {
    const std::array value = {raw};
    return append({.kind = Constant, .type = type, .integers = value});
}

Wire CircuitBuilder::unary(PrimitiveKind kind, Wire a, const FixedPointType& type, std::uint32_t amount) {
    const std::array operands = {a};
    return append({.kind = kind, .type = type, .operands = operands, .amount = amount});
}

Wire CircuitBuilder::binary(PrimitiveKind kind, Wire a, Wire b, const FixedPointType& type) {
    const std::array operands = {a, b};
    return append({.kind = kind, .type = type, .operands = operands});
}

Wire CircuitBuilder::input(const FixedPointType& type) { return append({.kind = Input, .type = type}); }

Wire CircuitBuilder::constant(const Dyadic& value) {
    const Integer raw = value.raw(value.fraction());
    return raw_constant(raw, smallest_type(raw, raw, value.fraction()));
}

Wire CircuitBuilder::input(const FixedPointType& type, const Interval& interval) {
    const std::array bounds = {interval.low, interval.high};
    return append({.kind = Input, .type = type, .integers = bounds});
}

CircuitBuilder::Pair CircuitBuilder::unify(Wire a, Wire b) {
    const bool a_is_zero = interval(a) == Interval{0, 0};
    const bool b_is_zero = interval(b) == Interval{0, 0};  // zero has no last bit: it takes the other's fraction
    const int fraction = a_is_zero ? type(b).fraction : (b_is_zero ? type(a).fraction : std::max(type(a).fraction, type(b).fraction));
    const Wire x = align(a, fraction);
    const Wire y = align(b, fraction);
    const Interval both = hull(interval(x), interval(y));
    const FixedPointType common = smallest_type(both.low, both.high, fraction);
    return {extend(x, common), extend(y, common), common};
}

Wire CircuitBuilder::add(Wire a, Wire b) {
    const std::array terms = {LinearTerm{a, 1}, LinearTerm{b, 1}};
    return sum(terms, 0);
}

Wire CircuitBuilder::subtract(Wire a, Wire b) {
    const std::array terms = {LinearTerm{a, 1}, LinearTerm{b, -1}};
    return sum(terms, 0);
}

Wire CircuitBuilder::negate(Wire a) {
    const std::array terms = {LinearTerm{a, -1}};
    return sum(terms, 0);
}

Wire CircuitBuilder::multiply(Wire a, Wire b) {
    for (const auto& [constant_wire, other] : {std::pair(a, b), std::pair(b, a)}) {
        if (interval(constant_wire).is_constant()) {
            const std::array terms = {LinearTerm{other, Dyadic(interval(constant_wire).low, -type(constant_wire).fraction)}};
            return sum(terms, 0);
        }
    }
    const auto as_signed = [&](Wire wire) {
        FixedPointType wider = type(wire);
        wider.width += wider.is_signed ? 0 : 1;
        wider.is_signed = true;
        return extend(wire, wider);
    };
    const bool mixed = type(a).is_signed != type(b).is_signed;
    const Wire x = mixed ? as_signed(a) : a;
    const Wire y = mixed ? as_signed(b) : b;
    const Interval product = interval(x) * interval(y);
    const FixedPointType result = smallest_type(product.low, product.high, type(x).fraction + type(y).fraction);
    const Wire wire = binary(Multiply, x, y, result);
    return extend(wire, smallest_type(interval(wire).low, interval(wire).high, result.fraction));  // a square has no sign
}

Wire CircuitBuilder::abs(Wire a) {
    const Interval range = interval(a);
    if (range.low.sign() >= 0) {
        return a;
    }
    const Wire result = mux(is_negative(a), negate(a), a);
    // Never negative, which intervals cannot know: the sign is cut off.
    return wrap(result, smallest_type(0, std::max(-range.low, range.high), type(result).fraction));
}

Wire CircuitBuilder::sum(std::span<const LinearTerm> terms, const Dyadic& constant_term) {
    // Terms on one wire are joined, constants are taken out; what is left is sorted by wire so that equal sums are found equal.
    Dyadic total = constant_term;
    std::vector<LinearTerm> sorted;
    for (const LinearTerm& term : terms) {
        if (interval(term.wire).is_constant()) {
            total = total + term.coefficient * Dyadic(interval(term.wire).low, -type(term.wire).fraction);
        } else if (!term.coefficient.is_zero()) {
            sorted.push_back(term);
        }
    }
    std::ranges::stable_sort(sorted, {}, &LinearTerm::wire);
    std::vector<LinearTerm> joined;
    for (const LinearTerm& term : sorted) {
        if (!joined.empty() && joined.back().wire == term.wire) {
            joined.back().coefficient = joined.back().coefficient + term.coefficient;
        } else {
            joined.push_back(term);
        }
    }
    std::erase_if(joined, [](const LinearTerm& term) { return term.coefficient.is_zero(); });
    if (joined.empty()) {
        return constant(total);
    }
    if (joined.size() == 1 && total.is_zero() && joined[0].coefficient == Dyadic(Integer(1), joined[0].coefficient.exponent())) {
        return scale(joined[0].wire, joined[0].coefficient.exponent());
    }
    int fraction = total.is_zero() ? -max_fraction : total.fraction();
    for (const LinearTerm& term : joined) {
        fraction = std::max(fraction, type(term.wire).fraction + term.coefficient.fraction());
    }
    std::vector<Wire> operands;
    std::vector<Integer> integers;
    Interval exact{total.raw(fraction), total.raw(fraction)};
    for (const LinearTerm& term : joined) {
        operands.push_back(term.wire);
        integers.push_back(term.coefficient.raw(fraction - type(term.wire).fraction));
        exact = exact + interval(term.wire) * integers.back();
    }
    integers.push_back(total.raw(fraction));
    return append({.kind = Sum, .type = smallest_type(exact.low, exact.high, fraction), .operands = operands, .integers = integers});
}

Wire CircuitBuilder::add_constant(Wire a, const Dyadic& constant_term) {
    if (constant_term.is_zero()) {
        return a;
    }
    const Primitive& p = circuit_[a];
    const int fraction = p.type.fraction;
    std::vector<LinearTerm> terms;
    Dyadic total = constant_term;
    if (p.kind == Sum) {
        // A sum is exact when its type holds the interval of its terms, which append() proves anew; a wrapping one is left alone.
        Interval exact{circuit_.constant(a), circuit_.constant(a)};
        for (std::size_t i = 0; i < p.num_operands; ++i) {
            const Wire operand = circuit_.operands(a)[i];
            const Integer& coefficient = circuit_.coefficients(a)[i];
            exact = exact + interval(operand) * coefficient;
            terms.push_back({operand, Dyadic(coefficient, type(operand).fraction - fraction)});
        }
        total = total + Dyadic(circuit_.constant(a), -fraction);
        if (exact == p.interval) {
            // The new sum takes the place of the old one, so it belongs to the same layer.
            const std::string origin(circuit_.origin(a));
            const std::string current(circuit_.current_origin());
            set_origin(origin);
            const Wire joined = sum(terms, total);
            set_origin(current);
            return joined;
        }
    }
    const std::array single = {LinearTerm{a, 1}};
    return sum(single, constant_term);
}

Wire CircuitBuilder::scale(Wire a, int exponent) {
    if (exponent == 0) {
        return a;
    }
    FixedPointType moved = type(a);
    moved.fraction -= exponent;
    if (circuit_[a].kind == MovePoint) {
        const Wire source = circuit_.operands(a)[0];
        return type(source) == moved ? source : unary(MovePoint, source, moved);
    }
    return interval(a).is_constant() ? raw_constant(Integer(interval(a).low), moved) : unary(MovePoint, a, moved);
}

Wire CircuitBuilder::less(Wire a, Wire b) {
    if (a == b) {
        return boolean(false);
    }
    const Pair pair = unify(a, b);
    return binary(Less, pair.a, pair.b, boolean_type);
}

Wire CircuitBuilder::equal(Wire a, Wire b) {
    if (a == b) {
        return boolean(true);
    }
    const Pair pair = unify(a, b);
    return binary(Equal, pair.a, pair.b, boolean_type);
}

Wire CircuitBuilder::is_negative(Wire a) {
    if (interval(a).low.sign() >= 0) {
        return boolean(false);
    }
    return bits(a, type(a).width - 1, 1);
}

Wire CircuitBuilder::mux(Wire selector, Wire if_true, Wire if_false) {
    if (interval(selector).is_constant()) {
        return interval(selector).low.is_zero() ? if_false : if_true;
    }
    if (if_true == if_false) {
        return if_true;
    }
    const Pair pair = unify(if_true, if_false);
    const std::array operands = {selector, pair.a, pair.b};
    return append({.kind = Mux, .type = pair.type, .operands = operands});
}

Wire CircuitBuilder::min(Wire a, Wire b) {
    const Pair pair = unify(a, b);
    if (a == b || interval(pair.a).high <= interval(pair.b).low) {
        return a;
    }
    if (interval(pair.b).high <= interval(pair.a).low) {
        return b;
    }
    const Wire both = binary(Min, pair.a, pair.b, pair.type);
    return extend(both, smallest_type(interval(both).low, interval(both).high, pair.type.fraction));
}

Wire CircuitBuilder::max(Wire a, Wire b) {
    const Pair pair = unify(a, b);
    if (a == b || interval(pair.a).low >= interval(pair.b).high) {
        return a;
    }
    if (interval(pair.b).low >= interval(pair.a).high) {
        return b;
    }
    const Wire both = binary(Max, pair.a, pair.b, pair.type);
    return extend(both, smallest_type(interval(both).low, interval(both).high, pair.type.fraction));
}

Wire CircuitBuilder::logical_not(Wire a) {
    LUTRA_ASSERT(type(a) == boolean_type || interval(a).is_constant());
    return interval(a).is_constant() ? boolean(interval(a).low.is_zero()) : unary(Not, a, boolean_type);
}

Wire CircuitBuilder::bitwise(PrimitiveKind kind, Wire a, Wire b) {
    const Pair pair = unify(a, b);
    return binary(kind, pair.a, pair.b, pair.type);
}

Wire CircuitBuilder::table(Wire a, int fraction, const std::function<Integer(const Integer&)>& f) {
    const Interval domain = interval(a);
    const Integer size = domain.high - domain.low + Integer(1);
    LUTRA_ASSERT(size <= Integer::power_of_two(max_table_bits));
    LookupTable table{.first = domain.low, .entries = {}};
    for (Integer raw = domain.low; raw <= domain.high; raw += 1) {
        table.entries.push_back(f(raw));
    }
    const auto [low, high] = std::ranges::minmax(table.entries);
    if (low == high) {
        return constant(Dyadic(low, -fraction));
    }
    const FixedPointType result = smallest_type(low, high, fraction);
    return unary(Table, a, result, circuit_.add_table(std::move(table)));
}

Wire CircuitBuilder::align(Wire a, int fraction) {
    if (interval(a) == Interval{0, 0}) {
        return raw_constant(0, {false, 0, fraction});
    }
    FixedPointType result = type(a);
    const int amount = fraction - result.fraction;
    if (amount < 0 && interval(a).is_constant()) {
        const Integer raw = interval(a).low >> -amount;
        LUTRA_ASSERT((raw << -amount) == interval(a).low);
        return raw_constant(raw, smallest_type(raw, raw, fraction));
    }
    LUTRA_ASSERT(amount >= 0);
    if (amount == 0) {
        return a;
    }
    result.width += amount;
    result.fraction = fraction;
    return unary(ShiftLeft, a, result, static_cast<std::uint32_t>(amount));
}

Wire CircuitBuilder::extend(Wire a, const FixedPointType& result) {
    const Wire aligned = align(a, result.fraction);
    LUTRA_ASSERT(range_of(result).contains(interval(aligned)));
    return wrap(aligned, result);
}

Wire CircuitBuilder::wrap(Wire a, const FixedPointType& result) {
    if (type(a) == result) {
        return a;
    }
    if (circuit_[a].kind == Wrap && range_of(type(a)).contains(interval(circuit_.operands(a)[0]))) {
        return wrap(circuit_.operands(a)[0], result);  // a value-preserving wrap below
    }
    if (interval(a).is_constant()) {
        const Integer& raw = interval(a).low;
        return raw_constant(result.is_signed ? raw.low_bits_signed(result.width) : raw.low_bits(result.width), result);
    }
    return unary(Wrap, a, result);
}

Wire CircuitBuilder::bits(Wire a, int low, int width) {
    const FixedPointType& source = type(a);
    Wire shifted = a;
    if (low > 0) {
        const int kept = std::max(source.width - low, source.is_signed ? 1 : 0);
        shifted = unary(ShiftRight, a, {source.is_signed, kept, source.fraction - low}, static_cast<std::uint32_t>(low));
    }
    return scale(wrap(shifted, {false, width, source.fraction - low}), source.fraction - low);
}

Wire CircuitBuilder::concat(Wire high, Wire low) {
    return binary(Concat, high, low, {type(high).is_signed, type(high).width + type(low).width, type(low).fraction});
}

Wire CircuitBuilder::register_stage(Wire a) { return unary(Register, a, type(a)); }

}  // namespace lutra
