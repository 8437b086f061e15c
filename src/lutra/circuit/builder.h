#pragma once

/// Builds circuits from exact values: aligns binary points, extends operands, chooses result types from proved intervals.

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "lutra/base/index_table.h"
#include "lutra/circuit/circuit.h"
#include "lutra/num/dyadic.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {

/// One term of an exact sum: coefficient * value of the wire.
struct LinearTerm {
    Wire wire;
    Dyadic coefficient = 1;
};

/// Appends primitives to a circuit. Everything here speaks of values (raw * 2^-fraction) and is exact unless it says otherwise: a result has
/// the smallest type that holds its proved interval. Equal primitives are made once, constants are folded.
class CircuitBuilder {
public:
    const Circuit& circuit() const { return circuit_; }
    /// Hands the circuit over; the builder is empty then.
    Circuit finish();
    /// Names the layer that the next primitives belong to.
    void set_origin(std::string_view origin) { circuit_.set_origin(origin); }
    void add_input(Port port) { circuit_.add_input(std::move(port)); }
    void add_output(Port port) { circuit_.add_output(std::move(port)); }

    // By value: appending moves what the circuit holds.
    FixedPointType type(Wire wire) const { return circuit_.type(wire); }
    Interval interval(Wire wire) const { return circuit_.interval(wire); }

    // Sources
    Wire input(const FixedPointType& type);
    /// An input that is known to stay within an interval of its type.
    Wire input(const FixedPointType& type, const Interval& interval);
    Wire constant(const Dyadic& value);
    Wire boolean(bool value) { return constant(value ? 1 : 0); }

    // Exact arithmetic
    Wire add(Wire a, Wire b);
    Wire subtract(Wire a, Wire b);
    Wire negate(Wire a);
    Wire multiply(Wire a, Wire b);
    /// |a|.
    Wire abs(Wire a);
    /// The sum of coefficient * wire over the terms, plus a constant.
    Wire sum(std::span<const LinearTerm> terms, const Dyadic& constant);
    /// a + constant; joins a sum that a is the result of.
    Wire add_constant(Wire a, const Dyadic& constant);
    /// a * 2^exponent: moves the binary point, costs nothing.
    Wire scale(Wire a, int exponent);

    // Comparison and choice
    Wire less(Wire a, Wire b);
    Wire less_equal(Wire a, Wire b) { return logical_not(less(b, a)); }
    Wire equal(Wire a, Wire b);
    Wire is_negative(Wire a);
    Wire mux(Wire selector, Wire if_true, Wire if_false);
    Wire min(Wire a, Wire b);
    Wire max(Wire a, Wire b);
    Wire clamp(Wire a, const Dyadic& low, const Dyadic& high) { return max(min(a, constant(high)), constant(low)); }
    Wire logical_not(Wire a);
    Wire logical_and(Wire a, Wire b) { return bitwise(PrimitiveKind::And, a, b); }
    Wire logical_or(Wire a, Wire b) { return bitwise(PrimitiveKind::Or, a, b); }
    Wire logical_xor(Wire a, Wire b) { return bitwise(PrimitiveKind::Xor, a, b); }

    // Tables
    /// f(raw of a) for every raw integer in the interval of a, which must span at most 2^max_table_bits entries. The results are raw
    /// integers of the given fraction.
    Wire table(Wire a, int fraction, const std::function<Integer(const Integer& raw)>& f);
    static constexpr int max_table_bits = 20;

    // Changes of type
    /// The value rounded to a multiple of 2^-fraction; exact when it is one already.
    Wire round(Wire a, int fraction, Rounding rounding);
    /// The value rounded, then brought into range, as a wire of exactly `quantization.type`.
    Wire quantize(Wire a, const Quantization& quantization);
    /// The same value with this fraction, which must not lose bits.
    Wire align(Wire a, int fraction);
    /// The same value as this type, which must hold the interval of a.
    Wire extend(Wire a, const FixedPointType& type);
    /// The low bits of a, read as this type: modulo 2^width. The fraction must be that of a.
    Wire wrap(Wire a, const FixedPointType& type);
    /// Bits [low, low + width) of the raw two's complement, as an unsigned integer.
    Wire bits(Wire a, int low, int width);
    Wire concat(Wire high, Wire low);

    /// One clock cycle of delay.
    Wire register_stage(Wire a);

    /// Appends a primitive as it is, but for constant folding and sharing. For passes that rewrite circuits.
    Wire append(const PrimitiveSpec& spec);
    std::uint32_t add_table(LookupTable table) { return circuit_.add_table(std::move(table)); }

private:
    /// Both operands as one type that holds both.
    struct Pair {
        Wire a;
        Wire b;
        FixedPointType type;
    };
    Pair unify(Wire a, Wire b);
    Wire unary(PrimitiveKind kind, Wire a, const FixedPointType& type, std::uint32_t amount = 0);
    Wire binary(PrimitiveKind kind, Wire a, Wire b, const FixedPointType& type);
    Wire bitwise(PrimitiveKind kind, Wire a, Wire b);
    /// Brings the rounded value into range; `source` is the value before rounding.
    Wire overflow(Wire rounded, Wire source, const Quantization& quantization);
    Wire overflow_wrap(Wire a, const Quantization& quantization);
    Wire overflow_sign_magnitude(Wire rounded, Wire source, const FixedPointType& type, int saturation_bits);
    /// The value is beyond the range of the type.
    Wire is_outside(Wire a, const FixedPointType& type);
    Wire raw_constant(const Integer& raw, const FixedPointType& type);

    Circuit circuit_;
    IndexTable known_;  ///< the wires that are no inputs, by their primitives
};

}  // namespace lutra
