#include "lutra/compile/import_any.h"

#include <fmt/format.h>

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

Diagnostic wrong_format(const std::filesystem::path& path, std::string_view what, ModelFormat wanted) {
    return {DiagnosticId::UnknownModelFormat, path.string(), fmt::format("the content says {}, the given format {}", what, to_string(wanted)),
            "leave the format out, so that the content decides"};
}

Results<ImportedModel> import_any(const std::filesystem::path& path, const ModelFile& file) {
    ImportOptions options;
    options.weights = file.weights;
    options.format = file.format;
    const auto bytes = read_file(path, options.max_file_bytes);
    const auto detected = bytes ? detect_format(*bytes) : std::nullopt;
    if (file.format && !can_be_read_as(detected, *file.format)) {
        return std::unexpected(Diagnostics{wrong_format(path, to_string(*detected), *file.format)});
    }
    if (!bytes || file.format.value_or(detected.value_or(ModelFormat::Onnx)) != ModelFormat::LutraText) {
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
