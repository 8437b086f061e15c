#include "lutra/compile/simulate_design.h"

#include <fmt/format.h>

#include <cstdlib>
#include <random>
#include <utility>

#include "lutra/compile/design_folder.h"
#include "lutra/compile/model_runner.h"
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

/// Random raw integers that cover the interval of each input; the first two events are the bounds.
RawBatch random_inputs(const Circuit& circuit, std::size_t num_vectors, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RawBatch batch{.is_small = false, .small = {}, .large = {}};
    const auto wires = flat_wires(circuit.inputs());
    for (std::size_t event = 0; event < num_vectors; ++event) {
        for (const Wire wire : wires) {
            const Interval range = circuit.interval(wire);
            const Integer span = range.high - range.low + Integer(1);
            Integer bits = 0;
            for (int have = 0; have < span.bit_length() + 64; have += 64) {
                bits = (bits << 64) + Integer(static_cast<std::uint64_t>(random()));
            }
            const Integer offset = bits - floor_divide(bits, span) * span;
            batch.large.push_back(event == 0 ? range.low : (event == 1 ? range.high : range.low + offset));
        }
    }
    return batch;
}

std::vector<Integer> to_integers(const RawBatch& batch) {
    std::vector<Integer> integers;
    integers.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        integers.push_back(batch[i]);
    }
    return integers;
}

/// Inputs, and what the emulator says of them.
Result<BenchVectors> make_vectors(const ModelRunner& runner, const SimulationOptions& options) {
    RawBatch inputs;
    if (options.input.empty()) {
        inputs = random_inputs(runner.circuit(), options.num_vectors, options.seed);
    } else {
        LUTRA_TRY(const RealEvents events, read_all_events(runner.graph(), options.input));
        inputs = runner.quantize(events.values, events.num_events, options.jobs);
    }
    const RawBatch outputs = runner.run(inputs, options.jobs);
    return BenchVectors{to_integers(inputs), to_integers(outputs)};
}

Result<SimulationResult> run_bench(const SimulationRun& run, SimulatorChoice simulator, const ToolPaths& tools, const Progress& progress) {
    if (simulator == SimulatorChoice::Icarus) {
        LUTRA_TRY(const IcarusTools icarus, find_icarus(tools));
        return simulate_with_icarus(icarus, run, progress);
    }
    LUTRA_TRY(const Tool verilator, find_verilator(tools));
    return simulate_with_verilator(verilator, run, progress);
}

}  // namespace

Result<Report> simulate_design(const fs::path& folder, const SimulationOptions& options, const ToolPaths& tools, const Progress& progress) {
    LUTRA_TRY(Report report, read_design_report(folder));
    LUTRA_TRY(Graph graph, read_design_graph(folder));
    auto runner = ModelRunner::create(std::move(graph));
    if (!runner) {
        return std::unexpected(runner.error().front());
    }
    LUTRA_TRY(const BenchVectors vectors, make_vectors(*runner, options));
    LUTRA_TRY(const WorkFolder work, WorkFolder::create(folder));
    SimulationRun run{.files = {}, .top = report.rtl->top + "_tb", .work_folder = work.path()};
    for (const std::string& file : report.rtl->files) {
        run.files.push_back(fs::absolute(folder / file));
    }
    if (auto written = write_vectors(runner->circuit(), vectors, work.path()); !written) {
        return std::unexpected(std::move(written).error());
    }
    LUTRA_TRY(const SimulationResult result, run_bench(run, options.simulator, tools, progress));
    report.simulated = {result.simulator, result.verdict.vectors, result.verdict.mismatches};
    if (auto written = write_design_report(report, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return report;
}

}  // namespace lutra
