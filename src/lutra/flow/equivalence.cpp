#include "lutra/flow/equivalence.h"

#include <fmt/format.h>

#include <numeric>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr const char* register_map_name = "registers.v";
constexpr const char* difference_name = "difference.json";
constexpr std::uint64_t max_stat_bytes = 1 << 20;

/// A register as the wire that it is in a pipeline.
constexpr std::string_view register_map = R"(module \$dff (CLK, D, Q);
parameter CLK_POLARITY = 1;
parameter WIDTH = 1;
input CLK;
input [WIDTH-1:0] D;
output [WIDTH-1:0] Q;
assign Q = D;
endmodule
)";

/// What was read as a module of this name without registers, put aside.
std::string as_logic(const std::string& top, std::string_view name) {
    return fmt::format("hierarchy -top {0}\nproc\nflatten\ntechmap -map {1} t:$dff\nopt_clean\nrename {0} {2}\ndesign -stash {2}\n", top, register_map_name, name);
}

}  // namespace

std::string equivalence_script(const SynthesisRequest& request) {
    std::string script = "read_verilog netlist.v\n" + as_logic(request.top, "gate");
    for (const fs::path& file : request.files) {
        script += fmt::format("read_verilog \"{}\"\n", fs::absolute(file).lexically_proximate(fs::absolute(request.work_folder)).string());
    }
    if (const std::string_view models = cell_models(request.family); !models.empty()) {
        script += fmt::format("read_verilog -defer -nooverwrite {}\n", models);
    }
    script += as_logic(request.top, "gold");
    script += "design -copy-from gold -as gold gold\ndesign -copy-from gate -as gate gate\n";
    script += "miter -equiv -flatten gold gate difference\nhierarchy -top difference\ntechmap\nopt_clean\n";
    script += "abc -script +strash;fraig\nopt_clean -purge\n";
    return script + fmt::format("tee -q -o {} stat -json\n", difference_name);
}

Result<void> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const Progress& progress) {
    for (const auto& [name, content] : {std::pair<std::string, std::string>("equivalence.ys", equivalence_script(request)), {register_map_name, std::string(register_map)}}) {
        if (auto written = write_file(request.work_folder / name, content); !written) {
            return written;
        }
    }
    std::error_code error;
    fs::remove(request.work_folder / difference_name, error);
    if (progress) {
        progress({.what = "abc equivalence", .done = 0, .total = 0});
    }
    const auto output = run_tool({.program = yosys.program, .arguments = {"-q", "-s", "equivalence.ys"}, .folder = request.work_folder, .time_limit = request.time_limit});
    if (!output) {
        return std::unexpected(output.error());
    }
    LUTRA_TRY(const std::string stat, read_file(request.work_folder / difference_name, max_stat_bytes));
    LUTRA_TRY(const auto gates, parse_yosys_cells(stat));
    if (!gates.empty()) {
        const int num_gates = std::accumulate(gates.begin(), gates.end(), 0, [](int sum, const auto& gate) { return sum + gate.second; });
        return fail(DiagnosticId::ProofLimit, request.work_folder.parent_path().string(),
                    fmt::format("the netlist of the synthesis is not proved to be equal to the Verilog: {} gates of their difference are left", num_gates),
                    "compare them by simulation: lutra verify without --equivalence, with more --vectors");
    }
    return {};
}

}  // namespace lutra
