#pragma once

/// The options of every command that reads a model: where its precision comes from.

#include "lutra/cli/command.h"
#include "lutra/compile/compile_model.h"

namespace lutra::cli {

/// Adds MODEL, --precision, --hls4ml-config, --input-type, --calibrate, --labels, --accuracy-budget and --decision to a subcommand.
void add_model_options(CLI::App& command, CompileOptions& options);

/// A graph that is ready to run, from a model file or from a design folder.
Results<Graph> load_graph(const CompileOptions& options, Session& session);

}  // namespace lutra::cli
