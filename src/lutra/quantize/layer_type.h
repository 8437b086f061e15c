#pragma once

/// Names of layer types as other tools know them.

#include <string_view>

namespace lutra {

/// True when a word means this op: the op's own name or a name that Keras, QKeras, hls4ml, PyTorch or ONNX have for it, in any case and with or
/// without underscores. "Activation" means every activation function.
bool is_layer_type(std::string_view word, std::string_view op_name);

}  // namespace lutra
