#pragma once

/// Constants through operators that have no arithmetic for constants of their own.

#include "lutra/import/onnx/handlers.h"

namespace lutra::onnx {

/// Imports a node of constants into a graph of its own, in which the first input comes from outside, and sets the outputs to what the mathematics of
/// its layers gives, in doubles rounded to their type.
Result<void> fold_through_layers(NodeContext& context, const Handler& handler);

}  // namespace lutra::onnx
