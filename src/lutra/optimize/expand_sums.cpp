#include "lutra/optimize/expand_sums.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <queue>
#include <tuple>

#include "lutra/optimize/rebuild.h"
#include "lutra/optimize/share_terms.h"
#include "lutra/optimize/signed_digits.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// Coefficients over the operands of all sums, sorted by operand: what a partial sum is, hence its exact interval.
using LinearForm = std::vector<std::pair<std::uint32_t, Integer>>;

LinearForm add_scaled(const LinearForm& a, const LinearForm& b, const Integer& factor) {
    LinearForm sum;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->first < right->first)) {
            sum.push_back(*left++);
        } else if (left == a.end() || right->first < left->first) {
            sum.emplace_back(right->first, right->second * factor);
            ++right;
        } else {
            sum.emplace_back(left->first, left->second + right->second * factor);
            ++left;
            ++right;
        }
    }
    return sum;
}

/// A partial sum that has been built: value = +-(wire * 2^shift) with wire an integer (fraction 0).
struct Partial {
    Wire wire;
    LinearForm form;      ///< of wire
    Integer constant = 0;  ///< of wire
    int shift = 0;
    bool is_negative = false;
    int level = 0;  ///< adders behind it
    std::uint32_t order = 0;
};

class SumExpansion {
public:
    SumExpansion(const Circuit& circuit, const ExpandOptions& options) : copy_(circuit), b_(copy_.builder()), source_(circuit), is_live_(live_wires(circuit)) {
        collect(options);
    }

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            if (!is_live_[wire.index]) {
                continue;
            }
            if (source_[wire].kind == Sum) {
                copy_.follow_origin(wire);
                copy_.replace(wire, build(wire, terms_.columns[column_of_.at(wire.index)]));
            } else {
                copy_.copy(wire);
            }
        }
        return copy_.finish();
    }

private:
    void collect(const ExpandOptions& options);
    Wire build(Wire sum, const TermColumn& column);
    Wire finish(const Partial& total, Wire sum);
    const Partial& node(std::uint32_t index);
    Partial partial(const SignedTerm& term);
    Partial combine(Partial p, Partial q, std::optional<int> window);
    Wire add_row(const Partial& p, const Partial& q, const FixedPointType& type);
    Wire add_same_point(Wire a, Wire b, bool subtracts, const FixedPointType& type);
    Wire shifted(Wire wire, int amount);
    Wire unary(PrimitiveKind kind, Wire wire, const FixedPointType& type, std::uint32_t amount = 0);
    Wire as_integer(Wire wire, int fraction = 0);
    Interval interval_of(const Partial& partial) const;
    int level_of(Wire wire);

    CircuitRewriter copy_;
    CircuitBuilder& b_;
    const Circuit& source_;
    std::vector<bool> is_live_;
    std::vector<Wire> operands_;  ///< of all sums, in the source
    std::map<std::uint32_t, std::size_t> column_of_;
    SharedTerms terms_;
    std::vector<std::optional<Partial>> built_;  ///< per node of terms_
    std::vector<int> levels_;                    ///< per wire of the new circuit
};

void SumExpansion::collect(const ExpandOptions& options) {
    std::map<std::uint32_t, std::uint32_t> number_of;
    std::vector<TermColumn> columns;
    for (Wire wire; wire.index < source_.size(); ++wire.index) {
        if (source_[wire].kind != Sum || !is_live_[wire.index]) {
            continue;
        }
        std::map<std::uint32_t, Integer> coefficients;  // operands that occur twice are joined
        for (std::size_t i = 0; i < source_.operands(wire).size(); ++i) {
            const Wire operand = source_.operands(wire)[i];
            const auto [place, is_new] = number_of.try_emplace(operand.index, static_cast<std::uint32_t>(operands_.size()));
            if (is_new) {
                operands_.push_back(operand);
            }
            coefficients[place->second] += source_.coefficients(wire)[i];
        }
        TermColumn column;
        for (const auto& [number, coefficient] : coefficients) {
            for (const SignedDigit& digit : signed_digits(coefficient)) {
                if (digit.shift < source_.type(wire).width) {  // the window: higher digits vanish modulo 2^width
                    column.push_back({.node = number, .shift = digit.shift, .is_negative = digit.is_negative});
                }
            }
        }
        column_of_[wire.index] = columns.size();
        columns.push_back(std::move(column));
    }
    const auto num_operands = static_cast<std::uint32_t>(operands_.size());
    terms_ = options.share_terms ? share_terms(num_operands, std::move(columns)) : SharedTerms{num_operands, {}, std::move(columns)};
    built_.resize(num_operands + terms_.nodes.size());
}

Wire SumExpansion::unary(PrimitiveKind kind, Wire wire, const FixedPointType& type, std::uint32_t amount) {
    const std::array operands = {wire};
    return b_.append({.kind = kind, .type = type, .operands = operands, .amount = amount});
}

Wire SumExpansion::as_integer(Wire wire, int fraction) {
    return b_.scale(wire, b_.type(wire).fraction - fraction);
}

Wire SumExpansion::shifted(Wire wire, int amount) {
    if (amount == 0) {
        return wire;
    }
    const FixedPointType type = b_.type(wire);
    return as_integer(unary(ShiftLeft, wire, {type.is_signed, type.width + amount, amount}, static_cast<std::uint32_t>(amount)));
}

/// Levels of arithmetic behind a wire of the new circuit: wiring costs none.
int SumExpansion::level_of(Wire wire) {
    const Circuit& circuit = b_.circuit();
    for (std::uint32_t i = static_cast<std::uint32_t>(levels_.size()); i < circuit.size(); ++i) {
        const PrimitiveKind kind = circuit[Wire{i}].kind;
        const bool is_wiring = kind == Input || kind == Constant || kind == Wrap || kind == MovePoint || kind == ShiftLeft || kind == ShiftRight ||
                               kind == Concat || kind == Register || kind == Not;
        int level = 0;
        for (const Wire operand : circuit.operands(Wire{i})) {
            level = std::max(level, levels_[operand.index]);
        }
        levels_.push_back(level + (is_wiring ? 0 : 1));
    }
    return levels_[wire.index];
}

Interval SumExpansion::interval_of(const Partial& partial) const {
    Interval interval{partial.constant, partial.constant};
    for (const auto& [operand, coefficient] : partial.form) {
        interval = interval + source_.interval(operands_[operand]) * coefficient;
    }
    return interval;
}

const Partial& SumExpansion::node(std::uint32_t index) {
    if (!built_[index]) {
        if (index < terms_.num_operands) {
            const Wire wire = as_integer(copy_.now(operands_[index]));
            built_[index] = Partial{.wire = wire, .form = {{index, 1}}, .level = level_of(wire)};
        } else {
            const SharedNode& shared = terms_.nodes[index - terms_.num_operands];
            built_[index] = combine(partial(shared.a), partial(shared.b), std::nullopt);
        }
    }
    return *built_[index];
}

Partial SumExpansion::partial(const SignedTerm& term) {
    Partial result = node(term.node);
    result.shift += term.shift;
    result.is_negative = result.is_negative != term.is_negative;
    return result;
}

/// p + q. Bits from `window` on are not needed.
Partial SumExpansion::combine(Partial p, Partial q, std::optional<int> window) {
    if (p.is_negative && !q.is_negative) {
        std::swap(p, q);  // a subtraction instead of a negation
    }
    const int shift = std::min(p.shift, q.shift);
    const bool differ = p.is_negative != q.is_negative;
    const Integer p_factor = Integer::power_of_two(p.shift - shift);
    const Integer q_factor = Integer::power_of_two(q.shift - shift) * Integer(differ ? -1 : 1);
    Partial sum{.wire = {}, .form = add_scaled(add_scaled({}, p.form, p_factor), q.form, q_factor)};
    sum.constant = p.constant * p_factor + q.constant * q_factor;
    sum.shift = shift;
    sum.is_negative = p.is_negative;
    sum.level = std::max(p.level, q.level) + 1;
    const Interval interval = interval_of(sum);
    FixedPointType type = smallest_type(interval.low, interval.high, 0);
    if (window && type.width > *window - shift) {
        type.width = *window - shift;
    }
    p.shift -= shift;
    q.shift -= shift;
    sum.wire = add_row(p, q, type);
    return sum;
}

Wire SumExpansion::add_same_point(Wire a, Wire b, bool subtracts, const FixedPointType& type) {
    const std::array operands = {b_.wrap(a, type), b_.wrap(b, type)};
    return b_.append({.kind = subtracts ? Subtract : Add, .type = type, .operands = operands});
}

/// p + q, or p - q when their signs differ, modulo 2^type.width; one of the shifts is 0.
Wire SumExpansion::add_row(const Partial& p, const Partial& q, const FixedPointType& type) {
    const bool subtracts = p.is_negative != q.is_negative;
    if (p.shift > 0 && !subtracts) {
        return add_row(q, p, type);
    }
    const int passing = q.shift;
    const FixedPointType fine = b_.type(p.wire);
    if (p.shift > 0 || passing == 0 || passing >= type.width) {
        return add_same_point(shifted(p.wire, p.shift), shifted(q.wire, q.shift), subtracts, type);
    }
    // The low bits of p pass by.
    const FixedPointType upper{type.is_signed, type.width - passing, 0};
    const Wire low = b_.wrap(p.wire, {false, passing, 0});
    if (!fine.is_signed && fine.width <= passing && !subtracts) {
        return b_.concat(b_.wrap(q.wire, upper), low);
    }
    const FixedPointType kept{fine.is_signed, std::max(fine.width - passing, fine.is_signed ? 1 : 0), -passing};
    const Wire high = as_integer(unary(ShiftRight, p.wire, kept, static_cast<std::uint32_t>(passing)));
    return b_.concat(add_same_point(high, q.wire, subtracts, upper), low);
}

Wire SumExpansion::build(Wire sum, const TermColumn& column) {
    const int window = source_.type(sum).width;
    // Earliest first; of equal levels the one that ends lowest.
    const auto is_later = [&](const Partial& a, const Partial& b) {
        const int a_top = a.shift + b_.type(a.wire).width;
        const int b_top = b.shift + b_.type(b.wire).width;
        return std::tuple(a.level, a_top, a.order) > std::tuple(b.level, b_top, b.order);
    };
    std::priority_queue<Partial, std::vector<Partial>, decltype(is_later)> waiting(is_later);
    std::uint32_t order = 0;
    const auto wait = [&](Partial partial) {
        partial.order = order++;
        waiting.push(std::move(partial));
    };
    const Integer constant = source_.constant(sum).low_bits_signed(window);
    if (!constant.is_zero() || column.empty()) {
        const Integer magnitude = constant.abs();
        const std::array value = {magnitude};
        const Wire wire = b_.append({.kind = Constant, .type = smallest_type(magnitude, magnitude, 0), .integers = value});
        wait({.wire = wire, .form = {}, .constant = magnitude, .shift = 0, .is_negative = constant.sign() < 0});
    }
    for (const SignedTerm& term : column) {
        wait(partial(term));
    }
    while (waiting.size() > 1) {
        const Partial first = waiting.top();
        waiting.pop();
        const Partial second = waiting.top();
        waiting.pop();
        wait(combine(first, second, window));
    }
    return finish(waiting.top(), sum);
}

/// The whole sum as the type that it must have.
Wire SumExpansion::finish(const Partial& total, Wire sum) {
    FixedPointType type = source_.type(sum);
    const int fraction = type.fraction;
    type.fraction = 0;
    const Wire aligned = b_.wrap(shifted(total.wire, total.shift), type);
    const Wire result = total.is_negative ? unary(Negate, aligned, type) : aligned;
    return as_integer(result, fraction);
}

}  // namespace

Circuit expand_sums(const Circuit& circuit, const ExpandOptions& options) { return SumExpansion(circuit, options).run(); }

}  // namespace lutra
