#include "lutra/import/keras/hgq_quantizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/hgq_sign_magnitude.h"

namespace lutra::keras {

namespace {

std::optional<Rounding> rounding_of(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    // S_ adds noise in training only.
    return parse_rounding(name.starts_with("S_") ? std::string_view(name).substr(2) : std::string_view(name));
}

std::optional<Overflow> overflow_of(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto overflow = parse_overflow(name);
    return overflow == Overflow::SaturateZero ? std::nullopt : overflow;
}

/// The types as the file has them: which weights there are, and in which order, follows from what was trained.
struct RawTypes {
    RealTensor keep_negative;
    RealTensor integer_bits;
    RealTensor other;  ///< fraction bits of kif, all bits without the sign of kbi
};

Result<RawTypes> read_types(const LayerContext& context, std::string_view below, bool is_kif, bool wraps) {
    const std::string path = below.empty() ? std::string("quantizer") : fmt::format("{}/quantizer", below);
    if (wraps) {
        LUTRA_TRY(auto weights, context.weights({is_kif ? "f" : "b", "k", "i", "i_decay_speed"}, path));
        return RawTypes{std::move(weights[1]), std::move(weights[2]), std::move(weights[0])};
    }
    if (is_kif) {
        LUTRA_TRY(auto weights, context.weights({"i", "f", "k"}, path));
        return RawTypes{std::move(weights[2]), std::move(weights[0]), std::move(weights[1])};
    }
    LUTRA_TRY(auto weights, context.weights({"b", "i", "k"}, path));
    return RawTypes{std::move(weights[2]), std::move(weights[1]), std::move(weights[0])};
}

Result<void> fill_types(const LayerContext& context, std::string_view below, const RawTypes& types, bool is_kif, HgqQuantizer& quantizer) {
    constexpr double most_bits = 256;
    if (types.integer_bits.shape != types.keep_negative.shape || types.other.shape != types.keep_negative.shape) {
        return context.bad_weights(fmt::format("the types of its quantiser '{}' differ in shape", below));
    }
    quantizer.shape = types.keep_negative.shape;
    for (std::size_t i = 0; i < types.keep_negative.size(); ++i) {
        const double k = types.keep_negative[i];
        const double integer = std::nearbyint(types.integer_bits[i]);
        const double fraction = is_kif ? std::nearbyint(types.other[i]) : std::nearbyint(types.other[i]) - integer;
        if ((k != 0 && k != 1) || std::abs(integer) > most_bits || std::abs(fraction) > most_bits) {
            return context.unsupported(fmt::format("element {} of its quantiser '{}' has {} sign, {} integer and {} fractional bits; at most {} are supported",
                                                   i, below, k, integer, fraction, most_bits));
        }
        quantizer.keep_negative.push_back(static_cast<int>(k));
        quantizer.integer_bits.push_back(static_cast<int>(integer));
        quantizer.fraction_bits.push_back(static_cast<int>(fraction));
    }
    return {};
}

float round_single(float x, Rounding rounding) {
    const float sign = x > 0 ? 1.0F : x < 0 ? -1.0F : 0.0F;
    switch (rounding) {
        case Rounding::Truncate: return std::floor(x);
        case Rounding::HalfUp: return std::floor(x + 0.5F);
        case Rounding::HalfToEven: return std::nearbyint(x);
        case Rounding::TruncateZero: return std::floor(std::abs(x)) * sign;
        case Rounding::HalfToZero: return -std::floor(-std::abs(x) + 0.5F) * sign;
        case Rounding::HalfDown: return -std::floor(-x + 0.5F);
        case Rounding::HalfFromZero: return std::floor(std::abs(x) + 0.5F) * sign;
        case Rounding::Ceiling: return std::ceil(x);
        case Rounding::FromZero: return x < 0 ? std::floor(x) : std::ceil(x);
    }
    LUTRA_UNREACHABLE("rounding mode");
}

/// x modulo a positive number, as numpy and TensorFlow have it.
double modulo(double x, double span) { return x - span * std::floor(x / span); }

/// HGQ's WRAP_SM of a signed value: which half of a period x lies in is asked before rounding, and half of a step aside.
float wrap_sign_magnitude(float x, float rounded, int integer, int fraction) {
    const double step = std::ldexp(1.0, -fraction);
    const double high = std::ldexp(1.0, integer);
    const double value = static_cast<double>(x);
    double mapped = modulo(static_cast<double>(rounded) - high, 2 * high) - high;
    if (modulo((value + step / 2) / high, 2) >= 1) {
        mapped = -mapped - step;
    }
    if (modulo(value / (2 * high), 2) >= 1 && std::abs(value) > step / 2) {
        mapped = -mapped - step;
    }
    return static_cast<float>(mapped);
}

/// One constant between scaler and affine, step by step as HGQ computes it.
float quantize_plain(float x, const HgqQuantizer& quantizer, std::size_t i) {
    const int k = quantizer.keep_negative[i];
    const int f = quantizer.fraction_bits[i];
    const int integer = std::max(quantizer.integer_bits[i], -f);
    const float high = std::ldexp(1.0F, integer) - std::ldexp(1.0F, -f);
    if (quantizer.only_rounds) {
        return std::ldexp(round_single(std::ldexp(x, f), quantizer.rounding), -f);
    }
    if (quantizer.is_pruned(i)) {
        return 0;
    }
    const bool saturates = quantizer.overflow == Overflow::Saturate || quantizer.overflow == Overflow::SaturateSymmetric;
    if (saturates) {
        const float low = (quantizer.overflow == Overflow::Saturate ? -std::ldexp(1.0F, integer) : -high) * static_cast<float>(k);
        x = std::clamp(x, low, high);
    }
    const float rounded = std::ldexp(round_single(std::ldexp(x, f), quantizer.rounding), -f);
    if (saturates) {
        return rounded;
    }
    if (quantizer.overflow == Overflow::WrapSignMagnitude) {
        return wrap_sign_magnitude(x, rounded, integer, f);
    }
    const double span = std::ldexp(1.0, integer + k);
    const double offset = k * span / 2;
    return static_cast<float>(modulo(static_cast<double>(rounded) + offset, span) - offset);
}

/// One constant, with the scaler and affine around it.
float quantize_single(float x, const HgqQuantizer& quantizer, std::size_t i) {
    const auto scaler = static_cast<float>(quantizer.scaler);
    const float y = (quantizer.is_dummy ? x / scaler : quantize_plain(x / scaler, quantizer, i)) * scaler;
    return y * static_cast<float>(quantizer.factor) + static_cast<float>(quantizer.offset);
}

/// Reads the scaler and the affine; those of HardSigmoidConfig are not in the file.
Result<void> read_affine(const LayerContext& context, const Json& config, std::string_view class_name, std::string_view option, HgqQuantizer& quantizer) {
    const Json& affine = config["affine"];
    const Json& scaler = config["scaler"];
    if ((!scaler.is_null() && scaler.number().value_or(0) == 0) || (!affine.is_null() && (affine.size() != 2 || !affine[0].number() || !affine[1].number()))) {
        return context.invalid(fmt::format("the scaler or the affine of its quantiser '{}' is no number, or 0", option));
    }
    const auto single = [](double x) { return static_cast<double>(static_cast<float>(x)); };
    quantizer.scaler = single(scaler.number().value_or(1));
    constexpr double most = 0x1p100;
    const auto is_usable = [&](double x) { return std::abs(x) <= most; };
    if (!(std::abs(quantizer.scaler) >= 1 / most) || !is_usable(quantizer.scaler) ||
        (!affine.is_null() && (!is_usable(*affine[0].number()) || !is_usable(*affine[1].number())))) {
        return context.unsupported(fmt::format("the scaler or the affine of its quantiser '{}' is beyond 2^100, or not finite", option), "scale the layer");
    }
    if (!affine.is_null()) {
        quantizer.factor = single(*affine[0].number());
        quantizer.offset = single(*affine[1].number());
    } else if (class_name == "HardSigmoidConfig") {
        quantizer.factor = 0.25;
        quantizer.offset = 0.5;
    }
    return {};
}

/// The quantiser of HGQ's own package qkeras. Its types are options; where a power of two is trained they are weights.
Result<HgqQuantizer> read_quantized_bits(const LayerContext& context, const Json& config, std::string_view option, std::string_view below, HgqPlace place) {
    const Json& alpha = config["alpha"];
    const auto bits = config["bits"].integer();
    const auto integer = config["integer"].integer();
    constexpr std::int64_t most_bits = 256;
    if (!bits || !integer || *bits < 1 || *bits > most_bits || std::abs(*integer) > most_bits ||
        (!alpha.is_null() && !alpha.number() && alpha.string() == nullptr)) {
        return context.invalid(fmt::format("the bits, the integer bits or the alpha of its quantiser '{}' cannot be read", option));
    }
    const auto is_set = [&](std::string_view key, bool otherwise) {
        return config[key].integer() ? *config[key].integer() != 0 : config[key].boolean().value_or(otherwise);
    };
    HgqQuantizer quantizer{.rounding = Rounding::HalfToEven, .overflow = is_set("symmetric", false) ? Overflow::SaturateSymmetric : Overflow::Saturate};
    quantizer.scaler = static_cast<double>(static_cast<float>(alpha.number().value_or(1)));
    if (!(quantizer.scaler >= 0x1p-100 && quantizer.scaler <= 0x1p100)) {
        return context.unsupported(fmt::format("the alpha of its quantiser '{}' is not positive, or beyond 2^100", option), "scale the layer");
    }
    if (place == HgqPlace::Table && quantizer.scaler != 1) {
        return context.unsupported(fmt::format("its quantiser '{}' stands at a table and has an alpha", option), "leave it out");
    }
    if (alpha.string() == nullptr) {
        quantizer.keep_negative = {is_set("keep_negative", true) ? 1 : 0};
        quantizer.integer_bits = {static_cast<int>(*integer)};
        quantizer.fraction_bits = {static_cast<int>(*bits - *integer)};
        return quantizer;
    }
    LUTRA_TRY(const RawTypes types, read_types(context, below, false, false));
    if (auto filled = fill_types(context, below, types, false, quantizer); !filled) {
        return std::unexpected(std::move(filled).error());
    }
    if (place != HgqPlace::Weight && !quantizer.shape.empty()) {
        quantizer.shape.erase(quantizer.shape.begin());
    }
    return quantizer;
}

}  // namespace

Result<HgqQuantizer> read_hgq_quantizer(LayerContext& context, std::string_view option, std::string_view below, HgqPlace place) {
    return read_hgq_quantizer(context, context.option(option), option, below, place);
}

Result<HgqQuantizer> read_hgq_quantizer(const LayerContext& context, const Json& configuration, std::string_view option, std::string_view below,
                                        HgqPlace place) {
    const Json& config = configuration["config"];
    const auto text = [&](std::string_view key) { return config[key].string() != nullptr ? *config[key].string() : std::string(); };
    const std::string type = text("q_type");
    HgqQuantizer quantizer;
    const std::string class_name = configuration["class_name"].string() != nullptr ? *configuration["class_name"].string() : std::string();
    if (auto read = read_affine(context, config, class_name, option, quantizer); !read) {
        return std::unexpected(std::move(read).error());
    }
    if (class_name == "quantized_bits") {
        return read_quantized_bits(context, config, option, below, place);
    }
    quantizer.is_dummy = type == "dummy";
    const bool is_plain = quantizer.scaler == 1 && quantizer.factor == 1 && quantizer.offset == 0 && !quantizer.is_dummy;
    if (place == HgqPlace::Table && !is_plain) {
        return context.unsupported(fmt::format("its quantiser '{}' stands at a table and has a scaler or an affine, or is a dummy", option),
                                   "put them into the table's function");
    }
    if (quantizer.is_dummy) {
        return quantizer;
    }
    if (type != "kif" && type != "kbi") {
        return context.unsupported(fmt::format("its quantiser '{}' is of type '{}'", option, type), "use fixed point: the types kif and kbi are supported");
    }
    if (!config["bw_mapper"].is_null()) {
        return context.unsupported(fmt::format("its quantiser '{}' has a width mapper of its own", option), "use homogeneous_axis or heterogeneous_axis");
    }
    // The modes of these two are not in the file; HGQ2 0.2.0 loads both as saturating.
    const bool is_hard = class_name == "HardSigmoidConfig" || class_name == "HardTanhConfig";
    const auto rounding = rounding_of(text("round_mode"));
    const auto overflow = is_hard ? Overflow::Saturate : overflow_of(text("overflow_mode"));
    if (!rounding || !overflow) {
        return context.unsupported(fmt::format("its quantiser '{}' rounds by '{}' with overflow '{}'", option, text("round_mode"), text("overflow_mode")),
                                   "use overflow WRAP, SAT, SAT_SYM or WRAP_SM");
    }
    quantizer.rounding = *rounding;
    quantizer.overflow = *overflow;
    const bool wraps = *overflow == Overflow::Wrap;
    const bool is_kif = type == "kif";
    LUTRA_TRY(const RawTypes types, read_types(context, below, is_kif, wraps));
    if (auto filled = fill_types(context, below, types, is_kif, quantizer); !filled) {
        return std::unexpected(std::move(filled).error());
    }
    const std::string where = text("place");
    const bool is_weight = config["is_weight"].boolean().value_or(where == "weight" || where == "bias");
    const bool is_trainable = config["trainable"].boolean().value_or(true);
    quantizer.only_rounds = is_weight && wraps && is_trainable && (is_kif || *rounding == Rounding::HalfUp);
    if (*overflow == Overflow::WrapSignMagnitude && !std::ranges::all_of(quantizer.keep_negative, [](int k) { return k == 1; })) {
        return context.unsupported(fmt::format("its quantiser '{}' has overflow WRAP_SM without a sign, which HGQ2 computes with negative results", option),
                                   "use WRAP, or keep_negative");
    }
    if (place != HgqPlace::Weight) {
        if (quantizer.shape.empty() || quantizer.shape[0] != 1 || quantizer.only_rounds) {
            return context.unsupported(fmt::format("its quantiser '{}' has types of shape {} or is meant for weights", option, to_string(quantizer.shape)));
        }
        quantizer.shape.erase(quantizer.shape.begin());
    }
    return quantizer;
}

namespace {

/// The quantiser between scaler and affine, for a scaler that is not negative.
Result<NodeId> add_steps(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input) {
    if (quantizer.overflow == Overflow::WrapSignMagnitude) {
        return add_hgq_sign_magnitude(context, part, quantizer, input);
    }
    RealTensor scale(quantizer.shape, {});
    RealTensor width(quantizer.shape, {});
    RealTensor is_signed(quantizer.shape, {});
    for (std::size_t i = 0; i < quantizer.size(); ++i) {
        scale.values.push_back(std::ldexp(std::abs(quantizer.scaler), -quantizer.fraction_bits[i]));
        width.values.push_back(quantizer.width(i));
        is_signed.values.push_back(quantizer.keep_negative[i]);
    }
    return context.add_part(part, "quantize",
                            {{"scale", std::move(scale)},
                             {"width", std::move(width)},
                             {"signed", std::move(is_signed)},
                             {"rounding", std::string(to_string(quantizer.rounding))},
                             {"overflow", std::string(to_string(quantizer.overflow))}},
                            {input});
}

}  // namespace

Result<NodeId> add_hgq_quantizer(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input) {
    const double sign = quantizer.scaler < 0 ? -1 : 1;
    LUTRA_TRY(NodeId node, emit_scaled(context, fmt::format("{}_negated", part), input, sign));
    if (!quantizer.is_dummy) {
        LUTRA_TRY(node, add_steps(context, part, quantizer, node));
    }
    int exponent = 0;
    if (std::abs(std::frexp(quantizer.scaler, &exponent)) != 0.5) {
        context.decide("the scaler of its quantiser is exact here; HGQ rounds quotient and product to single precision");
    }
    return emit_scaled(context, fmt::format("{}_affine", part), node, sign * quantizer.factor, quantizer.offset);
}

namespace {

Result<NodeId> add_optional_quantizer(LayerContext& context, std::string_view which, bool is_enabled_by_default, NodeId node) {
    const std::string config = fmt::format("{}_conf", which);
    LUTRA_TRY(const bool is_enabled, context.boolean(fmt::format("enable_{}", which), is_enabled_by_default));
    context.ignore({config});
    if (!is_enabled) {
        return node;
    }
    LUTRA_TRY(const HgqQuantizer quantizer, read_hgq_quantizer(context, config, which, HgqPlace::Activation));
    return add_hgq_quantizer(context, which, quantizer, node);
}

}  // namespace

Result<NodeId> add_hgq_input_quantizer(LayerContext& context, NodeId input) { return add_optional_quantizer(context, "iq", true, input); }
Result<NodeId> add_hgq_output_quantizer(LayerContext& context, NodeId output) { return add_optional_quantizer(context, "oq", false, output); }

Result<RealTensor> quantize_hgq_constant(const LayerContext& context, const HgqQuantizer& quantizer, const RealTensor& values) {
    if (broadcast(quantizer.shape, values.shape) != values.shape) {
        return context.bad_weights(
            fmt::format("a quantiser of shape {} does not fit a weight of shape {}", to_string(quantizer.shape), to_string(values.shape)));
    }
    const auto indices = broadcast_indices(quantizer.shape, values.shape);
    RealTensor result = values;
    for (std::size_t i = 0; i < result.size(); ++i) {
        result.values[i] = static_cast<double>(quantize_single(static_cast<float>(values[i]), quantizer, static_cast<std::size_t>(indices[i]))) + 0.0;
        if (!std::isfinite(result.values[i])) {
            return context.bad_weights(fmt::format("element {} of a weight is not finite behind its quantiser", i));
        }
    }
    return result;
}

}  // namespace lutra::keras
