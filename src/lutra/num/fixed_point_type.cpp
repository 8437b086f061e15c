#include "lutra/num/fixed_point_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

template <typename Mode>
struct ModeName {
    Mode mode;
    std::string_view name;
};

constexpr std::array rounding_names = {
    ModeName{Rounding::Truncate, "TRN"},         ModeName{Rounding::TruncateZero, "TRN_ZERO"}, ModeName{Rounding::HalfUp, "RND"},
    ModeName{Rounding::HalfDown, "RND_MIN_INF"}, ModeName{Rounding::HalfToZero, "RND_ZERO"},   ModeName{Rounding::HalfFromZero, "RND_INF"},
    ModeName{Rounding::HalfToEven, "RND_CONV"},  ModeName{Rounding::Ceiling, "CEIL"},          ModeName{Rounding::FromZero, "UP"},
};

constexpr std::array overflow_names = {
    ModeName{Overflow::Wrap, "WRAP"},         ModeName{Overflow::WrapSignMagnitude, "WRAP_SM"},
    ModeName{Overflow::Saturate, "SAT"},      ModeName{Overflow::SaturateZero, "SAT_ZERO"},
    ModeName{Overflow::SaturateSymmetric, "SAT_SYM"},
};

template <typename Names>
auto find_mode(const Names& names, std::string_view name) -> std::optional<decltype(names[0].mode)> {
    if (name.starts_with("AP_")) {
        name.remove_prefix(3);
    }
    const auto found = std::ranges::find(names, name, [](const auto& entry) { return entry.name; });
    return found == names.end() ? std::nullopt : std::optional(found->mode);
}

/// Splits "name<a,b,c>" into name and arguments.
struct TypeSyntax {
    std::string_view name;
    std::vector<std::string_view> arguments;
};

std::optional<TypeSyntax> split_type(std::string_view text) {
    const auto open = text.find('<');
    if (open == std::string_view::npos || !text.ends_with('>')) {
        return std::nullopt;
    }
    TypeSyntax syntax{text.substr(0, open), {}};
    std::string_view rest = text.substr(open + 1, text.size() - open - 2);
    for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
        syntax.arguments.push_back(rest.substr(0, comma));
        rest.remove_prefix(comma + 1);
    }
    syntax.arguments.push_back(rest);
    return syntax;
}

std::optional<int> parse_int(std::string_view text, int low, int high) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high) {
        return std::nullopt;
    }
    return value;
}

/// The overflow of WRAP with saturation bits (IEEE 1666, sc_fixed, SC_WRAP with n_bits > 0). Only called when raw is out of range:
/// the top n bits show the direction of the overflow, the others are copied.
Integer wrap_saturating(const Integer& raw, const FixedPointType& type, int saturation_bits) {
    const int saturated = std::min(saturation_bits, type.width);
    const int kept = type.width - saturated;
    const Integer low = raw.low_bits(kept);
    if (!type.is_signed) {
        return raw.sign() < 0 ? low : low + (Integer::power_of_two(type.width) - Integer::power_of_two(kept));
    }
    const Integer ones_below_sign = Integer::power_of_two(type.width - 1) - Integer::power_of_two(kept);
    return raw.sign() < 0 ? low - Integer::power_of_two(type.width - 1) : low + ones_below_sign;
}

/// The overflow of WRAP_SM (IEEE 1666, SC_WRAP_SM). Only called when a signed raw is out of range: the new sign is the lowest deleted
/// bit (no saturation bits) or the old sign (otherwise); when it differs from the sign that plain wrapping gives, the other bits are inverted.
Integer wrap_sign_magnitude(const Integer& raw, const FixedPointType& type, int saturation_bits) {
    const int magnitude_bits = type.width - 1;
    const bool wrapped_sign = raw.bit(type.width - 1);
    if (saturation_bits <= 1) {
        const bool new_sign = saturation_bits == 0 ? raw.bit(type.width) : raw.sign() < 0;
        Integer magnitude = raw.low_bits(magnitude_bits);
        if (new_sign != wrapped_sign) {
            magnitude = (~magnitude).low_bits(magnitude_bits);
        }
        return new_sign ? magnitude - Integer::power_of_two(magnitude_bits) : magnitude;
    }
    return wrap_saturating(raw, type, saturation_bits);
}

}  // namespace

Integer FixedPointType::max_raw() const {
    if (width == 0) {
        return 0;
    }
    return Integer::power_of_two(is_signed ? width - 1 : width) - Integer(1);
}

FixedPointType smallest_type(const Integer& low, const Integer& high, int fraction) {
    LUTRA_ASSERT(low <= high);
    if (low.sign() >= 0) {
        return {false, high.bit_length(), fraction};
    }
    return {true, std::max(low.bit_length(), high.bit_length()) + 1, fraction};
}

std::string to_string(const FixedPointType& type) {
    return fmt::format("{}fixed<{},{}>", type.is_signed ? "" : "u", type.width, type.integer_bits());
}

std::string_view to_string(Rounding rounding) { return rounding_names.at(static_cast<std::size_t>(rounding)).name; }
std::string_view to_string(Overflow overflow) { return overflow_names.at(static_cast<std::size_t>(overflow)).name; }
std::optional<Rounding> parse_rounding(std::string_view name) { return find_mode(rounding_names, name); }
std::optional<Overflow> parse_overflow(std::string_view name) { return find_mode(overflow_names, name); }

std::string to_string(const Quantization& quantization) {
    std::string text = to_string(quantization.type);
    text.pop_back();
    const bool has_overflow = quantization.overflow != Overflow::Wrap || quantization.saturation_bits != 0;
    if (quantization.rounding != Rounding::Truncate || has_overflow) {
        text += fmt::format(",{}", to_string(quantization.rounding));
    }
    if (has_overflow) {
        text += fmt::format(",{}", to_string(quantization.overflow));
    }
    if (quantization.saturation_bits != 0) {
        text += fmt::format(",{}", quantization.saturation_bits);
    }
    return text + ">";
}

std::optional<Quantization> parse_quantization(std::string_view text) {
    std::string compact(text);
    std::erase(compact, ' ');
    const auto syntax = split_type(compact);
    if (!syntax) {
        return std::nullopt;
    }
    std::string_view name = syntax->name;
    if (name.starts_with("ap_") || name.starts_with("ac_")) {
        name.remove_prefix(3);
    }
    const bool is_signed = !name.starts_with('u');
    name.remove_prefix(is_signed ? 0 : 1);
    const auto& arguments = syntax->arguments;
    const auto width = parse_int(arguments[0], 0, max_width);
    if (!width) {
        return std::nullopt;
    }
    if (name == "int" && arguments.size() == 1) {
        return Quantization{.type = {is_signed, *width, 0}};
    }
    if (name != "fixed" || arguments.size() < 2 || arguments.size() > 5) {
        return std::nullopt;
    }
    const auto integer_bits = parse_int(arguments[1], -max_width, max_width);
    const auto rounding = arguments.size() > 2 ? parse_rounding(arguments[2]) : Rounding::Truncate;
    const auto overflow = arguments.size() > 3 ? parse_overflow(arguments[3]) : Overflow::Wrap;
    const auto saturation_bits = arguments.size() > 4 ? parse_int(arguments[4], 0, *width) : 0;
    if (!integer_bits || !rounding || !overflow || !saturation_bits) {
        return std::nullopt;
    }
    return Quantization{{is_signed, *width, *width - *integer_bits}, *rounding, *overflow, *saturation_bits};
}

Integer round_raw(const Integer& raw, int drop, Rounding rounding) {
    if (drop <= 0) {
        return raw << -drop;
    }
    const Integer floor = raw >> drop;
    const Integer rest = raw.low_bits(drop);
    if (rest.is_zero()) {
        return floor;
    }
    const auto to_half = rest <=> Integer::power_of_two(drop - 1);
    const bool is_tie = to_half == 0;
    bool up = to_half > 0;
    switch (rounding) {
        case Rounding::Truncate: up = false; break;
        case Rounding::TruncateZero: up = raw.sign() < 0; break;
        case Rounding::HalfUp: up = up || is_tie; break;
        case Rounding::HalfDown: break;
        case Rounding::HalfToZero: up = up || (is_tie && raw.sign() < 0); break;
        case Rounding::HalfFromZero: up = up || (is_tie && raw.sign() > 0); break;
        case Rounding::HalfToEven: up = up || (is_tie && floor.is_odd()); break;
        case Rounding::Ceiling: up = true; break;
        case Rounding::FromZero: up = raw.sign() > 0; break;
    }
    return up ? floor + Integer(1) : floor;
}

Integer overflow_raw(const Integer& raw, const Quantization& quantization) {
    const FixedPointType& type = quantization.type;
    const bool is_below_symmetric = type.is_signed && type.width > 0 && raw == type.min_raw();
    if (quantization.overflow == Overflow::SaturateSymmetric && is_below_symmetric) {
        return raw + Integer(1);
    }
    if (type.contains(raw)) {
        return raw;
    }
    if (type.width == 0) {
        return 0;
    }
    switch (quantization.overflow) {
        case Overflow::Wrap:
            if (quantization.saturation_bits > 0) {
                return wrap_saturating(raw, type, quantization.saturation_bits);
            }
            return type.is_signed ? raw.low_bits_signed(type.width) : raw.low_bits(type.width);
        case Overflow::WrapSignMagnitude:
            if (!type.is_signed) {
                return quantization.saturation_bits > 0 ? wrap_saturating(raw, type, quantization.saturation_bits) : raw.low_bits(type.width);
            }
            return wrap_sign_magnitude(raw, type, quantization.saturation_bits);
        case Overflow::Saturate: return raw.sign() < 0 ? type.min_raw() : type.max_raw();
        case Overflow::SaturateZero: return 0;
        case Overflow::SaturateSymmetric: return raw.sign() < 0 ? (type.is_signed ? -type.max_raw() : Integer(0)) : type.max_raw();
    }
    LUTRA_UNREACHABLE("overflow mode");
}

Integer quantize_raw(const Integer& raw, int fraction, const Quantization& quantization) {
    return overflow_raw(round_raw(raw, fraction - quantization.type.fraction, quantization.rounding), quantization);
}

}  // namespace lutra
