#include "lutra/compile/load_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "lutra/base/file.h"
#include "lutra/compile/import_any.h"
#include "lutra/compile/read_events.h"
#include "lutra/passes/decide.h"
#include "lutra/passes/pipeline.h"
#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/auto_precision.h"
#include "lutra/quantize/hls4ml_config.h"

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::unexpected<Diagnostics> failed(Diagnostic diagnostic) { return std::unexpected(Diagnostics{std::move(diagnostic)}); }

bool has_auto(const PrecisionSpec& spec) {
    return std::ranges::any_of(spec.entries, [](const PrecisionEntry& entry) { return entry.type.kind == PrecisionType::Kind::Auto; });
}

/// The output that holds the score of each label.
Result<std::vector<std::int64_t>> outputs_of(std::vector<std::int64_t> labels, const CompileOptions& options) {
    const auto num_labels = static_cast<std::int64_t>(options.class_order.size());
    for (std::int64_t& label : labels) {
        if (num_labels > 0 && (label < 0 || label >= num_labels)) {
            return fail(DiagnosticId::LabelsMismatch, options.labels.string(),
                        fmt::format("there is a label {}, and the class order has {} entries", label, num_labels),
                        "labels count from 0; --calibrate-class-order names the output of each label");
        }
        label = num_labels > 0 ? options.class_order[static_cast<std::size_t>(label)] : label;
    }
    return labels;
}

Result<CalibrationData> read_calibration(const Graph& graph, const CompileOptions& options) {
    if (options.calibration.empty()) {
        return fail(DiagnosticId::CalibrationData, options.model.string(), "--precision auto needs events to measure on", "give some with --calibrate X.npy");
    }
    LUTRA_TRY(CalibrationData data, read_calibration_events(graph, options.calibration));
    if (!options.labels.empty()) {
        LUTRA_TRY(data.labels, read_labels(options.labels));
        LUTRA_TRY(data.labels, outputs_of(data.labels, options));
    }
    return data;
}

/// The spec with every `auto` replaced by types that were found on the calibration data; their table goes to the model.
Results<PrecisionSpec> resolve_auto(Graph& graph, const PrecisionSpec& spec, const CompileOptions& options, const Progress& progress, TypedModel& model) {
    if (!has_auto(spec)) {
        return spec;
    }
    const auto data = read_calibration(graph, options);
    if (!data) {
        return failed(data.error());
    }
    auto chosen = choose_precision(graph, spec, *data, {.accuracy_budget = options.accuracy_budget, .num_threads = options.jobs, .progress = progress});
    if (!chosen) {
        return std::unexpected(std::move(chosen).error());
    }
    for (const Diagnostic& warning : chosen->warnings) {
        graph.add_decision(warning);
    }
    model.precision_table = to_lines(*chosen);
    return chosen->spec;
}

/// The spec behind the types of a configuration of hls4ml, so that what the user wrote wins; what the configuration says in vain goes to the decisions.
Results<PrecisionSpec> with_hls4ml_config(Graph& graph, const PrecisionSpec& spec, const std::filesystem::path& path) {
    if (path.empty()) {
        return spec;
    }
    constexpr std::uint64_t max_config_bytes = 1U << 20;
    const auto text = read_file(path, max_config_bytes);
    if (!text) {
        return failed(text.error());
    }
    auto config = parse_hls4ml_config(*text, path.string(), graph);
    if (!config) {
        return std::unexpected(std::move(config).error());
    }
    for (Diagnostic& note : config->notes) {
        graph.add_decision(std::move(note));
    }
    config->spec.entries.insert(config->spec.entries.end(), spec.entries.begin(), spec.entries.end());
    return std::move(config->spec);
}

}  // namespace

Results<TypedModel> load_model(const CompileOptions& options, const Progress& progress) {
    const auto import_begin = Clock::now();
    const auto spec = parse_precision_spec(options.precision, options.input_type);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    auto imported = import_any(options.model, {.weights = options.weights, .format = options.format});
    if (!imported) {
        return std::unexpected(std::move(imported).error());
    }
    TypedModel model{.graph = {}, .format = imported->format, .sha256 = imported->sha256, .precision_table = {}};
    model.import_seconds = seconds_since(import_begin);
    const auto quantise_begin = Clock::now();
    Graph graph = std::move(imported->graph);
    if (options.decision == Decision::Argmax) {
        auto decided = decide_argmax(graph);
        if (!decided) {
            return failed(std::move(decided).error());
        }
        graph = *std::move(decided);
    }
    const auto all = with_hls4ml_config(graph, *spec, options.hls4ml_config);
    if (!all) {
        return std::unexpected(all.error());
    }
    auto chosen = resolve_auto(graph, *all, options, progress, model);
    if (!chosen) {
        return std::unexpected(std::move(chosen).error());
    }
    auto typed = apply_precision(graph, *chosen);
    if (!typed) {
        return std::unexpected(std::move(typed).error());
    }
    auto simplified = run_passes(*typed);
    if (!simplified) {
        return failed(std::move(simplified).error());
    }
    model.graph = *std::move(simplified);
    model.quantise_seconds = seconds_since(quantise_begin);
    return model;
}

}  // namespace lutra
