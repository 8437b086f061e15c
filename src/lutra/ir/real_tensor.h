#pragma once

#include <vector>

#include "lutra/ir/shape.h"

namespace lutra {

/// A tensor of finite doubles, row-major: weights, and values in the reference mathematics.
struct RealTensor {
    Shape shape;
    std::vector<double> values = {0.0};

    RealTensor() = default;
    RealTensor(double scalar) : values{scalar} {}  // NOLINT: a scalar converts silently on purpose
    RealTensor(Shape tensor_shape, std::vector<double> tensor_values) : shape(std::move(tensor_shape)), values(std::move(tensor_values)) {}

    std::size_t size() const { return values.size(); }
    double operator[](std::size_t index) const { return values[index]; }

    friend bool operator==(const RealTensor&, const RealTensor&) = default;
};

}  // namespace lutra
