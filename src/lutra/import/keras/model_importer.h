#pragma once

/// From a configuration and weights to a graph.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// Lists every class without a handler, in nested models too, so that one run names them all.
void check_classes(const ModelConfig& model, const std::string& file, Diagnostics& problems);

/// Imports the whole model, whose classes have been checked, into `translation`, whose problems say what went wrong.
void import_layers(Translation& translation, const ModelConfig& model);

}  // namespace lutra::keras
