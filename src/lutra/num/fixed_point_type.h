#pragma once

/// Fixed-point types, the rounding and overflow modes of the field, and the exact conversion between types.

#include <optional>
#include <string>
#include <string_view>

#include "lutra/num/integer.h"

namespace lutra {

/// How bits below the last kept one are dropped: the quantisation modes of ap_fixed (Xilinx UG1399, table of AP_RND...), and the
/// two of QONNX that ap_fixed lacks.
enum class Rounding {
    Truncate,      ///< TRN: towards minus infinity
    TruncateZero,  ///< TRN_ZERO: towards zero
    HalfUp,        ///< RND: to nearest, ties towards plus infinity
    HalfDown,      ///< RND_MIN_INF: to nearest, ties towards minus infinity
    HalfToZero,    ///< RND_ZERO: to nearest, ties towards zero
    HalfFromZero,  ///< RND_INF: to nearest, ties away from zero
    HalfToEven,    ///< RND_CONV: to nearest, ties to even
    Ceiling,       ///< CEIL: towards plus infinity (QONNX only)
    FromZero,      ///< UP: away from zero (QONNX only)
};

/// What happens to values beyond the range: the overflow modes of ap_fixed.
enum class Overflow {
    Wrap,               ///< WRAP: modulo 2^width; with n saturation bits the top n bits are saturated instead
    WrapSignMagnitude,  ///< WRAP_SM: sign-magnitude wrap, with n saturation bits; on unsigned types the same as Wrap
    Saturate,           ///< SAT: to the nearest bound
    SaturateZero,       ///< SAT_ZERO: to zero
    SaturateSymmetric,  ///< SAT_SYM: to the nearest bound of a symmetric range
};

/// Values raw * 2^-fraction, with raw an integer of `width` bits (two's complement when signed).
/// In ap_fixed<W, I> terms W = width and I = width - fraction; fraction may be negative or larger than width.
/// A type of width 0 holds only the value 0.
struct FixedPointType {
    bool is_signed = false;
    int width = 0;
    int fraction = 0;

    int integer_bits() const { return width - fraction; }
    Integer min_raw() const { return is_signed && width > 0 ? -Integer::power_of_two(width - 1) : Integer(0); }
    Integer max_raw() const;
    /// The lower bound of SAT_SYM: -max_raw() of signed types, but -1 for width 1.
    Integer min_symmetric_raw() const;
    bool contains(const Integer& raw) const { return min_raw() <= raw && raw <= max_raw(); }

    friend bool operator==(const FixedPointType&, const FixedPointType&) = default;
};

/// The largest width and the largest magnitude of a fraction that any part of Lutra accepts; beyond it memory is at stake.
inline constexpr int max_width = 4096;
inline constexpr int max_fraction = 8192;

/// The smallest type with this fraction that holds all integers from `low` to `high`, in units of 2^-fraction.
FixedPointType smallest_type(const Integer& low, const Integer& high, int fraction);

/// `fixed<W,I>` or `ufixed<W,I>`.
std::string to_string(const FixedPointType& type);
inline std::string format_as(const FixedPointType& type) { return to_string(type); }

/// How a value becomes one of a type.
struct Quantization {
    FixedPointType type;
    Rounding rounding = Rounding::Truncate;
    Overflow overflow = Overflow::Wrap;
    int saturation_bits = 0;  ///< for Wrap and WrapSignMagnitude

    friend bool operator==(const Quantization&, const Quantization&) = default;
};

/// ap_fixed's name of a mode, such as "RND_CONV"; and back, with or without the prefix "AP_".
std::string_view to_string(Rounding rounding);
std::string_view to_string(Overflow overflow);
std::optional<Rounding> parse_rounding(std::string_view name);
std::optional<Overflow> parse_overflow(std::string_view name);

/// `fixed<W,I>`, followed by the modes that are not the defaults of ap_fixed: `ufixed<6,2,RND,SAT>`.
std::string to_string(const Quantization& quantization);

/// Reads the string forms of the field: `fixed<W,I,Q,O,N>`, `ufixed<..>`, `ap_fixed<..>`, `ap_ufixed<..>`, `int<W>`, `uint<W>`, `ap_int<W>`,
/// `ap_uint<W>`, `ac_fixed<W,I,S,Q,O>`, `ac_int<W,S>` (S: true or false); spaces are ignored.
std::optional<Quantization> parse_quantization(std::string_view text);

/// raw * 2^-drop rounded to an integer. drop may be negative (nothing is rounded then).
Integer round_raw(const Integer& raw, int drop, Rounding rounding);

/// The raw value in `quantization.type` of raw * 2^-fraction: rounded first, then brought into range. WRAP_SM without saturation bits takes
/// the new sign from the number before rounding, as the vendor's ap_fixed does.
Integer quantize_raw(const Integer& raw, int fraction, const Quantization& quantization);

}  // namespace lutra
