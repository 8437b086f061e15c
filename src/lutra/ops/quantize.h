#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// q = overflow(round(x / scale + zero_point)), y = (q - zero_point) * scale: the only op that drops bits, and the only way from real to exact
/// values. Scales, zero points, widths and signs are per tensor (scalar), per channel or per element (broadcast to the input).
///
/// QONNX Quant, ONNX QuantizeLinear + DequantizeLinear, ap_fixed casts and the quantisers of HGQ are all this op.
struct Quantize {
    static constexpr OpInfo info{.name = "quantize", .summary = "q = overflow(round(x / scale + zero_point)); y = (q - zero_point) * scale"};
    RealTensor scale = 1.0;       ///< > 0
    RealTensor zero_point = 0.0;  ///< integers
    RealTensor width = 8.0;       ///< bits, 0..max_quantize_width
    RealTensor is_signed = 1.0;   ///< 0 or 1
    bool narrow = false;          ///< the range without its lowest (signed) or highest (unsigned) integer
    Rounding rounding = Rounding::HalfToEven;
    Overflow overflow = Overflow::Saturate;
    int saturation_bits = 0;

    static constexpr auto fields = std::tuple{Field{"scale", &Quantize::scale},       Field{"zero_point", &Quantize::zero_point},
                                              Field{"width", &Quantize::width},       Field{"signed", &Quantize::is_signed},
                                              Field{"narrow", &Quantize::narrow},     Field{"rounding", &Quantize::rounding},
                                              Field{"overflow", &Quantize::overflow}, Field{"saturation_bits", &Quantize::saturation_bits}};
    static constexpr int max_quantize_width = 1024;

    /// What one element is quantised to.
    struct Element {
        Dyadic scale;
        Integer zero_point;
        Quantization quantization;  ///< of the integer q: its type has the fraction 0
        Interval range;             ///< of q
    };

    /// The quantiser of a fixed-point type: scale 2^-fraction, zero point 0.
    static Quantize from(const Quantization& quantization);

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    TensorType quantized_type(const Shape& shape) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;

    /// The quantisers of all elements of a tensor of this shape.
    std::vector<Element> elements(const Shape& shape) const;
};

/// The integer q of an exact value.
Integer quantize_value(const Dyadic& x, const Quantize::Element& element);
/// The same of a finite double, fast where the scale is a power of two.
Integer quantize_value(double x, const Quantize::Element& element);
/// A wire that carries q becomes the value (q - zero_point) * scale.
AffineWire dequantize(CircuitBuilder& builder, Wire q, const Quantize::Element& element);

}  // namespace lutra
