#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/import/onnx/element_type.h"
#include "lutra/ir/real_tensor.h"

namespace lutra::onnx {

using lutra::to_string;

/// Stands in integer tensors for the size of the batch, which the model must not depend on: `Shape` writes it, `Reshape` understands it,
/// arithmetic refuses it.
inline constexpr std::int64_t batch_extent = std::numeric_limits<std::int64_t>::min() + 1;

/// A constant: initialisers, attributes, and what is computed of them. Real values are held as doubles, all else as integers.
struct Tensor {
    ElementType type = ElementType::Float32;
    Shape shape;
    std::vector<double> reals;           ///< row-major, when the type is real
    std::vector<std::int64_t> integers;  ///< row-major, when it is not
    std::vector<std::string> names{};    ///< of a tensor of strings, whose integers are indices of these

    bool is_real() const { return onnx::is_real(type); }
    std::size_t size() const { return is_real() ? reals.size() : integers.size(); }
    bool is_scalar() const { return size() == 1; }
    /// Element as a double; integers beyond 2^53 lose bits.
    double value(std::size_t i) const { return is_real() ? reals[i] : static_cast<double>(integers[i]); }

    friend bool operator==(const Tensor&, const Tensor&) = default;
};

/// A tensor of this type and shape, filled with zeros. The shape must have been checked.
Tensor make_tensor(ElementType type, Shape shape);
/// A row of integers of type Int64.
Tensor make_integers(std::vector<std::int64_t> integers);
/// "inf", "-inf" or "nan", whatever the sign bit of the latter.
std::string_view name_of_infinity(double value);
/// The values as doubles.
RealTensor to_real(const Tensor& tensor);

}  // namespace lutra::onnx
