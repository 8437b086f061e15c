#pragma once

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// A scale or zero point of QuantizeLinear and DequantizeLinear for a tensor of this shape of the file: one value for all stays as it is, one
/// per index of `axis` gets a shape that broadcasts.
Result<Tensor> axis_parameter(NodeContext& context, const Tensor& parameter, const Shape& shape, std::int64_t axis);

/// Scale and zero point of such a node, of which the zero point is optional and says the integers' type.
struct LinearParameters {
    Tensor scale;
    Tensor zero_point;
};
/// True for the types that a tensor is quantised to: integers of at most 32 bits.
bool is_quantized_type(ElementType type);

Result<LinearParameters> linear_parameters(NodeContext& context, const Shape& shape, ElementType default_type);

}  // namespace lutra::onnx
