#include "lutra/flow/icarus.h"

#include <fmt/format.h>

#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

Result<CommandOutput> compile(const IcarusTools& icarus, const SimulationRun& run, const fs::path& binary) {
    // -Wno-timescale: files of a design have no `timescale of their own on purpose.
    std::vector<std::string> arguments{"-g2001", "-Wall", "-Wno-timescale", "-s", run.top, "-o", binary.string()};
    for (const fs::path& folder : run.include_dirs) {
        arguments.push_back("-I" + fs::absolute(folder).string());
    }
    for (const fs::path& file : run.files) {
        arguments.push_back(fs::absolute(file).string());
    }
    LUTRA_TRY(
        CommandOutput output,
        run_command(
            {.program = fs::absolute(icarus.iverilog.program), .arguments = std::move(arguments), .folder = run.work_folder, .time_limit = run.time_limit}));
    if (output.status != 0 || (run.refuse_warnings && output.text.find("warning:") != std::string::npos)) {
        return fail(DiagnosticId::ToolFailed, "iverilog", fmt::format("'{}' is not accepted: {}", run.top, last_lines(output.text, 8)));
    }
    return output;
}

}  // namespace

Result<IcarusTools> find_icarus(const ToolPaths& paths) {
    LUTRA_TRY(Tool iverilog, find_iverilog(paths));
    LUTRA_TRY(Tool vvp, find_vvp(paths));
    return IcarusTools{.iverilog = std::move(iverilog), .vvp = std::move(vvp)};
}

Result<SimulationResult> simulate_with_icarus(const IcarusTools& icarus, const SimulationRun& run, const Progress& progress) {
    if (progress) {
        progress({.what = "icarus compiles"});
    }
    const fs::path binary = fs::absolute(run.work_folder) / (run.top + ".vvp");
    LUTRA_TRY(const CommandOutput build, compile(icarus, run, binary));
    if (progress) {
        progress({.what = "simulation runs"});
    }
    std::vector<std::string> arguments{"-n", binary.string()};
    arguments.insert(arguments.end(), run.arguments.begin(), run.arguments.end());
    LUTRA_TRY(const CommandOutput output, run_command({.program = fs::absolute(icarus.vvp.program),
                                                       .arguments = std::move(arguments),
                                                       .folder = run.run_folder.empty() ? run.work_folder : run.run_folder,
                                                       .time_limit = run.time_limit}));
    const auto verdict = parse_verdict(output.text);
    if (!verdict || (output.status != 0 && !verdict->has_failed())) {
        return fail(
            DiagnosticId::ToolFailed, "vvp",
            fmt::format("the bench '{}' ended with status {} and {}verdict: {}", run.top, output.status, verdict ? "a " : "no ", last_lines(output.text, 6)));
    }
    return SimulationResult{.simulator = "icarus",
                            .version = icarus.vvp.version,
                            .verdict = *verdict,
                            .build_seconds = build.seconds,
                            .run_seconds = output.seconds,
                            .log_tail = last_lines(output.text, 20)};
}

}  // namespace lutra
