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
    ModeName{Overflow::Wrap, "WRAP"},
    ModeName{Overflow::WrapSignMagnitude, "WRAP_SM"},
    ModeName{Overflow::Saturate, "SAT"},
    ModeName{Overflow::SaturateZero, "SAT_ZERO"},
    ModeName{Overflow::SaturateSymmetric, "SAT_SYM"},
};

template <typename Names>
auto find_mode(const Names& names, std::string_view name) -> std::optional<decltype(names[0].mode)> {
    if (name.starts_with("AP_") || name.starts_with("AC_")) {
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

/// "fixed" or "int", with the sign taken out of the name or, for ac_ types, out of the arguments.
struct TypeName {
    std::string_view name;
    bool is_signed = true;
    std::vector<std::string_view> arguments;
};

TypeName parse_name(const TypeSyntax& syntax) {
    TypeName result{syntax.name, true, syntax.arguments};
    if (result.name.starts_with("ac_")) {
        result.name.remove_prefix(3);
        const std::size_t sign_index = result.name == "fixed" ? 2 : 1;
        if (result.arguments.size() > sign_index && (result.arguments[sign_index] == "true" || result.arguments[sign_index] == "false")) {
            result.is_signed = result.arguments[sign_index] == "true";
            result.arguments.erase(result.arguments.begin() + static_cast<std::ptrdiff_t>(sign_index));
        }
        return result;
    }
    if (result.name.starts_with("ap_")) {
        result.name.remove_prefix(3);
    }
    if (result.name.starts_with('u')) {
        result.is_signed = false;
        result.name.remove_prefix(1);
    }
    return result;
}

std::optional<int> parse_int(std::string_view text, int low, int high) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high) {
        return std::nullopt;
    }
    return value;
}

/// The overflow of WRAP with n > 0 saturation bits. Only called when raw is out of range. Unsigned: the top n bits become ones, also for
/// negative values; signed: they become the bound on raw's side, its sign included. The other bits are copied.
Integer wrap_saturating(const Integer& raw, const FixedPointType& type, int saturation_bits) {
    const int kept = type.width - std::min(saturation_bits, type.width);
    const Integer low = raw.low_bits(kept);
    if (!type.is_signed) {
        return low + (Integer::power_of_two(type.width) - Integer::power_of_two(kept));
    }
    const Integer sign_bit = Integer::power_of_two(type.width - 1);
    return raw.sign() < 0 ? low - sign_bit : low + (sign_bit - Integer::power_of_two(kept));
}

/// The overflow of WRAP_SM of signed types. Only called when raw is out of range. With no saturation bits the new sign is the lowest
/// deleted bit, else the old sign. The bits between the sign and the copied ones are those of the bound on that side. The copied bits are
/// inverted when the bit above them did not fit: with at most one saturation bit that is a sign that changed, else a bit equal to the sign.
Integer wrap_sign_magnitude(const Integer& raw, bool lowest_deleted_bit, const FixedPointType& type, int saturation_bits) {
    const bool is_negative = saturation_bits == 0 ? lowest_deleted_bit : raw.sign() < 0;
    const int saturated = std::clamp(saturation_bits, 1, type.width);
    const int kept = type.width - saturated;
    const bool is_inverted = (raw.bit(kept) == is_negative) == (saturated > 1);
    const Integer low = (is_inverted ? ~raw : raw).low_bits(kept);
    const Integer sign_bit = Integer::power_of_two(type.width - 1);
    return is_negative ? low - sign_bit : low + (sign_bit - Integer::power_of_two(kept));
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

std::string to_string(const FixedPointType& type) { return fmt::format("{}fixed<{},{}>", type.is_signed ? "" : "u", type.width, type.integer_bits()); }

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
    const TypeName name = parse_name(*syntax);
    const auto& arguments = name.arguments;
    const auto width = parse_int(arguments[0], 0, max_width);
    if (!width) {
        return std::nullopt;
    }
    if (name.name == "int" && arguments.size() == 1) {
        return Quantization{.type = {name.is_signed, *width, 0}};
    }
    if (name.name != "fixed" || arguments.size() < 2 || arguments.size() > 5) {
        return std::nullopt;
    }
    const auto integer_bits = parse_int(arguments[1], -max_width, max_width);
    const auto rounding = arguments.size() > 2 ? parse_rounding(arguments[2]) : Rounding::Truncate;
    const auto overflow = arguments.size() > 3 ? parse_overflow(arguments[3]) : Overflow::Wrap;
    const auto saturation_bits = arguments.size() > 4 ? parse_int(arguments[4], 0, *width) : 0;
    if (!integer_bits || !rounding || !overflow || !saturation_bits) {
        return std::nullopt;
    }
    return Quantization{{name.is_signed, *width, *width - *integer_bits}, *rounding, *overflow, *saturation_bits};
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

Integer FixedPointType::min_symmetric_raw() const {
    // Width 1 has no symmetric range: ap_fixed saturates it to -1 and 0, like SAT.
    return is_signed && width > 1 ? min_raw() + Integer(1) : min_raw();
}

Integer quantize_raw(const Integer& raw, int fraction, const Quantization& quantization) {
    const FixedPointType& type = quantization.type;
    const int drop = fraction - type.fraction;
    const Integer rounded = round_raw(raw, drop, quantization.rounding);
    const bool is_symmetric = quantization.overflow == Overflow::SaturateSymmetric;
    if (type.contains(rounded) && !is_symmetric) {
        return rounded;
    }
    if (type.width == 0) {
        return 0;
    }
    const int saturation_bits = quantization.saturation_bits;
    switch (quantization.overflow) {
        case Overflow::WrapSignMagnitude:
            if (type.is_signed) {
                const bool lowest_deleted_bit = drop > 0 ? raw.bit(type.width + drop) : rounded.bit(type.width);
                return wrap_sign_magnitude(rounded, lowest_deleted_bit, type, saturation_bits);
            }
            [[fallthrough]];
        case Overflow::Wrap:
            if (saturation_bits > 0) {
                return wrap_saturating(rounded, type, saturation_bits);
            }
            return type.is_signed ? rounded.low_bits_signed(type.width) : rounded.low_bits(type.width);
        case Overflow::Saturate: return rounded.sign() < 0 ? type.min_raw() : type.max_raw();
        case Overflow::SaturateZero: return 0;
        case Overflow::SaturateSymmetric: return std::clamp(rounded, type.min_symmetric_raw(), type.max_raw());
    }
    LUTRA_UNREACHABLE("overflow mode");
}

}  // namespace lutra
