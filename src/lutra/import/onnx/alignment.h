#pragma once

/// Constants beside tensors of the event: broadcasting that leaves the batch axis alone.

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// Where two tensors meet in broadcasting: the rank of the file's result and its batch axis.
struct Alignment {
    int rank = 0;
    int batch_axis = 0;  ///< -1: none
};

/// The alignment of an event with a constant of this rank.
Alignment align(const NodeContext& context, const Event& event, std::size_t constant_rank);

/// The constant as it meets one event: its axis at the batch, which must be of extent 1, is taken out. Fails where it has one value per event.
Result<RealTensor> per_event(const NodeContext& context, const Tensor& constant, const Alignment& alignment);

}  // namespace lutra::onnx
