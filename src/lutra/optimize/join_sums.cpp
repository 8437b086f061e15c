#include "lutra/optimize/join_sums.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

constexpr int all_bits = std::numeric_limits<int>::max() / 2;

/// What a raw value is modulo 2^num_bits, over wires of the new circuit.
struct LinearForm {
    std::vector<Wire> operands;
    std::vector<Integer> coefficients;
    Integer constant = 0;
    int num_bits = all_bits;
};

class SumJoining {
public:
    explicit SumJoining(const Circuit& circuit)
        : source_(circuit), rewriter_(circuit), b_(rewriter_.builder()), uses_(count_uses(circuit, live_wires(circuit))), forms_(circuit.size()) {}

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            rewriter_.follow_origin(wire);
            forms_[wire.index] = form_of(wire);
            const std::optional<LinearForm> simpler = simplified(wire);
            const std::optional<Wire> made = simpler ? std::optional(append(wire, *simpler)) : std::nullopt;
            // Tables hold entries for the interval that was known.
            if (made && source_.interval(wire).contains(b_.interval(*made))) {
                rewriter_.replace(wire, *made);
                forms_[wire.index] = simpler;
            } else {
                rewriter_.copy(wire);
            }
        }
        return rewriter_.finish();
    }

private:
    const Primitive& primitive(Wire wire) const { return source_[wire]; }

    /// The form of a wire in terms of the operands of the sum behind it; nothing where there is none, or where others read it too.
    std::optional<LinearForm> form_of(Wire wire) const {
        const Primitive& p = primitive(wire);
        if (p.kind == Sum) {
            if (std::ranges::any_of(source_.operands(wire), [&](Wire operand) { return is_table(operand); })) {
                return std::nullopt;
            }
            LinearForm form;
            for (std::size_t i = 0; i < source_.operands(wire).size(); ++i) {
                form.operands.push_back(rewriter_.now(source_.operands(wire)[i]));
                form.coefficients.push_back(source_.coefficients(wire)[i]);
            }
            form.constant = source_.constant(wire);
            return within(std::move(form), p.type);
        }
        if (p.kind != MovePoint && p.kind != Wrap) {
            return std::nullopt;
        }
        const Wire operand = source_.operands(wire)[0];
        std::optional<LinearForm> form = uses_[operand.index] == 1 ? forms_[operand.index] : std::nullopt;
        if (form && p.kind == Wrap && !range_of(p.type).contains(source_.interval(operand))) {
            form->num_bits = std::min(form->num_bits, p.type.width);
        }
        return form;
    }

    /// Several roundings of one sum of tables are worth a sum of their own: joined, each would add the tables again.
    bool is_table(Wire wire) const {
        while (primitive(wire).kind == MovePoint || primitive(wire).kind == Wrap) {
            wire = source_.operands(wire)[0];
        }
        return primitive(wire).kind == Table;
    }

    /// The form of a value that is wrapped to a type.
    LinearForm within(LinearForm form, const FixedPointType& type) const {
        if (!range_of(type).contains(interval_of(form))) {
            form.num_bits = std::min(form.num_bits, type.width);
        }
        return form;
    }

    Interval interval_of(const LinearForm& form) const {
        Interval interval{form.constant, form.constant};
        for (std::size_t i = 0; i < form.operands.size(); ++i) {
            interval = interval + b_.interval(form.operands[i]) * form.coefficients[i];
        }
        return interval;
    }

    std::optional<LinearForm> simplified(Wire wire) const {
        switch (primitive(wire).kind) {
            case Sum: return joined(wire);
            case ShiftRight: return rounded(wire);
            default: return std::nullopt;
        }
    }

    /// A sum whose only term is a sum, times a power of two.
    std::optional<LinearForm> joined(Wire wire) const {
        const auto operands = source_.operands(wire);
        if (operands.size() != 1 || uses_[operands[0].index] != 1 || !forms_[operands[0].index]) {
            return std::nullopt;
        }
        const Integer& factor = source_.coefficients(wire)[0];
        const int shift = factor.trailing_zeros();
        LinearForm form = *forms_[operands[0].index];
        if (factor.abs() != Integer::power_of_two(shift) || form.num_bits + shift < primitive(wire).type.width) {
            return std::nullopt;
        }
        for (Integer& coefficient : form.coefficients) {
            coefficient = coefficient * factor;
        }
        form.constant = form.constant * factor + source_.constant(wire);
        form.num_bits = std::min(form.num_bits + shift, all_bits);
        return within(std::move(form), primitive(wire).type);
    }

    /// A sum without its low bits, where its small terms never reach the others.
    std::optional<LinearForm> rounded(Wire wire) const {
        const Wire operand = source_.operands(wire)[0];
        const auto amount = static_cast<int>(primitive(wire).amount);
        if (!forms_[operand.index]) {
            return std::nullopt;
        }
        const LinearForm& whole = *forms_[operand.index];
        LinearForm small{.operands = {}, .coefficients = {}, .constant = whole.constant};
        LinearForm large{.operands = {}, .coefficients = {}, .num_bits = whole.num_bits == all_bits ? all_bits : whole.num_bits - amount};
        for (std::size_t i = 0; i < whole.operands.size(); ++i) {
            const bool is_large = whole.coefficients[i].trailing_zeros() >= amount;
            LinearForm& part = is_large ? large : small;
            part.operands.push_back(whole.operands[i]);
            part.coefficients.push_back(is_large ? whole.coefficients[i] >> amount : whole.coefficients[i]);
        }
        const Interval carried = interval_of(small);
        const bool is_constant = carried.low >> amount == carried.high >> amount;
        large.constant = carried.low >> amount;
        if (small.operands.empty() || large.operands.empty() || !is_constant || large.num_bits < primitive(wire).type.width ||
            (uses_[operand.index] != 1 && !is_plain(large))) {
            return std::nullopt;
        }
        return within(std::move(large), primitive(wire).type);
    }

    static bool is_plain(const LinearForm& form) { return form.operands.size() == 1 && form.coefficients[0] == Integer(1) && form.constant.is_zero(); }

    /// The form as the type of a wire of the source.
    Wire append(Wire wire, const LinearForm& form) {
        const FixedPointType& type = primitive(wire).type;
        if (is_plain(form)) {
            return as_type(form.operands[0], type);
        }
        std::vector<Integer> integers = form.coefficients;
        integers.push_back(form.constant);
        return b_.append({.kind = Sum, .type = type, .operands = form.operands, .integers = integers});
    }

    /// The raw value of a wire, wrapped to a type.
    Wire as_type(Wire wire, const FixedPointType& type) {
        FixedPointType moved = b_.type(wire);
        if (moved.fraction != type.fraction) {
            moved.fraction = type.fraction;
            wire = b_.append({.kind = MovePoint, .type = moved, .operands = std::array{wire}});
        }
        return moved == type ? wire : b_.append({.kind = Wrap, .type = type, .operands = std::array{wire}});
    }

    const Circuit& source_;
    CircuitRewriter rewriter_;
    CircuitBuilder& b_;
    std::vector<int> uses_;
    std::vector<std::optional<LinearForm>> forms_;  ///< per wire of the source
};

}  // namespace

Circuit join_sums(const Circuit& circuit) { return SumJoining(circuit).run(); }

}  // namespace lutra
