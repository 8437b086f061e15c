#pragma once

/// The options of every command that reads a model: where its precision comes from.

#include "lutra/cli/command.h"
#include "lutra/compile/compile_model.h"

namespace lutra::cli {

/// What a user says of a model file with --weights and --format. `format_flags` are the names of the latter, such as "--format,--model-format".
void add_file_options(CLI::App& command, std::filesystem::path& weights, std::optional<ModelFormat>& format,
                      const std::string& format_flags = "--format,--model-format");

/// Adds MODEL, --weights, --format, --precision, --hls4ml-config, --input-type, --calibrate, --labels, --accuracy-budget and --decision to a subcommand.
void add_model_options(CLI::App& command, CompileOptions& options);

/// The graph of a design folder, for which no format may be given.
Results<Graph> load_design_graph(const std::filesystem::path& folder, const std::optional<ModelFormat>& format);

/// A graph that is ready to run, from a model file or from a design folder.
Results<Graph> load_graph(const CompileOptions& options, Session& session);

}  // namespace lutra::cli
