#pragma once

/// From a model file to a graph in which every tensor has an exact type.

#include <string>
#include <vector>

#include "lutra/compile/compile_model.h"

namespace lutra {

/// A graph that is ready to be lowered.
struct TypedModel {
    Graph graph;
    std::string format;
    std::string sha256;
    std::vector<std::string> precision_table;  ///< lines for people, of what `--precision auto` found
    double import_seconds = 0;
    double quantise_seconds = 0;
};

/// Reads ONNX or Lutra's own text form, applies the decision and the precision of the options and runs the passes. Reports all problems at once.
Results<TypedModel> load_model(const CompileOptions& options, const Progress& progress = {});

}  // namespace lutra
