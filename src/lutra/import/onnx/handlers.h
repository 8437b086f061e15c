#pragma once

/// Which ONNX operator is imported by which function: the one table to extend for another operator.

#include <string_view>

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// How one operator is imported.
struct Handler {
    std::string_view domain;
    std::string_view op_type;
    /// Computes the output when every input is a constant; null: what the layers of `import` give is computed.
    Result<Tensor> (*fold)(NodeContext& context);
    /// Appends layers and sets the outputs; null: the operator is known for constants only.
    Result<void> (*import)(NodeContext& context);
    /// True when `import` takes constants in the place of events too.
    bool imports_constants = false;
};

/// The handler of an operator; null when there is none.
const Handler* find_handler(std::string_view domain, std::string_view op_type);

/// What works instead of an operator that has no handler; may be empty.
std::string advice_for(std::string_view domain, std::string_view op_type);

}  // namespace lutra::onnx
