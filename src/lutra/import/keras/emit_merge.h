#pragma once

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// Appends a op b op c ... of nodes, one after the other; the last op has the layer's name, or "/part" behind it. Keras merges tensors of
/// different rank by putting new axes behind the batch; as an event has no batch axis, that is numpy's broadcasting.
Result<NodeId> emit_merge(LayerContext& context, std::string_view op, std::span<const NodeId> inputs, std::string_view part = "");

/// Sums over axes of one event, times a factor.
Result<NodeId> emit_sum(LayerContext& context, std::string_view part, NodeId input, const std::vector<std::int64_t>& axes, double factor, bool keeps_axes);

/// Keras' Dot: the sum over one axis of each of two inputs.
Result<NodeId> emit_dot(LayerContext& context, std::span<const NodeId> inputs);

}  // namespace lutra::keras
