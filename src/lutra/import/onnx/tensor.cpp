#include "lutra/import/onnx/tensor.h"

#include <cmath>

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

Tensor make_integers(std::vector<std::int64_t> integers) { return {ElementType::Int64, {static_cast<std::int64_t>(integers.size())}, {}, std::move(integers)}; }

std::string_view name_of_infinity(double value) { return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf"; }

RealTensor to_real(const Tensor& tensor) {
    RealTensor result(tensor.shape, std::vector<double>(tensor.size()));
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        result.values[i] = tensor.value(i);
    }
    return result;
}

}  // namespace lutra::onnx
