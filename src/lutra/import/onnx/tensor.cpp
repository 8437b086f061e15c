#include "lutra/import/onnx/tensor.h"

namespace lutra::onnx {

Tensor make_tensor(ElementType type, Shape shape) {
    Tensor tensor{type, std::move(shape), {}, {}};
    const auto count = static_cast<std::size_t>(num_elements(tensor.shape));
    if (tensor.is_real()) {
        tensor.reals.resize(count);
    } else {
        tensor.integers.resize(count);
    }
    return tensor;
}

Tensor make_integers(std::vector<std::int64_t> integers) {
    return {ElementType::Int64, {static_cast<std::int64_t>(integers.size())}, {}, std::move(integers)};
}

RealTensor to_real(const Tensor& tensor) {
    RealTensor result(tensor.shape, std::vector<double>(tensor.size()));
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        result.values[i] = tensor.value(i);
    }
    return result;
}

}  // namespace lutra::onnx
