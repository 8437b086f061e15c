#pragma once

/// The main job: a model file becomes an exact integer function and firmware.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/base/result.h"
#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"
#include "lutra/import/format.h"
#include "lutra/ir/graph.h"
#include "lutra/report/report.h"

namespace lutra {

/// What becomes of the model's final scores.
enum class Decision { Scores, Argmax };

/// What the user asked for.
struct CompileOptions {
    std::filesystem::path model;
    std::filesystem::path weights;      ///< of a model whose file has none (Keras json); may be empty
    std::optional<ModelFormat> format;  ///< of the model's file; none: what the content says
    std::string device = "ecp5-85";
    bool combinational = false;
    std::optional<double> clock_ns;       ///< target period; none: the device's usual one
    std::optional<int> latency_cycles;    ///< exactly so many register stages, whatever the period; `clock_ns` then is what the report says
    bool max_fmax = false;                ///< the shortest period that the device's delays allow, instead
    int optimize_level = 2;               ///< 0: readable generic Verilog, as lowered; 1..3: cells, with growing effort
    std::vector<std::string> precision;   ///< as given to --precision
    std::filesystem::path hls4ml_config;  ///< whose types hold where `precision` says nothing; may be empty
    std::string input_type;               ///< as given to --input-type; empty: the model's own
    std::filesystem::path calibration;    ///< data for `auto`; may be empty
    std::filesystem::path labels;         ///< of the calibration data; may be empty
    std::vector<int> class_order;         ///< class_order[k]: the output that holds the score of label k; empty: output k
    double accuracy_budget = 0.002;       ///< largest loss of accuracy that `auto` may choose
    Decision decision = Decision::Scores;
    std::string version;  ///< of the program, for the report
    int jobs = 0;
};

/// A compiled model, in memory.
struct CompiledModel {
    Graph graph;
    Circuit circuit;  ///< mapped and pipelined: what the Verilog prints
    Report report;
    std::vector<EmittedFile> files;  ///< everything in the design folder but the report
};

/// Compiles in memory.
Results<CompiledModel> compile_model(const CompileOptions& options, const Progress& progress = {});

}  // namespace lutra
