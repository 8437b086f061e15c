#pragma once

/// The quantisers of QKeras: functions by name with options.

#include <cmath>

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// What a quantiser computes; the stochastic kinds are the others in inference.
enum class QKerasKind { Bits, Linear, Relu, Tanh, Sigmoid, Binary, Ternary, PowerOfTwo, ReluPowerOfTwo };

/// How values are scaled: by a constant, or by what fits the tensor best, per channel.
enum class QKerasScaling { Constant, Auto, AutoPowerOfTwo };

/// A quantiser whose options have been read. Names and defaults are those of QKeras.
struct QKerasQuantizer {
    QKerasKind kind = QKerasKind::Bits;
    std::string name{};  ///< as the file has it, such as "quantized_bits"
    int bits = 8;
    int integer = 0;
    bool symmetric = false;
    bool keep_negative = true;
    QKerasScaling scaling = QKerasScaling::Constant;
    bool has_alpha = false;
    RealTensor alpha = 1.0;  ///< a scalar, or one per channel
    double negative_slope = 0;
    double upper_bound = 0;       ///< 0: none
    bool clips_quantized = true;  ///< quantized_relu: the type bounds the values before the upper bound does
    bool uses_sigmoid = false;
    bool is_real_function = false;  ///< tanh and sigmoid as they are instead of lines
    bool is_zero_one = false;       ///< binary: 0 and 1 instead of -1 and 1
    double threshold = 0.33;        ///< ternary
    int num_unrolls = 5;            ///< ternary
    double max_value = 0;           ///< powers of two: 0 for none
    bool is_quadratic = false;      ///< powers of two: even exponents
    bool floors_log = false;        ///< powers of two

    /// quantized_linear: one bit with a sign is plus or minus half of a step.
    bool is_linear_sign() const { return kind == QKerasKind::Linear && bits == 1 && keep_negative; }
    /// quantized_linear: the step of the type, to which alpha comes.
    double type_step() const { return std::ldexp(1.0, integer - unsigned_bits()); }
    /// Bits without the sign.
    int unsigned_bits() const { return bits - (keep_negative ? 1 : 0); }
};

/// Where a quantiser stands. QKeras scales kernels by "auto_po2" unless told otherwise.
enum class QKerasPlace { Kernel, Bias, Activation };

/// True for the object or the text of a quantiser, false for the name of a plain function.
bool is_qkeras_quantizer(const Json& json);

/// Reads a quantiser from its object or its text, such as "quantized_bits(6,0,alpha=1)".
Result<QKerasQuantizer> read_qkeras_quantizer(const LayerContext& context, const Json& json, std::string_view what, QKerasPlace place);

/// A constant through a quantiser, in the single precision that QKeras computes it in.
Result<RealTensor> quantize_qkeras_constant(const LayerContext& context, const QKerasQuantizer& quantizer, const RealTensor& values);

/// Appends the quantiser to an activation.
Result<NodeId> emit_qkeras_quantizer(LayerContext& context, std::string_view part, const QKerasQuantizer& quantizer, NodeId input);

/// Appends what an option "activation" of a QKeras layer says: a quantiser or a function of Keras.
Result<NodeId> emit_qkeras_activation(LayerContext& context, std::string_view part, const Json& activation, NodeId input);

/// The smallest and the largest exponent of quantized_po2 and quantized_relu_po2.
struct ExponentRange {
    int low = 0;
    int high = 0;
};
ExponentRange exponent_range(const QKerasQuantizer& quantizer);

}  // namespace lutra::keras
