#include "lutra/optimize/expand_sums.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <queue>
#include <tuple>

#include "lutra/optimize/linear_sums.h"
#include "lutra/optimize/rebuild.h"

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
    LinearForm form;       ///< of wire
    Integer constant = 0;  ///< of wire
    int shift = 0;
    bool is_negative = false;
    int level = 0;  ///< adders behind it
    std::uint32_t order = 0;
};

class SumExpansion {
public:
    SumExpansion(const Circuit& circuit, const LinearSums& sums, const std::vector<bool>& shares_group)
        : copy_(circuit),
          b_(copy_.builder()),
          source_(circuit),
          sums_(sums),
          shares_group_(shares_group),
          built_(sums.shared.num_operands + sums.shared.nodes.size()),
          adder_bits_(shares_group.size(), 0) {}

    /// Bits of the adders of each group, once it has run.
    const std::vector<std::int64_t>& adder_bits() const { return adder_bits_; }

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            if (!sums_.is_live[wire.index]) {
                continue;
            }
            if (source_[wire].kind == Sum) {
                const std::size_t column = sums_.column_of.at(wire.index);
                group_ = sums_.group_of[column];
                copy_.follow_origin(wire);
                copy_.replace(wire, build(wire, shares_group_[group_] ? sums_.shared.columns[column] : sums_.columns[column]));
            } else {
                copy_.copy(wire);
            }
        }
        return copy_.finish();
    }

private:
    Wire build(Wire sum, const TermColumn& column);
    Partial add_up(std::vector<Partial> terms, std::optional<int> window);
    Wire finish(const Partial& total, Wire sum);
    const Partial& node(std::uint32_t index);
    Partial partial(const SignedTerm& term);
    Partial combine(Partial p, Partial q, std::optional<int> window);
    Wire add_row(const Partial& p, const Partial& q, const FixedPointType& type);
    Wire adder(const PrimitiveSpec& spec);
    Wire add_same_point(Wire a, Wire b, bool subtracts, const FixedPointType& type);
    Wire shifted(Wire wire, int amount);
    Wire unary(PrimitiveKind kind, Wire wire, const FixedPointType& type, std::uint32_t amount = 0);
    Wire as_integer(Wire wire, int fraction = 0);
    Interval interval_of(const Partial& partial) const;
    int level_of(Wire wire);

    CircuitRewriter copy_;
    CircuitBuilder& b_;
    const Circuit& source_;
    const LinearSums& sums_;
    const std::vector<bool>& shares_group_;
    std::vector<std::optional<Partial>> built_;  ///< per node of the shared terms
    std::vector<std::int64_t> adder_bits_;       ///< per group
    std::size_t group_ = 0;                      ///< of the sum at hand
    std::vector<int> levels_;                    ///< per wire of the new circuit
};

Wire SumExpansion::unary(PrimitiveKind kind, Wire wire, const FixedPointType& type, std::uint32_t amount) {
    const std::array operands = {wire};
    return b_.append({.kind = kind, .type = type, .operands = operands, .amount = amount});
}

Wire SumExpansion::as_integer(Wire wire, int fraction) { return b_.scale(wire, b_.type(wire).fraction - fraction); }

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
        interval = interval + source_.interval(sums_.operands[operand]) * coefficient;
    }
    return interval;
}

const Partial& SumExpansion::node(std::uint32_t index) {
    if (!built_[index]) {
        if (index < sums_.shared.num_operands) {
            const Wire wire = as_integer(copy_.now(sums_.operands[index]));
            built_[index] = Partial{.wire = wire, .form = {{index, 1}}, .level = level_of(wire)};
        } else {
            std::vector<Partial> terms;
            for (const SignedTerm& term : sums_.shared.nodes[index - sums_.shared.num_operands]) {
                terms.push_back(partial(term));
            }
            built_[index] = add_up(std::move(terms), std::nullopt);
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

/// Appends a primitive that takes a row of adders, unless there is an equal one.
Wire SumExpansion::adder(const PrimitiveSpec& spec) {
    const std::uint32_t size = b_.circuit().size();
    const Wire wire = b_.append(spec);
    adder_bits_[group_] += b_.circuit().size() > size && !b_.interval(wire).is_constant() ? spec.type.width : 0;
    return wire;
}

Wire SumExpansion::add_same_point(Wire a, Wire b, bool subtracts, const FixedPointType& type) {
    const std::array operands = {b_.wrap(a, type), b_.wrap(b, type)};
    return adder({.kind = subtracts ? Subtract : Add, .type = type, .operands = operands});
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

/// A tree of adders: the two earliest first, of equal levels those that end lowest. Bits from `window` on are not needed.
Partial SumExpansion::add_up(std::vector<Partial> terms, std::optional<int> window) {
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
    for (Partial& term : terms) {
        wait(std::move(term));
    }
    while (waiting.size() > 1) {
        const Partial first = waiting.top();
        waiting.pop();
        const Partial second = waiting.top();
        waiting.pop();
        wait(combine(first, second, window));
    }
    return waiting.top();
}

Wire SumExpansion::build(Wire sum, const TermColumn& column) {
    const int window = source_.type(sum).width;
    std::vector<Partial> terms;
    const Integer constant = source_.constant(sum).low_bits_signed(window);
    if (!constant.is_zero() || column.empty()) {
        const Integer magnitude = constant.abs();
        const std::array value = {magnitude};
        const Wire wire = b_.append({.kind = Constant, .type = smallest_type(magnitude, magnitude, 0), .integers = value});
        terms.push_back({.wire = wire, .form = {}, .constant = magnitude, .shift = 0, .is_negative = constant.sign() < 0});
    }
    for (const SignedTerm& term : column) {
        terms.push_back(partial(term));
    }
    return finish(add_up(std::move(terms), window), sum);
}

/// The whole sum as the type that it must have.
Wire SumExpansion::finish(const Partial& total, Wire sum) {
    FixedPointType type = source_.type(sum);
    const int fraction = type.fraction;
    type.fraction = 0;
    const Wire aligned = b_.wrap(shifted(total.wire, total.shift), type);
    const std::array negated = {aligned};
    const Wire result = total.is_negative ? adder({.kind = Negate, .type = type, .operands = negated}) : aligned;
    return as_integer(result, fraction);
}

std::int64_t total_bits(const SumExpansion& expansion) {
    return std::accumulate(expansion.adder_bits().begin(), expansion.adder_bits().end(), std::int64_t{0});
}

}  // namespace

Circuit expand_sums(const Circuit& circuit, const ExpandOptions& options) {
    LinearSums sums = collect_sums(circuit);
    const std::vector<bool> none(sums.num_groups, false);
    SumExpansion plain(circuit, sums, none);
    Circuit best = plain.run();
    if (!options.share_terms) {
        return best;
    }
    sums.shared = share_terms(circuit, sums, ShareOptions{});
    if (sums.shared.nodes.empty()) {
        return best;
    }
    const std::vector<bool> all(sums.num_groups, true);
    SumExpansion sharing(circuit, sums, all);
    Circuit shared = sharing.run();
    std::vector<bool> narrower(sums.num_groups);
    for (std::size_t group = 0; group < sums.num_groups; ++group) {
        narrower[group] = sharing.adder_bits()[group] < plain.adder_bits()[group];
    }
    if (narrower == all) {
        return shared;
    }
    SumExpansion mixed(circuit, sums, narrower);
    Circuit chosen = mixed.run();
    const std::int64_t least = std::min({total_bits(plain), total_bits(sharing), total_bits(mixed)});
    return total_bits(mixed) == least ? chosen : (total_bits(sharing) == least ? shared : best);
}

}  // namespace lutra
