#include "lutra/prove/normal_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"
#include "lutra/prove/spec_network.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

LinearForm constant_form(const Integer& value) { return {{}, value}; }

}  // namespace

std::string text_of(const LinearForm& form) {
    std::string text = form.constant.to_string();
    for (const auto& [atom, coefficient] : form.terms) {
        text += fmt::format("+{}*{}", coefficient.to_string(), atom);
    }
    return text;
}

LinearForm combined(const LinearForm& a, const Integer& a_factor, const LinearForm& b, const Integer& b_factor) {
    LinearForm sum{{}, a.constant * a_factor + b.constant * b_factor};
    sum.terms.reserve(a.terms.size() + b.terms.size());
    auto left = a.terms.begin();
    auto right = b.terms.begin();
    while (left != a.terms.end() || right != b.terms.end()) {
        const bool takes_left = right == b.terms.end() || (left != a.terms.end() && left->first <= right->first);
        const bool takes_right = left == a.terms.end() || (right != b.terms.end() && right->first <= left->first);
        const std::uint32_t atom = takes_left ? left->first : right->first;
        Integer total = takes_left ? left++->second * a_factor : Integer(0);
        total += takes_right ? right++->second * b_factor : Integer(0);
        if (!total.is_zero()) {
            sum.terms.emplace_back(atom, std::move(total));
        }
    }
    return sum;
}

LinearForm operator*(const LinearForm& a, const Integer& factor) {
    LinearForm product{{}, a.constant * factor};
    for (const auto& [atom, coefficient] : a.terms) {
        if (!factor.is_zero()) {
            product.terms.emplace_back(atom, coefficient * factor);
        }
    }
    return product;
}

Integer common_divisor(const LinearForm& form) {
    Integer divisor = 0;
    for (const auto& [number, coefficient] : form.terms) {
        divisor = greatest_common_divisor(divisor, coefficient);
    }
    return divisor;
}

LinearForm divided(const LinearForm& form, const Integer& divisor) {
    LinearForm result{{}, floor_divide(form.constant, divisor)};
    for (const auto& [number, coefficient] : form.terms) {
        result.terms.emplace_back(number, floor_divide(coefficient, divisor));
    }
    return result;
}

LinearForm NormalForms::atom(const std::string& key, Atom atom) {
    const auto [place, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(atoms_.size()));
    if (is_new) {
        atoms_.push_back(std::move(atom));
    }
    return {{{place->second, 1}}, 0};
}

LinearForm NormalForms::wrap(const LinearForm& form, const FixedPointType& type, const std::optional<Interval>& known) {
    const Interval range = range_of(type);
    const auto fits = [&](const Interval& interval) { return range.contains(interval); };
    if ((known && fits(*known)) || fits(interval_of(form, fits))) {
        return form;
    }
    // What is left out counts from 0 or, of two's complement, from -2^(w - 1).
    const Integer half = type.is_signed && type.width > 0 ? Integer::power_of_two(type.width - 1) : Integer(0);
    const LinearForm wrapped = form - floor(form + constant_form(half), type.width) * Integer::power_of_two(type.width);
    note(wrapped, range);
    return wrapped;
}

/// c + a * relu(x), also where that is written c + a * x + a * relu(-x).
std::optional<NormalForms::OnlyRelu> NormalForms::only_relu(const LinearForm& form) const {
    if (form.is_constant() || atoms_[form.terms.back().first].kind != Atom::Kind::Relu) {
        return std::nullopt;
    }
    const auto& [number, factor] = form.terms.back();
    const LinearForm& inside = atoms_[number].inside;
    const LinearForm rest = form - LinearForm{{{number, factor}}, 0};
    if (rest.is_constant()) {
        return OnlyRelu{inside, factor, rest.constant};
    }
    const LinearForm other = rest + inside * factor;
    return other.is_constant() ? std::optional(OnlyRelu{inside * Integer(-1), factor, other.constant}) : std::nullopt;
}

/// The same modulo 2^shift: where x + c * y is known to be in an interval and a * x is in the form, y gets the coefficient a * c if that is possible.
LinearForm NormalForms::matching_coefficients(LinearForm form, int shift) const {
    const auto coefficient_of = [&](std::uint32_t number) {
        const auto term = std::ranges::find(form.terms, number, [](const auto& t) { return t.first; });
        return term == form.terms.end() ? Integer(0) : term->second;
    };
    for (auto& [number, coefficient] : form.terms) {
        const auto parts = parts_with_.find(number);
        for (const KnownPart& part : parts == parts_with_.end() ? std::vector<KnownPart>{} : parts->second) {
            const auto& [first, unit] = part.form.terms[0];
            const Integer factor = floor_divide(coefficient_of(first), unit);
            const auto others = std::span(part.form.terms).first(part.form.terms.size() - 1);
            const Integer matching = part.form.terms.back().second * factor;
            if (!factor.is_zero() && (matching - coefficient).low_bits(shift).is_zero() &&
                std::ranges::all_of(others, [&](const auto& term) { return coefficient_of(term.first) == term.second * factor; })) {
                coefficient = matching;
                break;
            }
        }
    }
    return form;
}

LinearForm NormalForms::floor(const LinearForm& form, int shift) {
    if (shift == 0) {
        return form;
    }
    const auto is_constant = [&](const Interval& interval) { return (interval.low >> shift) == (interval.high >> shift); };
    if (const auto clamped = only_relu(form)) {
        const Interval range = interval_of(form, is_constant);
        if (is_constant(range)) {
            return constant_form(range.low >> shift);
        }
        const LinearForm bound = constant_form(clamped->constant >> shift);
        const LinearForm moved = floor(clamped->inside * clamped->factor + constant_form(clamped->constant), shift);
        const bool is_falling = clamped->factor.sign() < 0;
        const LinearForm result = is_falling ? bound - relu(bound - moved) : bound + relu(moved - bound);
        note(result, {range.low >> shift, range.high >> shift});
        note(form - result * Integer::power_of_two(shift), {0, Integer::power_of_two(shift) - Integer(1)});
        return result;
    }
    int common = shift;  // zeros at the end of all coefficients: bits of the constant below them cannot matter
    for (const auto& [number, coefficient] : form.terms) {
        common = std::min(common, coefficient.trailing_zeros());
    }
    if (common > 0) {
        return floor(divided(form, Integer::power_of_two(common)), shift - common);
    }
    // Coefficients of least size say most of the range.
    LinearForm whole = constant_form(form.constant >> shift);
    LinearForm part = constant_form(form.constant.low_bits(shift));
    for (const auto& [number, coefficient] : form.terms) {
        const Integer least = coefficient.low_bits_signed(shift);
        if (!least.is_zero()) {
            part.terms.emplace_back(number, least);
        }
        if (const Integer multiple = (coefficient - least) >> shift; !multiple.is_zero()) {
            whole.terms.emplace_back(number, multiple);
        }
    }
    const Interval range = interval_of(part, is_constant);
    if (is_constant(range)) {
        return whole + constant_form(range.low >> shift);
    }
    if (const LinearForm rest = matching_coefficients(part, shift); rest != part) {
        if (const Interval interval = interval_of(rest, is_constant); is_constant(interval)) {
            return whole + divided(part - rest, Integer::power_of_two(shift)) + constant_form(interval.low >> shift);
        }
    }
    const auto inner =
        std::ranges::find_if(part.terms, [&](const auto& term) { return term.second == Integer(1) && atoms_[term.first].kind == Atom::Kind::Floor; });
    if (inner != part.terms.end()) {
        const Atom divided = atoms_[inner->first];
        part.terms.erase(inner);
        return whole + floor(divided.inside + part * Integer::power_of_two(divided.amount), shift + divided.amount);
    }
    return whole + atom(fmt::format("floor {} {}", shift, text_of(part)), {Atom::Kind::Floor, shift, part, {range.low >> shift, range.high >> shift}});
}

LinearForm NormalForms::relu(const LinearForm& form, const std::optional<Interval>& known) {
    const auto with_known = [&](const Interval& interval) { return known ? common_part(interval, *known) : interval; };
    const auto has_one_sign = [&](const Interval& interval) { return with_known(interval).low.sign() >= 0 || with_known(interval).high.sign() <= 0; };
    const Interval range = with_known(interval_of(form, has_one_sign));
    if (has_one_sign(range)) {
        return range.low.sign() >= 0 ? form : LinearForm{};
    }
    const Integer divisor = greatest_common_divisor(common_divisor(form), form.constant);
    const LinearForm inside = divided(form, divisor);
    if (const auto opposite = numbers_.find("relu " + text_of(inside * Integer(-1))); opposite != numbers_.end()) {
        LinearForm turned = form + LinearForm{{{opposite->second, divisor}}, 0};
        note(turned, {0, range.high});
        return turned;
    }
    const Interval result{0, floor_divide(range.high, divisor)};
    return atom("relu " + text_of(inside), {Atom::Kind::Relu, 0, inside, result}) * divisor;
}

/// Tables of one operand are equal where they agree on the addresses that both take for possible.
LinearForm NormalForms::table(LookupTable table, const std::string& operand, const Interval& interval) {
    std::vector<TableAtom>& known = tables_[operand];
    const auto agrees = [&](const TableAtom& other) {
        const Integer first = std::max(table.first, other.table.first);
        const auto end_of = [](const LookupTable& t) { return t.first + Integer(static_cast<std::int64_t>(t.entries.size())); };
        const Integer end = std::min(end_of(table), end_of(other.table));
        const std::int64_t size = end > first ? (end - first).to_int64() : 0;
        return size > 0 && std::equal(table.entries.begin() + (first - table.first).to_int64(), table.entries.begin() + (first - table.first).to_int64() + size,
                                      other.table.entries.begin() + (first - other.table.first).to_int64());
    };
    const auto equal = std::ranges::find_if(known, agrees);
    if (equal != known.end()) {
        atoms_[equal->number].interval = common_part(atoms_[equal->number].interval, interval);
        return {{{equal->number, 1}}, 0};
    }
    const LinearForm added = atom(fmt::format("table {} of {}", known.size(), operand), {.inside = {}, .interval = interval});
    known.push_back({std::move(table), added.terms[0].first});
    return added;
}

/// Works through one circuit.
class NormalForms::Forming {
public:
    Forming(NormalForms& forms, const Circuit& circuit) : forms_(forms), circuit_(circuit), result_(circuit.size()) {}

    std::vector<LinearForm> run() {
        std::size_t place = 0;
        for (const Wire wire : flat_wires(circuit_.inputs())) {
            result_[wire.index] = forms_.atom(fmt::format("input {}", place++), {.inside = {}, .interval = circuit_.interval(wire)});
        }
        const std::vector<bool> is_live = needed_wires(circuit_);
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            if (circuit_.interval(wire).is_constant()) {
                result_[wire.index] = constant_form(circuit_.interval(wire).low);
            } else if (is_live[wire.index] && circuit_[wire].kind != Input) {
                result_[wire.index] = make(wire);
                forms_.note(result_[wire.index], circuit_.interval(wire));
            }
        }
        return std::move(result_);
    }

private:
    const LinearForm& operand(Wire wire, std::size_t i) const { return result_[circuit_.operands(wire)[i].index]; }
    const Interval& interval(Wire wire, std::size_t i) const { return circuit_.interval(circuit_.operands(wire)[i]); }

    LinearForm wrapped(Wire wire, const LinearForm& form, const std::optional<Interval>& known = std::nullopt) const {
        return forms_.wrap(form, circuit_.type(wire), known);
    }

    /// An atom that only equal primitives on equal operands share.
    LinearForm other(Wire wire, std::string key) const {
        key = fmt::format("{} {} {}", to_string(circuit_[wire].kind), circuit_.type(wire).is_signed, circuit_.type(wire).width) + key;
        for (const Wire term : circuit_.operands(wire)) {
            key += " " + text_of(result_[term.index]);
        }
        return forms_.atom(key, {.inside = {}, .interval = circuit_.interval(wire)});
    }

    LinearForm make(Wire wire) const {
        const Primitive& p = circuit_[wire];
        const auto amount = static_cast<int>(std::min<std::uint32_t>(p.amount, 2 * max_width));
        switch (p.kind) {
            case Input:
            case Constant: LUTRA_UNREACHABLE("has its form");
            case Register:
            case MovePoint: return operand(wire, 0);
            case Wrap: return wrapped(wire, operand(wire, 0), interval(wire, 0));
            case ShiftLeft: return wrapped(wire, operand(wire, 0) * Integer::power_of_two(amount), interval(wire, 0) * Integer::power_of_two(amount));
            case ShiftRight: {
                const Interval known{interval(wire, 0).low >> amount, interval(wire, 0).high >> amount};
                return wrapped(wire, forms_.floor(operand(wire, 0), amount), known);
            }
            case Add: return wrapped(wire, operand(wire, 0) + operand(wire, 1), interval(wire, 0) + interval(wire, 1));
            case Subtract: return wrapped(wire, operand(wire, 0) - operand(wire, 1), interval(wire, 0) - interval(wire, 1));
            case Negate: return wrapped(wire, operand(wire, 0) * Integer(-1), interval(wire, 0) * Integer(-1));
            case Not: {
                const Integer ones = p.type.is_signed ? Integer(-1) : p.type.max_raw();
                return wrapped(wire, constant_form(ones) - operand(wire, 0), Interval{ones, ones} + interval(wire, 0) * Integer(-1));
            }
            case Sum: return sum(wire);
            case Max:
            case Min: return clamp(wire);
            case Concat: return concat(wire);
            case Table: return table(wire);
            case Multiply: {
                const std::size_t constant = operand(wire, 0).is_constant() ? 0 : 1;
                const bool is_linear = operand(wire, constant).is_constant();
                return is_linear ? wrapped(wire, operand(wire, 1 - constant) * operand(wire, constant).constant) : other(wire, "");
            }
            case And:
            case Or:
            case Xor: return other(wire, "");
            case Equal: return forms_.atom("equal " + text_of(operand(wire, 0) - operand(wire, 1)), {.inside = {}, .interval = p.interval});
            case Less: return less(wire);
            case Mux: return operand(wire, 0).is_constant() ? operand(wire, operand(wire, 0).constant.is_zero() ? 2 : 1) : other(wire, "");
        }
        LUTRA_UNREACHABLE("primitive kind");
    }

    LinearForm sum(Wire wire) const {
        LinearForm total = constant_form(circuit_.constant(wire));
        Interval known{total.constant, total.constant};
        for (std::size_t i = 0; i < circuit_.operands(wire).size(); ++i) {
            total = total + operand(wire, i) * circuit_.coefficients(wire)[i];
            known = known + interval(wire, i) * circuit_.coefficients(wire)[i];
        }
        return wrapped(wire, total, known);
    }

    LinearForm clamp(Wire wire) const {
        const bool first_is_bound = operand(wire, 0).is_constant();
        const LinearForm& value = operand(wire, first_is_bound ? 1 : 0);
        const LinearForm& bound = operand(wire, first_is_bound ? 0 : 1);
        const Interval difference = interval(wire, first_is_bound ? 1 : 0) - interval(wire, first_is_bound ? 0 : 1);
        return circuit_[wire].kind == Max ? bound + forms_.relu(value - bound, difference) : bound - forms_.relu(bound - value, difference * Integer(-1));
    }

    /// c * x + d < 0 is x + floor(d / c) < 0.
    LinearForm less(Wire wire) const {
        const LinearForm difference = operand(wire, 0) - operand(wire, 1);
        const LinearForm least = difference.is_constant() ? difference : divided(difference, common_divisor(difference));
        return forms_.atom("less " + text_of(least), {.inside = {}, .interval = circuit_.interval(wire)});
    }

    LinearForm concat(Wire wire) const {
        FixedPointType low = circuit_.type(circuit_.operands(wire)[1]);
        low.is_signed = false;
        const LinearForm bits = forms_.wrap(operand(wire, 1), low, interval(wire, 1));
        return wrapped(wire, operand(wire, 0) * Integer::power_of_two(low.width) + bits);
    }

    LinearForm table(Wire wire) const {
        const LookupTable& source = circuit_.table(wire);
        const Interval& domain = interval(wire, 0);
        const auto begin = source.entries.begin() + (domain.low - source.first).to_int64();
        const auto end = begin + (domain.high - domain.low).to_int64() + 1;
        const FixedPointType& type = circuit_.type(wire);
        LookupTable reachable{domain.low, {begin, end}};
        for (Integer& entry : reachable.entries) {
            entry = type.is_signed ? entry.low_bits_signed(type.width) : entry.low_bits(type.width);
        }
        return forms_.table(std::move(reachable), text_of(operand(wire, 0)), circuit_.interval(wire));
    }

    NormalForms& forms_;
    const Circuit& circuit_;
    std::vector<LinearForm> result_;
};

std::vector<LinearForm> NormalForms::of(const Circuit& circuit) { return Forming(*this, circuit).run(); }

}  // namespace lutra
