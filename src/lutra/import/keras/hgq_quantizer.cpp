#include "lutra/import/keras/hgq_quantizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
    const bool is_known = overflow == Overflow::Wrap || overflow == Overflow::Saturate || overflow == Overflow::SaturateSymmetric;
    return is_known ? overflow : std::nullopt;
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
            return context.unsupported(fmt::format("element {} of its quantiser '{}' has {} sign, {} integer and {} fractional bits; at most {} are supported", i, below, k, integer, fraction, most_bits));
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

/// One constant, step by step as HGQ computes it.
float quantize_single(float x, const HgqQuantizer& quantizer, std::size_t i) {
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
    if (quantizer.overflow != Overflow::Wrap) {
        const float low = (quantizer.overflow == Overflow::Saturate ? -std::ldexp(1.0F, integer) : -high) * static_cast<float>(k);
        x = std::clamp(x, low, high);
    }
    const float rounded = std::ldexp(round_single(std::ldexp(x, f), quantizer.rounding), -f);
    if (quantizer.overflow != Overflow::Wrap) {
        return rounded;
    }
    const double span = std::ldexp(1.0, integer + k);
    const double offset = k * span / 2;
    const double moved = static_cast<double>(rounded) + offset;
    return static_cast<float>(moved - span * std::floor(moved / span) - offset);
}

}  // namespace

Result<HgqQuantizer> read_hgq_quantizer(LayerContext& context, std::string_view option, std::string_view below, HgqPlace place) {
    return read_hgq_quantizer(context, context.option(option), option, below, place);
}

Result<HgqQuantizer> read_hgq_quantizer(const LayerContext& context, const Json& configuration, std::string_view option, std::string_view below, HgqPlace place) {
    const Json& config = configuration["config"];
    const auto text = [&](std::string_view key) { return config[key].string() != nullptr ? *config[key].string() : std::string(); };
    const std::string type = text("q_type");
    if (type != "kif" && type != "kbi") {
        return context.unsupported(fmt::format("its quantiser '{}' is of type '{}'", option, type), "kif and kbi are supported");
    }
    if (!config["scaler"].is_null() || !config["affine"].is_null() || !config["bw_mapper"].is_null()) {
        return context.unsupported(fmt::format("its quantiser '{}' has a scaler, an affine or a width mapper of its own", option), "leave them out");
    }
    const auto rounding = rounding_of(text("round_mode"));
    const auto overflow = overflow_of(text("overflow_mode"));
    if (!rounding || !overflow) {
        return context.unsupported(fmt::format("its quantiser '{}' rounds by '{}' with overflow '{}'", option, text("round_mode"), text("overflow_mode")), "use overflow WRAP, SAT or SAT_SYM");
    }
    HgqQuantizer quantizer{.rounding = *rounding, .overflow = *overflow};
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
    if (place == HgqPlace::Activation) {
        if (quantizer.shape.empty() || quantizer.shape[0] != 1 || quantizer.only_rounds) {
            return context.unsupported(fmt::format("its quantiser '{}' has types of shape {} or is meant for weights", option, to_string(quantizer.shape)));
        }
        quantizer.shape.erase(quantizer.shape.begin());
    }
    return quantizer;
}

Result<NodeId> add_hgq_quantizer(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input) {
    RealTensor scale(quantizer.shape, {});
    RealTensor width(quantizer.shape, {});
    RealTensor is_signed(quantizer.shape, {});
    for (std::size_t i = 0; i < quantizer.size(); ++i) {
        scale.values.push_back(std::ldexp(1.0, -quantizer.fraction_bits[i]));
        width.values.push_back(quantizer.width(i));
        is_signed.values.push_back(quantizer.keep_negative[i]);
    }
    return context.add_part(part, "quantize",
                            {{"scale", std::move(scale)}, {"width", std::move(width)}, {"signed", std::move(is_signed)},
                             {"rounding", std::string(to_string(quantizer.rounding))}, {"overflow", std::string(to_string(quantizer.overflow))}},
                            {input});
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
        return context.bad_weights(fmt::format("a quantiser of shape {} does not fit a weight of shape {}", to_string(quantizer.shape), to_string(values.shape)));
    }
    const auto indices = broadcast_indices(quantizer.shape, values.shape);
    RealTensor result = values;
    for (std::size_t i = 0; i < result.size(); ++i) {
        result.values[i] = static_cast<double>(quantize_single(static_cast<float>(values[i]), quantizer, static_cast<std::size_t>(indices[i]))) + 0.0;
    }
    return result;
}

}  // namespace lutra::keras
