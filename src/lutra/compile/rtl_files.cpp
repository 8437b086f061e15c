#include "lutra/compile/rtl_files.h"

#include <algorithm>

#include "lutra/base/assert.h"
#include "lutra/emit/verilog/cell_models.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

/// The files whose module, which has the file's name, is wanted.
template <typename IsWanted>
std::vector<fs::path> files_where(const RtlReport& rtl, const fs::path& folder, const IsWanted& is_wanted) {
    std::vector<fs::path> files;
    for (const std::string& file : rtl.files) {
        if (is_wanted(fs::path(file).stem().string())) {
            files.push_back(fs::absolute(folder / file));
        }
    }
    return files;
}

std::string shell_module(const RtlReport& rtl) { return rtl.top + "_axis"; }

bool is_cell_models(const std::string& module) { return fs::path(cell_models_name).stem() == module; }

bool is_of_core(const RtlReport& rtl, const std::string& module) {
    return module != shell_module(rtl) && !is_cell_models(module) && module != bench_module(rtl, BenchKind::Core) &&
           module != bench_module(rtl, BenchKind::AxiStream);
}

}  // namespace

bool has_bench(const RtlReport& rtl, BenchKind kind) {
    return std::ranges::any_of(rtl.files, [&](const std::string& file) { return fs::path(file).stem() == bench_module(rtl, kind); });
}

std::string bench_module(const RtlReport& rtl, BenchKind kind) {
    switch (kind) {
        case BenchKind::Core: return rtl.top + "_tb";
        case BenchKind::AxiStream: return shell_module(rtl) + "_tb";
    }
    LUTRA_UNREACHABLE("bench kind");
}

std::vector<fs::path> bench_files(const RtlReport& rtl, BenchKind kind, const fs::path& folder) {
    return files_where(rtl, folder, [&](const std::string& module) {
        return is_of_core(rtl, module) || is_cell_models(module) || module == bench_module(rtl, kind) ||
               (kind == BenchKind::AxiStream && module == shell_module(rtl));
    });
}

std::vector<fs::path> core_files(const RtlReport& rtl, const fs::path& folder) {
    return files_where(rtl, folder, [&](const std::string& module) { return is_of_core(rtl, module); });
}

std::vector<fs::path> cell_model_files(const RtlReport& rtl, const fs::path& folder) { return files_where(rtl, folder, is_cell_models); }

}  // namespace lutra
