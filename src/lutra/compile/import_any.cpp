#include "lutra/compile/import_any.h"

#include "lutra/base/file.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

namespace {

/// Decisions are kept in reports, which say nothing of where files lay on this machine: their places begin with the file's name alone.
void name_file_only(Graph& graph, const std::filesystem::path& path) {
    Diagnostics decisions = graph.decisions();
    for (Diagnostic& decision : decisions) {
        if (decision.place.starts_with(path.string())) {
            decision.place.replace(0, path.string().size(), path.filename().string());
        }
    }
    graph.set_decisions(std::move(decisions));
}

}  // namespace

Results<ImportedModel> import_any(const std::filesystem::path& path, const std::filesystem::path& weights) {
    ImportOptions options;
    options.weights = weights;
    const auto bytes = read_file(path, options.max_file_bytes);
    if (!bytes || detect_format(*bytes) != ModelFormat::LutraText) {
        auto imported = import_model(path, options);
        if (imported) {
            name_file_only(imported->graph, path);
        }
        return imported;
    }
    auto graph = parse_graph(*bytes, path.string(), builtin_ops());
    if (!graph) {
        return std::unexpected(Diagnostics{std::move(graph).error()});
    }
    return ImportedModel{*std::move(graph), "Lutra text", "", sha256_hex(*bytes)};
}

}  // namespace lutra
