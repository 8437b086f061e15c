#include "lutra/flow/equivalence.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "lutra/base/file.h"
#include "lutra/base/parallel.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr const char* map_name = "equivalence_map.v";
constexpr const char* script_name = "equivalence.ys";
constexpr const char* gold_name = "equivalence_gold.blif";
constexpr const char* gate_name = "equivalence_gate.blif";
constexpr const char* regions_name = "equivalence";
constexpr std::uint64_t max_blif_bytes = std::uint64_t{1} << 31;

/// A register as the wire that it is in a pipeline, and a constant that is shifted by nets, which is how Yosys prints a LUT, as the LUT: left to techmap, each
/// becomes a shifter, which takes minutes.
constexpr std::string_view map = R"(module \$dff (CLK, D, Q);
    parameter CLK_POLARITY = 1;
    parameter WIDTH = 1;
    input CLK;
    input [WIDTH-1:0] D;
    output [WIDTH-1:0] Q;
    assign Q = D;
endmodule

(* techmap_celltype = "$shr" *)
module lutra_constant_shift (A, B, Y);
    parameter A_SIGNED = 0;
    parameter B_SIGNED = 0;
    parameter A_WIDTH = 1;
    parameter B_WIDTH = 1;
    parameter Y_WIDTH = 1;
    parameter _TECHMAP_CONSTMSK_A_ = 0;
    parameter _TECHMAP_CONSTVAL_A_ = 0;
    input [A_WIDTH-1:0] A;
    input [B_WIDTH-1:0] B;
    output [Y_WIDTH-1:0] Y;
    wire _TECHMAP_FAIL_ = !(&_TECHMAP_CONSTMSK_A_) || Y_WIDTH != 1 || B_WIDTH > 6 || A_WIDTH > (1 << B_WIDTH) || A_SIGNED != 0 || B_SIGNED != 0;
    localparam [(1 << B_WIDTH)-1:0] table = _TECHMAP_CONSTVAL_A_;
    \$lut #(.WIDTH(B_WIDTH), .LUT(table)) _TECHMAP_REPLACE_ (.A(B), .Y(Y[0]));
endmodule
)";

/// What was read, as functions without registers.
std::string write_as_logic(const std::string& top, const char* file) {
    return fmt::format(
        "hierarchy -top {}\nproc -norom\nflatten\nwreduce t:$shr\ntechmap -map {}\nopt_clean\ntechmap t:$lut %n\nopt_clean\nsetundef -zero\nwrite_blif {}\n",
        top, map_name, file);
}

/// Brings inputs and outputs into the order of the other design's.
Result<void> align(std::vector<NamedNode>& ports, const std::vector<NamedNode>& as) {
    const std::map<std::string, LogicIndex> nodes(ports.begin(), ports.end());
    std::vector<NamedNode> aligned;
    for (const auto& [name, node] : as) {
        const auto found = nodes.find(name);
        if (found == nodes.end() || ports.size() != as.size()) {
            return fail(DiagnosticId::ToolOutputUnread, gate_name, fmt::format("the netlist has not the same ports as the Verilog: '{}'", name),
                        "compile the design again");
        }
        aligned.emplace_back(name, found->second);
    }
    ports = std::move(aligned);
    return {};
}

Result<DesignPair> read_designs(const fs::path& folder) {
    DesignPair designs;
    for (auto [name, design] : {std::pair(gold_name, &designs.gold), std::pair(gate_name, &designs.gate)}) {
        LUTRA_TRY(const std::string text, read_file(folder / name, max_blif_bytes));
        LUTRA_TRY(*design, read_blif(text, name));
    }
    if (auto aligned = align(designs.gate.inputs, designs.gold.inputs); !aligned) {
        return std::unexpected(std::move(aligned).error());
    }
    if (auto aligned = align(designs.gate.outputs, designs.gold.outputs); !aligned) {
        return std::unexpected(std::move(aligned).error());
    }
    return designs;
}

/// Has ABC compare regions, two at a time, until the time is over.
class RegionRuns {
public:
    RegionRuns(const Tool& yosys, const SynthesisRequest& request, const EquivalenceLimits& limits, const Progress& progress)
        : yosys_(yosys), folder_(request.work_folder / regions_name), jobs_(limits.jobs), deadline_(Clock::now() + limits.time), progress_(progress) {}

    bool is_over() const { return Clock::now() >= deadline_; }

    Result<std::vector<CecVerdict>> compare(const std::vector<LayerRegion>& regions) {
        std::vector<Result<CecVerdict>> verdicts(regions.size());
        num_known_ += regions.size();
        show();
        parallel_for(regions.size(), 1, jobs_, [&](std::size_t begin, std::size_t) {
            verdicts[begin] = compare(regions[begin]);
            const std::lock_guard lock(mutex_);
            ++num_compared_;
            show();
        });
        std::vector<CecVerdict> all;
        for (Result<CecVerdict>& verdict : verdicts) {
            LUTRA_TRY(all.emplace_back(), std::move(verdict));
        }
        return all;
    }

private:
    using Clock = std::chrono::steady_clock;

    Result<CecVerdict> compare(const LayerRegion& region) {
        const auto left = std::chrono::floor<std::chrono::milliseconds>(deadline_ - Clock::now());
        if (left.count() <= 0) {
            return CecVerdict{};
        }
        const std::size_t number = num_started_++;
        const fs::path folder = folder_ / fmt::format("region{}", number);
        CecLimits limits;
        limits.time = std::min(limits.time, left);
        auto verdict = run_cec(yosys_, folder, {region.gold_blif(), region.gate_blif()}, limits);
        if (verdict && verdict->kind == CecVerdict::Kind::Equal) {
            std::error_code error;
            fs::remove_all(folder, error);
        }
        return verdict;
    }

    void show() const {
        if (progress_) {
            progress_({.what = "abc equivalence", .done = num_compared_, .total = num_known_});
        }
    }

    const Tool& yosys_;
    fs::path folder_;
    int jobs_;
    Clock::time_point deadline_;
    const Progress& progress_;
    std::mutex mutex_;
    std::atomic<std::size_t> num_started_ = 0;
    std::uint64_t num_compared_ = 0;
    std::uint64_t num_known_ = 0;
};

}  // namespace

std::string equivalence_script(const SynthesisRequest& request) {
    std::string script = "read_verilog netlist.v\n" + write_as_logic(request.top, gate_name) + "design -reset\n";
    for (const fs::path& file : request.files) {
        script += fmt::format("read_verilog \"{}\"\n", fs::absolute(file).lexically_proximate(fs::absolute(request.work_folder)).string());
    }
    if (const std::string_view models = cell_models(request.family); !models.empty()) {
        script += fmt::format("read_verilog -defer -nooverwrite {}\n", models);
    }
    return script + write_as_logic(request.top, gold_name);
}

Result<EquivalenceResult> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const std::vector<LayerName>& layers,
                                            const EquivalenceLimits& limits, const Progress& progress) {
    for (const auto& [name, content] : {std::pair<const char*, std::string>(script_name, equivalence_script(request)), {map_name, std::string(map)}}) {
        if (auto written = write_file(request.work_folder / name, content); !written) {
            return std::unexpected(std::move(written).error());
        }
    }
    std::error_code error;
    for (const char* stale : {gold_name, gate_name}) {
        fs::remove(request.work_folder / stale, error);
    }
    fs::remove_all(request.work_folder / regions_name, error);
    if (progress) {
        progress({.what = "yosys logic", .done = 0, .total = 0});
    }
    LUTRA_TRY(
        [[maybe_unused]] const CommandOutput output,
        run_tool(
            {.program = fs::absolute(yosys.program), .arguments = {"-q", "-s", script_name}, .folder = request.work_folder, .time_limit = request.time_limit}));
    LUTRA_TRY(const DesignPair designs, read_designs(request.work_folder));
    RegionRuns runs(yosys, request, limits, progress);
    return prove_layers(designs, layers, [&](const std::vector<LayerRegion>& regions) { return runs.compare(regions); }, [&] { return runs.is_over(); });
}

}  // namespace lutra
