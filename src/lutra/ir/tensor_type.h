#pragma once

#include <string>
#include <vector>

#include "lutra/ir/shape.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {

/// Shape and element types of a tensor. A tensor is real until a Quantize gives it a type; from there on every tensor is exact.
struct TensorType {
    Shape shape;
    std::vector<FixedPointType> elements;  ///< empty: real; one: all elements; else one per element, row-major

    bool is_real() const { return elements.empty(); }
    const FixedPointType& element(std::size_t index) const { return elements.size() == 1 ? elements[0] : elements[index]; }

    friend bool operator==(const TensorType&, const TensorType&) = default;
};

/// The smallest type that holds every element of the tensor: of use to people, not of meaning.
FixedPointType common_type(const TensorType& type);

/// Such as "16x64 real", "64 fixed<12,4>" or "5 fixed<10..14,6>".
std::string to_string(const TensorType& type);

}  // namespace lutra
