#pragma once

#include <algorithm>

#include "lutra/base/result.h"
#include "lutra/import/onnx/external_data.h"
#include "lutra/import/onnx/tensor.h"

namespace lutra::onnx_file {
class Tensor;
}

namespace lutra::onnx {

/// Counts what the constants of a model take, so that small files cannot ask for large memory: what is computed from stored constants may be a
/// million elements and 64 times as many as are stored.
struct ConstantBudget {
    std::int64_t elements_left = 0;
    std::int64_t computed_left = 1 << 20;

    /// Takes elements that the file holds; false when there are not so many left.
    bool take_stored(std::int64_t count) {
        const bool fits = count <= elements_left;
        elements_left -= fits ? count : 0;
        computed_left += fits ? 64 * count : 0;
        return fits;
    }
    /// The same for the result of a computation.
    bool take_computed(std::int64_t count) {
        const bool fits = count <= std::min(elements_left, computed_left);
        elements_left -= fits ? count : 0;
        computed_left -= fits ? count : 0;
        return fits;
    }
};

/// Decodes little-endian elements, packed from the low end where they take less than a byte; `raw` must have as many bytes as the shape needs.
Result<Tensor> decode_elements(std::string_view raw, ElementType type, const Shape& shape, const std::string& place);

/// Decodes a tensor of a file, every element of it, from whichever field or file holds its data. `place` names it in diagnostics.
/// Fails with OnnxUnsupportedType, OnnxInvalidTensor (sizes that contradict each other, values that are not finite) or OnnxExternalData.
Result<Tensor> read_tensor(const onnx_file::Tensor& source, const std::string& place, ExternalData& external, ConstantBudget& budget);

}  // namespace lutra::onnx
