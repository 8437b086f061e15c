#include "lutra/optimize/delay_clamps.h"

#include <array>
#include <optional>

#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// min or max of a value and a constant, in the new circuit.
struct Clamp {
    PrimitiveKind kind = Max;
    Wire value;
    Dyadic bound = 0;
};

class ClampDelay {
public:
    explicit ClampDelay(const Circuit& circuit)
        : source_(circuit), rewriter_(circuit), b_(rewriter_.builder()), uses_(count_uses(circuit, live_wires(circuit))), clamps_(circuit.size()) {}

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            rewriter_.follow_origin(wire);
            if (!delay(wire)) {
                rewriter_.copy(wire);
                note_clamp(wire);
            }
        }
        return rewriter_.finish();
    }

private:
    Dyadic value_of(Wire constant) const { return Dyadic(source_.interval(constant).low, -source_.type(constant).fraction); }

    void note_clamp(Wire wire) {
        const PrimitiveKind kind = source_[wire].kind;
        if (kind != Min && kind != Max) {
            return;
        }
        const auto operands = source_.operands(wire);
        for (std::size_t i = 0; i < 2; ++i) {
            if (source_.interval(operands[i]).is_constant()) {
                clamps_[wire.index] = Clamp{kind, rewriter_.now(operands[1 - i]), value_of(operands[i])};
            }
        }
    }

    /// The primitive as f(clamp) => clamp(f), when its operand is a clamp that nothing else reads.
    bool delay(Wire wire) {
        const auto operands = source_.operands(wire);
        if (operands.size() != 1 || uses_[operands[0].index] != 1 || !clamps_[operands[0].index]) {
            return false;
        }
        const Clamp& clamp = *clamps_[operands[0].index];
        const std::optional<Clamp> delayed = apply(wire, clamp);
        if (!delayed) {
            return false;
        }
        const Wire bound = b_.constant(delayed->bound);
        const Wire result = delayed->kind == Max ? b_.max(delayed->value, bound) : b_.min(delayed->value, bound);
        if (!range_of(source_.type(wire)).contains(raw_interval(result, source_.type(wire).fraction))) {
            return false;
        }
        rewriter_.replace(wire, b_.extend(b_.align(result, source_.type(wire).fraction), source_.type(wire)));
        clamps_[wire.index] = delayed;
        return true;
    }

    Interval raw_interval(Wire wire, int fraction) const {
        const int shift = fraction - b_.type(wire).fraction;
        return shift >= 0 ? Interval{b_.interval(wire).low << shift, b_.interval(wire).high << shift} : b_.interval(wire);
    }

    std::optional<Clamp> apply(Wire wire, const Clamp& clamp) {
        const Primitive& p = source_[wire];
        const Wire operand = source_.operands(wire)[0];
        if (!is_exact(wire)) {
            return std::nullopt;
        }
        if (p.kind == ShiftLeft || p.kind == Wrap) {  // the value stays
            return clamp;
        }
        if (p.kind == MovePoint) {
            const int exponent = source_.type(operand).fraction - p.type.fraction;
            return Clamp{clamp.kind, b_.scale(clamp.value, exponent), clamp.bound * Dyadic(Integer(1), exponent)};
        }
        if (p.kind == ShiftRight) {
            return Clamp{clamp.kind, b_.round(clamp.value, p.type.fraction, Rounding::Truncate), floor_of(clamp.bound, p.type.fraction)};
        }
        if (p.kind == Sum && source_.coefficients(wire)[0].sign() > 0) {
            const Dyadic factor(source_.coefficients(wire)[0], source_.type(operand).fraction - p.type.fraction);
            const Dyadic constant(source_.constant(wire), -p.type.fraction);
            const std::array terms = {LinearTerm{clamp.value, factor}};
            return Clamp{clamp.kind, factor == Dyadic(1) ? b_.add_constant(clamp.value, constant) : b_.sum(terms, constant), clamp.bound * factor + constant};
        }
        return std::nullopt;
    }

    static Dyadic floor_of(const Dyadic& value, int fraction) {
        const int drop = -value.exponent() - fraction;
        return drop <= 0 ? value : Dyadic(value.mantissa() >> drop, -fraction);
    }

    /// No bit is lost modulo 2^width.
    bool is_exact(Wire wire) const {
        const Primitive& p = source_[wire];
        const Interval& operand = source_.interval(source_.operands(wire)[0]);
        Interval exact = operand;
        if (p.kind == Sum) {
            exact = operand * source_.coefficients(wire)[0] + Interval{source_.constant(wire), source_.constant(wire)};
        } else if (p.kind == ShiftLeft) {
            exact = {operand.low << static_cast<int>(p.amount), operand.high << static_cast<int>(p.amount)};
        } else if (p.kind == ShiftRight) {
            exact = {operand.low >> static_cast<int>(p.amount), operand.high >> static_cast<int>(p.amount)};
        }
        return range_of(p.type).contains(exact);
    }

    const Circuit& source_;
    CircuitRewriter rewriter_;
    CircuitBuilder& b_;
    std::vector<int> uses_;
    std::vector<std::optional<Clamp>> clamps_;  ///< per wire of the source
};

}  // namespace

Circuit delay_clamps(const Circuit& circuit) { return ClampDelay(circuit).run(); }

}  // namespace lutra
