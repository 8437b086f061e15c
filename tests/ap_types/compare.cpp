// Compares lutra::quantize_raw with the vendor's open ap_types headers: every value of small source types, converted to targets of every
// rounding and overflow mode with every number of saturation bits. Built and run by run.sh, which fetches the headers.

#include <cstdint>
#include <cstdio>
#include <type_traits>
#include <utility>

#include "ap_fixed.h"
#include "lutra/num/fixed_point_type.h"

namespace {

using lutra::FixedPointType;
using lutra::Overflow;
using lutra::Quantization;
using lutra::Rounding;

struct RoundingPair {
    ap_q_mode theirs;
    Rounding ours;
};
constexpr RoundingPair roundings[] = {
    {AP_TRN, Rounding::Truncate},        {AP_TRN_ZERO, Rounding::TruncateZero}, {AP_RND, Rounding::HalfUp},          {AP_RND_MIN_INF, Rounding::HalfDown},
    {AP_RND_ZERO, Rounding::HalfToZero}, {AP_RND_INF, Rounding::HalfFromZero},  {AP_RND_CONV, Rounding::HalfToEven},
};

struct OverflowPair {
    ap_o_mode theirs;
    Overflow ours;
};
constexpr OverflowPair overflows[] = {
    {AP_WRAP, Overflow::Wrap},
    {AP_WRAP_SM, Overflow::WrapSignMagnitude},
    {AP_SAT, Overflow::Saturate},
    {AP_SAT_ZERO, Overflow::SaturateZero},
    {AP_SAT_SYM, Overflow::SaturateSymmetric},
};

long num_compared = 0;
long num_mismatches = 0;

template <bool Signed, int Width, int IntegerBits, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using Fixed = std::conditional_t<Signed, ap_fixed<Width, IntegerBits, Q, O, N>, ap_ufixed<Width, IntegerBits, Q, O, N>>;

/// Converts every value of a source type and compares the raw results.
template <typename Target, bool SourceSigned, int SourceWidth, int SourceIntegerBits>
void compare_conversions(const Quantization& quantization) {
    const FixedPointType source{SourceSigned, SourceWidth, SourceWidth - SourceIntegerBits};
    for (std::int64_t raw = source.min_raw().to_int64(); raw <= source.max_raw().to_int64(); ++raw) {
        Fixed<SourceSigned, SourceWidth, SourceIntegerBits> value;
        value.range() = static_cast<std::uint64_t>(raw);
        const Target converted = value;
        const std::uint64_t bits = converted.range().to_uint64();
        const lutra::Integer theirs = quantization.type.is_signed ? lutra::Integer(bits).low_bits_signed(quantization.type.width) : lutra::Integer(bits);
        const lutra::Integer ours = lutra::quantize_raw(raw, source.fraction, quantization);
        ++num_compared;
        if (ours != theirs && ++num_mismatches <= 40) {
            std::printf("%lld of %s to %s: ap_types %s, lutra %s\n", static_cast<long long>(raw), to_string(source).c_str(), to_string(quantization).c_str(),
                        theirs.to_string().c_str(), ours.to_string().c_str());
        }
    }
}

template <bool Signed, int Width, int IntegerBits, std::size_t RoundingIndex, std::size_t OverflowIndex, int N>
void compare_target() {
    constexpr RoundingPair q = roundings[RoundingIndex];
    constexpr OverflowPair o = overflows[OverflowIndex];
    using Target = Fixed<Signed, Width, IntegerBits, q.theirs, o.theirs, N>;
    const Quantization quantization{{Signed, Width, Width - IntegerBits}, q.ours, o.ours, N};
    compare_conversions<Target, true, 7, 4>(quantization);
    compare_conversions<Target, false, 6, 3>(quantization);
}

template <bool Signed, int Width, int IntegerBits, std::size_t RoundingIndex>
void compare_overflows() {
    [&]<int... N>(std::integer_sequence<int, N...>) {
        (compare_target<Signed, Width, IntegerBits, RoundingIndex, 0, N>(), ...);
        if constexpr (Signed) {  // the headers refuse unsigned WRAP_SM
            (compare_target<Signed, Width, IntegerBits, RoundingIndex, 1, N>(), ...);
        }
    }(std::make_integer_sequence<int, Width + 1>());
    compare_target<Signed, Width, IntegerBits, RoundingIndex, 2, 0>();
    compare_target<Signed, Width, IntegerBits, RoundingIndex, 3, 0>();
    compare_target<Signed, Width, IntegerBits, RoundingIndex, 4, 0>();
}

template <bool Signed, int Width, int IntegerBits>
void compare_all_modes() {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (compare_overflows<Signed, Width, IntegerBits, Index>(), ...);
    }(std::make_index_sequence<std::size(roundings)>());
}

}  // namespace

int main() {
    compare_all_modes<COMPARE_SIGNED, COMPARE_WIDTH, COMPARE_INTEGER_BITS>();
    std::printf("%s<%d,%d>: %ld conversions, %ld mismatches\n", COMPARE_SIGNED ? "fixed" : "ufixed", COMPARE_WIDTH, COMPARE_INTEGER_BITS, num_compared,
                num_mismatches);
    return num_mismatches == 0 ? 0 : 1;
}
