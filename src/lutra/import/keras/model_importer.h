#pragma once

/// From a configuration and weights to a graph.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// Imports the whole model into `translation`, whose problems say what went wrong.
void import_layers(Translation& translation, const ModelConfig& model);

}  // namespace lutra::keras
