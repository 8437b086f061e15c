#include "lutra/ops/reshape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lutra {

Result<Shape> Reshape::infer_shape(std::span<const Shape> inputs) const {
    const auto count = checked_num_elements(shape);
    if (!count || *count != num_elements(inputs[0])) {
        return fail(DiagnosticId::ShapeMismatch, "reshape",
                    fmt::format("an input of shape {} does not have the number of elements of [{}]", to_string(inputs[0]), fmt::join(shape, ", ")));
    }
    return shape;
}

Result<WireTensor> Reshape::lower(CircuitBuilder&, std::span<const WireTensor> inputs) const { return WireTensor{shape, inputs[0].elements}; }

RealTensor Reshape::reference(std::span<const RealTensor> inputs) const { return {shape, inputs[0].values}; }

}  // namespace lutra
