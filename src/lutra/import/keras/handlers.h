#pragma once

/// Which layer class is imported by which function: the one table to extend for another layer.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// How one class is imported: appends ops and returns the output.
struct Handler {
    Library library;
    std::string_view class_name;
    Result<NodeId> (*import)(LayerContext& context);
};

/// The handler of a class; null when there is none.
const Handler* find_handler(const LayerConfig& layer);

/// What works instead of a class that has no handler; never empty.
std::string advice_for(const LayerConfig& layer);

}  // namespace lutra::keras
