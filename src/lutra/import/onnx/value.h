#pragma once

/// What a tensor name of the file stands for while the graph is made.

#include <memory>
#include <string>
#include <variant>

#include "lutra/import/onnx/tensor.h"
#include "lutra/ir/graph.h"

namespace lutra::onnx {

/// The name is made by a node that could not be imported; whatever uses it says nothing more.
struct Failed {};

/// A tensor that depends on the event. The file's shape has a batch axis somewhere; the node's shape is without it.
struct Event {
    NodeId node;
    int batch_axis = 0;  ///< in the file's shape; -1: the file has none
    ElementType type = ElementType::Float32;

    bool has_batch() const { return batch_axis >= 0; }
};

/// x * weights, waiting for the Add behind it that gives it a bias.
struct PendingDense {
    Event input;
    RealTensor weights;
    std::string name;
};

/// round(x / scale) + zero_point of a QuantizeLinear, waiting for its DequantizeLinear; a Clip may have narrowed the range.
struct QuantizedIntegers {
    Event input;
    Tensor scale;
    Tensor zero_point;
    int axis = 0;  ///< of scale and zero point in the file's shape, when they are not scalars
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::string name;
};

using Value = std::variant<Failed, std::shared_ptr<const Tensor>, Event, PendingDense, QuantizedIntegers>;

}  // namespace lutra::onnx
