#include "lutra/ops/transpose.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "lutra/ir/gather.h"

namespace lutra {

Result<Shape> Transpose::infer_shape(std::span<const Shape> inputs) const {
    std::vector<std::int64_t> sorted = permutation;
    std::ranges::sort(sorted);
    std::vector<std::int64_t> all(inputs[0].size());
    std::iota(all.begin(), all.end(), 0);
    if (sorted != all) {
        return fail(DiagnosticId::InvalidAttribute, "transpose", fmt::format("[{}] is no permutation of {} axes", fmt::join(permutation, ", "), all.size()),
                    "name every axis once, from 0; the batch axis does not count");
    }
    Shape shape;
    for (const std::int64_t axis : permutation) {
        shape.push_back(inputs[0][static_cast<std::size_t>(axis)]);
    }
    return shape;
}

Result<WireTensor> Transpose::lower(CircuitBuilder&, std::span<const WireTensor> inputs) const {
    LUTRA_TRY(Shape shape, infer_shape(std::vector<Shape>{inputs[0].shape}));
    WireTensor result{std::move(shape), {}};
    for (const std::size_t place : transposed_elements(inputs[0].shape, permutation)) {
        result.elements.push_back(inputs[0].elements[place]);
    }
    return result;
}

RealTensor Transpose::reference(std::span<const RealTensor> inputs) const {
    const RealTensor& x = inputs[0];
    RealTensor y(x.shape, std::vector<double>(x.size()));
    for (std::size_t i = 0; i < permutation.size(); ++i) {
        y.shape[i] = x.shape[static_cast<std::size_t>(permutation[i])];
    }
    // Sends every element of the input to its place, other than lower() does it.
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<std::int64_t> coordinates(x.shape.size());
        auto rest = static_cast<std::int64_t>(i);
        for (std::size_t axis = x.shape.size(); axis-- > 0;) {
            coordinates[axis] = rest % x.shape[axis];
            rest /= x.shape[axis];
        }
        std::int64_t place = 0;
        for (std::size_t axis = 0; axis < permutation.size(); ++axis) {
            place = place * y.shape[axis] + coordinates[static_cast<std::size_t>(permutation[axis])];
        }
        y.values[static_cast<std::size_t>(place)] = x[i];
    }
    return y;
}

}  // namespace lutra
