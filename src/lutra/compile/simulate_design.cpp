#include "lutra/compile/simulate_design.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "lutra/compile/design_folder.h"
#include "lutra/compile/model_runner.h"
#include "lutra/compile/random_vectors.h"
#include "lutra/compile/read_events.h"
#include "lutra/flow/icarus.h"
#include "lutra/flow/simulate.h"
#include "lutra/flow/verilator.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

/// A folder for the simulator's files, gone at the end.
class WorkFolder {
public:
    static Result<WorkFolder> create(const fs::path& design) {
        std::string path = (design / "simulation.XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) {
            return fail(DiagnosticId::FileUnwritable, design.string(), "no folder can be made in it", "check that you may write there");
        }
        return WorkFolder(fs::absolute(path));
    }
    WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    WorkFolder& operator=(WorkFolder&&) = delete;
    ~WorkFolder() {
        if (!path_.empty()) {
            std::error_code error;
            fs::remove_all(path_, error);
        }
    }
    const fs::path& path() const { return path_; }

private:
    explicit WorkFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

/// Inputs, and what the emulator says of them.
Result<BenchVectors> make_vectors(const ModelRunner& runner, const SimulationOptions& options) {
    if (options.input.empty()) {
        return random_vectors(runner, options.num_vectors, options.seed, options.jobs);
    }
    LUTRA_TRY(const RealEvents events, read_all_events(runner.graph(), options.input));
    if (events.num_events == 0) {
        return fail(DiagnosticId::NpyShapeMismatch, options.input.string(), "there are no events to simulate",
                    "give at least one, or leave --input out for random ones");
    }
    return vectors_for(runner, runner.quantize(events.values, events.num_events, options.jobs), options.jobs);
}

Result<SimulationResult> run_bench(const SimulationRun& run, SimulatorChoice simulator, const ToolPaths& tools, const Progress& progress) {
    if (simulator == SimulatorChoice::Icarus) {
        LUTRA_TRY(const IcarusTools icarus, find_icarus(tools));
        return simulate_with_icarus(icarus, run, progress);
    }
    LUTRA_TRY(const Tool verilator, find_verilator(tools));
    return simulate_with_verilator(verilator, run, progress);
}

/// What is simulated: the bench with the design's own Verilog, or with a netlist of it.
std::vector<fs::path> files_of(const RtlReport& rtl, const SimulationOptions& options, const fs::path& folder) {
    std::vector<fs::path> files = bench_files(rtl, options.bench, folder);
    if (!options.netlist.empty()) {
        std::erase_if(files, [&](const fs::path& file) { return file.stem() != bench_module(rtl, options.bench); });
        files.push_back(options.netlist);
    }
    return files;
}

}  // namespace

Result<Report> simulate_design(const fs::path& folder, const SimulationOptions& options, const ToolPaths& tools, const Progress& progress) {
    LUTRA_TRY(Report report, read_rtl_report(folder));
    if (!has_bench(*report.rtl, options.bench)) {
        return fail(DiagnosticId::NotADesignFolder, folder.string(), fmt::format("the design has no module '{}'", bench_module(*report.rtl, options.bench)),
                    "a design without inputs or outputs has no AXI4-Stream shell; else run lutra compile again");
    }
    LUTRA_TRY(Graph graph, read_design_graph(folder));
    auto runner = ModelRunner::create(std::move(graph));
    if (!runner) {
        return std::unexpected(runner.error().front());
    }
    LUTRA_TRY(const BenchVectors vectors, make_vectors(*runner, options));
    LUTRA_TRY(const WorkFolder work, WorkFolder::create(folder));
    const SimulationRun run{.files = files_of(*report.rtl, options, folder),
                            .top = bench_module(*report.rtl, options.bench),
                            .work_folder = work.path(),
                            .expected_vectors = num_events(runner->circuit(), vectors),
                            .refuse_warnings = options.netlist.empty(),
                            .time_limit = options.time_limit};
    if (auto written = write_vectors(runner->circuit(), vectors, work.path()); !written) {
        return std::unexpected(std::move(written).error());
    }
    LUTRA_TRY(const SimulationResult result, run_bench(run, options.simulator, tools, progress));
    if (options.netlist.empty()) {
        report.simulated = {result.simulator, result.verdict.vectors, result.verdict.mismatches};
    } else {
        report.netlist = {result.verdict.vectors, result.verdict.mismatches};
    }
    if (auto written = write_design_report(report, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return report;
}

}  // namespace lutra
