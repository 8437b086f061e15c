#include "lutra/compile/load_model.h"

#include <chrono>

#include "lutra/compile/import_any.h"
#include "lutra/passes/decide.h"
#include "lutra/passes/pipeline.h"
#include "lutra/quantize/apply_precision.h"

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::unexpected<Diagnostics> failed(Diagnostic diagnostic) { return std::unexpected(Diagnostics{std::move(diagnostic)}); }

}  // namespace

Results<TypedModel> load_model(const CompileOptions& options, const Progress&) {
    const auto import_begin = Clock::now();
    const auto spec = parse_precision_spec(options.precision, options.input_type);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    auto imported = import_any(options.model);
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
    auto typed = apply_precision(graph, *spec);
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
