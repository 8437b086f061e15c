#pragma once

/// The functions of the handler table, family by family; handlers.cpp says which class each belongs to.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

// import_activation.cpp
Result<NodeId> import_activation(LayerContext& context);
Result<NodeId> import_relu(LayerContext& context);
Result<NodeId> import_leaky_relu(LayerContext& context);
Result<NodeId> import_softmax(LayerContext& context);

// import_dense.cpp
Result<NodeId> import_dense(LayerContext& context);
Result<NodeId> import_einsum_dense(LayerContext& context);

// import_hgq_dense.cpp
Result<NodeId> import_hgq_dense(LayerContext& context);
Result<NodeId> import_hgq_einsum_dense(LayerContext& context);
Result<NodeId> import_hgq_einsum_dense_batchnorm(LayerContext& context);

// import_hgq_table.cpp
Result<NodeId> import_hgq_dense_table(LayerContext& context);

}  // namespace lutra::keras
