#pragma once

/// Running a model over a file of events.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/compile/accuracy.h"
#include "lutra/ir/graph.h"

namespace lutra {

/// Interpreter: the exact circuit. Reference: the graph's mathematics in doubles.
enum class RunTarget { Interpreter, Reference };

struct RunOptions {
    std::filesystem::path input;
    std::filesystem::path output;  ///< .npy to write: float64 of shape (events, outputs); empty: none
    bool raw = false;              ///< write the raw integers instead of values
    std::filesystem::path labels;  ///< empty: no accuracy
    std::vector<int> class_order;  ///< class_order[k]: the output of label k
    RunTarget target = RunTarget::Interpreter;
    int jobs = 0;
};

struct RunResult {
    std::size_t num_events = 0;
    std::size_t num_outputs = 0;
    std::optional<Accuracy> accuracy;
    std::map<std::string, double> seconds;  ///< read, quantise, emulate, scale, write, total
};

/// Reads the events block by block, runs each block, writes the outputs whole or not at all.
Results<RunResult> run_model(const Graph& graph, const RunOptions& options, const Progress& progress = {});

}  // namespace lutra
