#pragma once

#include "lutra/import/keras/model_config.h"

namespace lutra::keras {

/// What comes nearest to a class that has no handler; nothing for a class that nobody knows.
std::optional<std::string> nearest_to(const LayerConfig& layer);

}  // namespace lutra::keras
