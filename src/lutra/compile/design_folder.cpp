#include "lutra/compile/design_folder.h"

#include "lutra/base/file.h"
#include "lutra/circuit/text.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr const char* report_text_name = "report.txt";
constexpr const char* circuit_name = "circuit.lutra";
constexpr std::uint64_t max_report_bytes = std::uint64_t{1} << 28;
constexpr std::uint64_t max_text_bytes = std::uint64_t{1} << 31;

Result<void> write_files(const CompiledModel& compiled, const fs::path& folder) {
    std::error_code error;
    for (const EmittedFile& file : compiled.files) {
        const fs::path path = folder / file.path;
        fs::create_directories(path.parent_path(), error);
        if (auto written = file.write(path); !written) {
            return written;
        }
    }
    return write_design_report(compiled.report, folder);
}

}  // namespace

Result<void> write_design(const CompiledModel& compiled, const fs::path& folder) {
    return write_folder(folder, report_file_name, [&](const fs::path& temporary) { return write_files(compiled, temporary); });
}

bool is_design_folder(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / report_file_name, error);
}

Result<Report> read_design_report(const fs::path& folder) {
    if (!is_design_folder(folder)) {
        return fail(DiagnosticId::NotADesignFolder, folder.string(), "there is no report.json in this folder", "make one with lutra compile MODEL -o DIR");
    }
    LUTRA_TRY(const std::string text, read_file(folder / report_file_name, max_report_bytes));
    return parse_report(text, (folder / report_file_name).string());
}

Result<Report> read_rtl_report(const fs::path& folder) {
    LUTRA_TRY(Report report, read_design_report(folder));
    if (!report.rtl) {
        return fail(DiagnosticId::NotADesignFolder, (folder / report_file_name).string(), "the report names no Verilog", "run lutra compile again");
    }
    return report;
}

Result<Graph> read_design_graph(const fs::path& folder) {
    LUTRA_TRY(const std::string text, read_file(folder / graph_file_name, max_text_bytes));
    return parse_graph(text, (folder / graph_file_name).string(), builtin_ops());
}

Result<Circuit> read_design_circuit(const fs::path& folder) {
    LUTRA_TRY(const std::string text, read_file(folder / circuit_name, max_text_bytes));
    return parse_circuit(text, (folder / circuit_name).string());
}

Result<void> write_design_report(const Report& report, const fs::path& folder) {
    if (auto written = write_file(folder / report_file_name, to_json(report, false)); !written) {
        return written;
    }
    return write_file(folder / report_text_name, to_text(report));
}

}  // namespace lutra
