#include "lutra/flow/verilator.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

/// The arguments that name what is compiled. Paths are absolute: the tool runs in the work folder.
void add_sources(std::vector<std::string>& arguments, const SimulationRun& run) {
    for (const fs::path& folder : run.include_dirs) {
        arguments.push_back("-I" + fs::absolute(folder).string());
    }
    arguments.insert(arguments.end(), {"--top-module", run.top});
    for (const fs::path& file : run.files) {
        arguments.push_back(fs::absolute(file).string());
    }
}

/// The lines of a log that start with %Warning or %Error, at most eight of them.
std::string complaints(std::string_view text) {
    std::string result;
    int num_lines = 0;
    constexpr int max_lines = 8;
    for (std::size_t begin = 0; begin < text.size() && num_lines < max_lines;) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        if (line.starts_with("%Warning") || line.starts_with("%Error")) {
            result += (result.empty() ? "" : "\n") + std::string(line);
            ++num_lines;
        }
        begin = end + 1;
    }
    return result.empty() ? last_lines(text, max_lines) : result;
}

/// How hard the C++ of a model is optimised. Compiling a netlist of 10,000 cells takes three times as long with -O1 and ten times as long with
/// Verilator's own -Os as with -O0; a vector is then simulated twice as fast.
std::vector<std::string> compiler_effort(std::size_t expected_vectors) {
    constexpr std::size_t many_vectors = 500'000;
    return {"-MAKEFLAGS", expected_vectors < many_vectors ? "OPT_FAST=-O0" : "OPT_FAST=-O1", "-MAKEFLAGS", "OPT_SLOW=-O0"};
}

Result<CommandOutput> run_verilator(const Tool& verilator, const SimulationRun& run, std::vector<std::string> arguments) {
    add_sources(arguments, run);
    LUTRA_TRY(
        CommandOutput output,
        run_command({.program = fs::absolute(verilator.program), .arguments = std::move(arguments), .folder = run.work_folder, .time_limit = run.time_limit}));
    if (output.status != 0) {
        return fail(DiagnosticId::ToolFailed, "verilator", fmt::format("'{}' is not accepted: {}", run.top, complaints(output.text)));
    }
    return output;
}

}  // namespace

Result<void> lint_with_verilator(const Tool& verilator, const SimulationRun& run) {
    LUTRA_TRY(const CommandOutput output, run_verilator(verilator, run, {"--lint-only", "--timing", "-Wall"}));
    if (output.text.find("%Warning") != std::string::npos) {
        return fail(DiagnosticId::ToolFailed, "verilator", fmt::format("'{}' has warnings: {}", run.top, complaints(output.text)));
    }
    return {};
}

Result<SimulationResult> simulate_with_verilator(const Tool& verilator, const SimulationRun& run, const Progress& progress) {
    if (progress) {
        progress({.what = "verilator compiles"});
    }
    const fs::path build_folder = fs::absolute(run.work_folder) / "verilator";
    std::error_code error;
    fs::remove_all(build_folder, error);
    std::vector<std::string> build_arguments = {"--binary", "--timing",           run.refuse_warnings ? "-Wall" : "-Wno-fatal", "-O3", "-j", "2",
                                                "--Mdir",   build_folder.string()};
    std::ranges::copy(compiler_effort(run.expected_vectors), std::back_inserter(build_arguments));
    LUTRA_TRY(const CommandOutput build, run_verilator(verilator, run, std::move(build_arguments)));
    if (progress) {
        progress({.what = "simulation runs"});
    }
    std::vector<std::string> arguments = run.arguments;
    arguments.insert(arguments.end(), {"+verilator+rand+reset+2", "+verilator+seed+1"});
    LUTRA_TRY(const CommandOutput output, run_command({.program = build_folder / ("V" + run.top),
                                                       .arguments = std::move(arguments),
                                                       .folder = run.run_folder.empty() ? run.work_folder : run.run_folder,
                                                       .time_limit = run.time_limit}));
    const auto verdict = parse_verdict(output.text);
    if (!verdict || (output.status != 0 && !verdict->has_failed())) {
        return fail(
            DiagnosticId::ToolFailed, "verilator",
            fmt::format("the bench '{}' ended with status {} and {}verdict: {}", run.top, output.status, verdict ? "a " : "no ", last_lines(output.text, 6)));
    }
    return SimulationResult{.simulator = "verilator",
                            .version = verilator.version,
                            .verdict = *verdict,
                            .build_seconds = build.seconds,
                            .run_seconds = output.seconds,
                            .log_tail = last_lines(output.text, 20)};
}

}  // namespace lutra
