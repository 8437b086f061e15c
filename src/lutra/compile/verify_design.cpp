#include "lutra/compile/verify_design.h"

#include "lutra/compile/design_folder.h"
#include "lutra/flow/equivalence.h"
#include "lutra/flow/yosys.h"
#include "lutra/target/device.h"

namespace lutra {

namespace fs = std::filesystem;

Result<Report> verify_design(const fs::path& folder, const VerificationOptions& options, const ToolPaths& tools, const Progress& progress) {
    LUTRA_TRY(const Report report, read_rtl_report(folder));
    LUTRA_TRY(const Device device, find_device(report.device));
    LUTRA_TRY(const Tool yosys, find_yosys(tools));
    const fs::path work = folder / "synth";
    std::error_code error;
    fs::create_directories(work, error);
    const SynthesisRequest request{.files = core_files(*report.rtl, folder),
                                   .top = report.rtl->top,
                                   .family = device.family,
                                   .work_folder = work,
                                   .write_json = false,
                                   .write_simulation = true,
                                   .time_limit = options.time_limit};
    LUTRA_TRY(const SynthesisResult synthesis, synthesize(yosys, request, progress));
    const SimulationOptions simulation{.input = {},
                                       .num_vectors = options.num_vectors,
                                       .seed = options.seed,
                                       .netlist = synthesis.verilog_netlist,
                                       .time_limit = options.time_limit,
                                       .jobs = options.jobs};
    LUTRA_TRY(Report verified, simulate_design(folder, simulation, tools, progress));
    if (options.check_equivalence && verified.netlist && verified.netlist->mismatches == 0) {
        if (auto equal = check_equivalence(yosys, request, progress); !equal) {
            return std::unexpected(std::move(equal).error());
        }
    }
    return verified;
}

}  // namespace lutra
