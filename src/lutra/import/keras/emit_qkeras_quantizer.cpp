// Activations through the quantisers of QKeras, as exact ops.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/qkeras_quantizer.h"

namespace lutra::keras {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Appends the parts of one quantiser; the last has the part's own name.
class Emitter {
public:
    Emitter(LayerContext& context, std::string_view part, const QKerasQuantizer& quantizer) : context_(context), part_(part), quantizer_(quantizer) {}

    Result<NodeId> emit(NodeId input) {
        switch (quantizer_.kind) {
            case QKerasKind::Bits: return emit_bits(input);
            case QKerasKind::Linear: return emit_linear(input);
            case QKerasKind::Relu: return emit_relu(input);
            case QKerasKind::Tanh: return emit_tanh(input);
            case QKerasKind::Sigmoid: return emit_sigmoid(input);
            case QKerasKind::Binary: return emit_binary(input);
            case QKerasKind::Ternary:
                return with_alpha(add("", "ternary", {{"scale", 1.0}, {"threshold", static_cast<double>(static_cast<float>(quantizer_.threshold))}}, input));
            case QKerasKind::PowerOfTwo:
            case QKerasKind::ReluPowerOfTwo: return emit_power_of_two(input);
        }
        LUTRA_UNREACHABLE("quantiser of QKeras");
    }

private:
    std::string name(std::string_view piece) const { return piece.empty() ? part_ : part_.empty() ? std::string(piece) : fmt::format("{}_{}", part_, piece); }

    Result<NodeId> add(std::string_view piece, std::string_view op, const AttributeMap& attributes, NodeId input) {
        return context_.add_part(name(piece), op, attributes, {input});
    }

    /// round half to even of x / scale, saturated.
    Result<NodeId> quantize(std::string_view piece, NodeId input, double scale, int width, bool is_signed, bool is_narrow = false) {
        return add(piece, "quantize", {{"scale", scale}, {"width", static_cast<double>(width)}, {"signed", is_signed ? 1.0 : 0.0}, {"narrow", is_narrow}},
                   input);
    }

    Result<NodeId> with_alpha(Result<NodeId> node) {
        if (!node || !quantizer_.has_alpha || (quantizer_.alpha.size() == 1 && quantizer_.alpha[0] == 1)) {
            return node;
        }
        LUTRA_TRY(const NodeId alpha, context_.add_constant(name("alpha"), quantizer_.alpha));
        return context_.add_part(name("scaled"), "multiply", {}, {*node, alpha});
    }

    Result<NodeId> emit_bits(NodeId input) {
        const int unsigned_bits = quantizer_.unsigned_bits();
        if (unsigned_bits == 0) {
            return with_alpha(add("", "bipolar", {{"scale", 1.0}}, input));
        }
        const bool is_narrow = quantizer_.keep_negative && quantizer_.symmetric;
        return with_alpha(quantize("", input, std::ldexp(1.0, quantizer_.integer - unsigned_bits), quantizer_.bits, quantizer_.keep_negative, is_narrow));
    }

    /// The values are divided by alpha, other than those of quantized_bits.
    Result<NodeId> emit_linear(NodeId input) {
        RealTensor step = quantizer_.alpha;
        std::ranges::transform(step.values, step.values.begin(),
                               [&](double alpha) { return alpha * quantizer_.type_step() * (quantizer_.is_linear_sign() ? 0.5 : 1.0); });
        if (quantizer_.is_linear_sign()) {
            LUTRA_TRY(const NodeId sign, add("sign", "bipolar", {{"scale", 1.0}}, input));
            LUTRA_TRY(const NodeId factor, context_.add_constant(name("step"), std::move(step)));
            return context_.add_part(part_, "multiply", {}, {sign, factor});
        }
        const bool is_narrow = quantizer_.keep_negative && quantizer_.symmetric;
        return add("", "quantize",
                   {{"scale", std::move(step)},
                    {"width", static_cast<double>(quantizer_.bits)},
                    {"signed", quantizer_.keep_negative ? 1.0 : 0.0},
                    {"narrow", is_narrow}},
                   input);
    }

    Result<NodeId> emit_relu(NodeId input) {
        const bool has_slope = quantizer_.negative_slope > 0;
        const int bits = quantizer_.bits - (has_slope ? 1 : 0);
        const double step = std::ldexp(1.0, quantizer_.integer - bits);
        if (quantizer_.uses_sigmoid) {
            return has_slope ? unsupported("use_sigmoid and a slope") : emit_relu_by_sigmoid(input, bits);
        }
        LUTRA_TRY(const NodeId quantised, has_slope ? emit_sloped(input, bits, step) : quantize("", input, step, bits, false));
        if (quantizer_.upper_bound > 0 && quantizer_.clips_quantized) {
            context_.decide("relu_upper_bound changes nothing: QKeras' quantiser bounds the values first");
        }
        const bool is_bounded = quantizer_.upper_bound > 0 && !quantizer_.clips_quantized;
        return is_bounded ? add("bound", "clip", {{"min", -infinity}, {"max", quantizer_.upper_bound}}, quantised) : Result<NodeId>(quantised);
    }

    /// Negative integers are those of slope * x, down to -slope * 2^bits.
    Result<NodeId> emit_sloped(NodeId input, int bits, double step) {
        const double lowest = -quantizer_.negative_slope * std::ldexp(1.0, quantizer_.integer);
        if (std::fmod(lowest, step) != 0 || quantizer_.negative_slope > 1) {
            return unsupported("a slope that is above 1 or smaller than its step");
        }
        LUTRA_TRY(const NodeId leaky, add("leaky", "leaky_relu", {{"alpha", quantizer_.negative_slope}}, input));
        LUTRA_TRY(const NodeId bounded, add("lowest", "clip", {{"min", lowest}, {"max", infinity}}, leaky));
        return quantize("", bounded, step, bits + 1, true);
    }

    /// The line of QKeras' "hard" sigmoid, clip(x / 2 + 1 / 2, 0, 1), of x times a factor.
    Result<NodeId> emit_hard_sigmoid(NodeId input, double factor) {
        LUTRA_TRY(const NodeId line, emit_scaled(context_, name("line"), input, factor / 2, 0.5));
        return add("hard_sigmoid", "clip", {{"min", 0.0}, {"max", 1.0}}, line);
    }

    Result<NodeId> emit_relu_by_sigmoid(NodeId input, int bits) {
        const double range = std::ldexp(1.0, quantizer_.integer);
        LUTRA_TRY(const NodeId sigmoid, emit_hard_sigmoid(input, 1 / range));
        LUTRA_TRY(const NodeId quantised, quantize("integer", sigmoid, std::ldexp(1.0, -bits), bits + 1, false));
        LUTRA_TRY(const NodeId moved, emit_scaled(context_, name("moved"), quantised, 2 * range, -range));
        return add("", "clip", {{"min", 0.0}, {"max", range * (1 - std::ldexp(1.0, -bits))}}, moved);
    }

    /// A real function in front of a quantiser: its error is a small part of a step, so that only values that lie so near a tie can differ.
    Result<NodeId> emit_function(std::string_view op, NodeId input, double step) {
        constexpr double part_of_step = 1.0 / 1024;
        context_.decide(fmt::format("{} is computed with an error of at most 1/1024 of the quantiser's step", op));
        return add(op, op, {{"max_error", step * part_of_step}}, input);
    }

    Result<NodeId> emit_tanh(NodeId input) {
        const double step = std::ldexp(1.0, 1 - quantizer_.bits);
        NodeId node = input;
        if (quantizer_.is_real_function) {
            LUTRA_TRY(node, emit_function("tanh", input, step));
        }
        // The line 2 * clip(x / 2 + 1 / 2, 0, 1) - 1 is x where the quantiser does not saturate.
        return quantize("", node, step, quantizer_.bits, true, quantizer_.symmetric);
    }

    Result<NodeId> emit_sigmoid(NodeId input) {
        const double step = std::ldexp(1.0, -quantizer_.bits);
        LUTRA_TRY(const NodeId sigmoid, quantizer_.is_real_function ? emit_function("sigmoid", input, step) : emit_hard_sigmoid(input, 1));
        LUTRA_TRY(const NodeId quantised, quantize("", sigmoid, step, quantizer_.bits, false));
        return quantizer_.symmetric ? add("lowest", "clip", {{"min", step}, {"max", infinity}}, quantised) : Result<NodeId>(quantised);
    }

    Result<NodeId> emit_binary(NodeId input) {
        if (!quantizer_.is_zero_one) {
            return with_alpha(add("", "bipolar", {{"scale", 1.0}}, input));
        }
        LUTRA_TRY(const NodeId half, add("", "bipolar", {{"scale", 0.5}}, input));
        return with_alpha(emit_scaled(context_, name("zero_one"), half, 1, 0.5));
    }

    /// A sum of steps, each a sign: 2^k becomes 2^(k + 1) at sqrt(2) * 2^k, where the logarithm rounds up.
    Result<NodeId> emit_power_of_two(NodeId input) {
        ExponentRange range = exponent_range(quantizer_);
        if (quantizer_.max_value > 0) {
            range.high = std::min(range.high, static_cast<int>(std::nearbyint(std::log2(quantizer_.max_value))));
        }
        constexpr int most_steps = 64;
        constexpr int lowest = -23;
        if (quantizer_.is_quadratic || quantizer_.floors_log || quantizer_.negative_slope != 0 || range.low < lowest || range.high < range.low ||
            range.high - range.low > most_steps) {
            return unsupported(fmt::format("exponents from {} to {}, even exponents, a slope or log2_rounding='floor'", range.low, range.high));
        }
        const bool is_signed = quantizer_.kind == QKerasKind::PowerOfTwo;
        // Signed: +-2^low at 0, and steps on both sides. Else 2^low and steps above 0, each half of a sign and half of a constant.
        double offset = 0;
        std::optional<NodeId> sum;
        if (is_signed) {
            LUTRA_TRY(sum, add("sign", "bipolar", {{"scale", std::ldexp(1.0, range.low)}}, input));
        } else {
            offset = std::ldexp(1.0, range.low);
        }
        for (int k = range.low; k < range.high; ++k) {
            const double threshold = std::ldexp(std::sqrt(2.0), k);
            const double half = std::ldexp(1.0, k - 1);
            for (const double side : {1.0, -1.0}) {
                if (side < 0 && !is_signed) {
                    offset += half;
                    continue;
                }
                LUTRA_TRY(const NodeId moved, emit_scaled(context_, name(fmt::format("moved{}{}", k, side < 0 ? "n" : "")), input, 1, -side * threshold));
                LUTRA_TRY(const NodeId step, add(fmt::format("step{}{}", k, side < 0 ? "n" : ""), "bipolar", {{"scale", half}}, moved));
                if (sum) {
                    LUTRA_TRY(sum, context_.add_part(name(fmt::format("sum{}{}", k, side < 0 ? "n" : "")), "add", {}, {*sum, step}));
                } else {
                    sum = step;
                }
            }
        }
        return sum ? emit_scaled(context_, name("power"), *sum, 1, offset) : unsupported("a single exponent");
    }

    std::unexpected<Diagnostic> unsupported(std::string_view what) const {
        return context_.unsupported(fmt::format("its quantiser '{}' has {}, which is not supported for activations", quantizer_.name, what),
                                    "use quantized_bits or quantized_relu");
    }

    LayerContext& context_;
    std::string part_;
    const QKerasQuantizer& quantizer_;
};

}  // namespace

Result<NodeId> emit_qkeras_quantizer(LayerContext& context, std::string_view part, const QKerasQuantizer& quantizer, NodeId input) {
    if (quantizer.scaling != QKerasScaling::Constant) {
        return context.unsupported(fmt::format("its quantiser '{}' scales activations by what the batch holds (alpha 'auto')", quantizer.name),
                                   "give alpha=1, or a constant");
    }
    return Emitter(context, part, quantizer).emit(input);
}

Result<NodeId> emit_qkeras_activation(LayerContext& context, std::string_view part, const Json& activation, NodeId input) {
    if (!is_qkeras_quantizer(activation)) {
        return emit_activation(context, activation, input);
    }
    LUTRA_TRY(const QKerasQuantizer quantizer, read_qkeras_quantizer(context, activation, "activation", QKerasPlace::Activation));
    return emit_qkeras_quantizer(context, part, quantizer, input);
}

}  // namespace lutra::keras
