#include "lutra/compile/import_any.h"

#include "lutra/base/file.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

Results<ImportedModel> import_any(const std::filesystem::path& path) {
    const ImportOptions limits;
    auto bytes = read_file(path, limits.max_file_bytes);
    if (!bytes) {
        return std::unexpected(Diagnostics{std::move(bytes).error()});
    }
    if (detect_format(*bytes) != ModelFormat::LutraText) {
        return import_model(path, limits);
    }
    auto graph = parse_graph(*bytes, path.string(), builtin_ops());
    if (!graph) {
        return std::unexpected(Diagnostics{std::move(graph).error()});
    }
    return ImportedModel{*std::move(graph), "Lutra text", "", sha256_hex(*bytes)};
}

}  // namespace lutra
