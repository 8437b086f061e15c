#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// An input of the model: real values from outside. The Quantize behind it says which exact values enter the circuit.
struct Input {
    static constexpr OpInfo info{.name = "input", .min_arity = 0, .max_arity = 0, .is_real = true, .summary = "values from outside"};
    Shape shape;

    static constexpr auto fields = std::tuple{Field{"shape", &Input::shape}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape>) const { return shape; }
    /// Never called: the circuit's input ports stand behind the Quantize.
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
