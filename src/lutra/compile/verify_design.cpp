#include "lutra/compile/verify_design.h"

#include "lutra/compile/design_folder.h"
#include "lutra/emit/verilog/identifiers.h"
#include "lutra/flow/yosys.h"
#include "lutra/target/device.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

/// The layers as the emitters call their nets.
std::vector<LayerName> layer_names(const Report& report) {
    std::vector<LayerName> names;
    for (const LayerReport& layer : report.layers) {
        names.push_back({layer.name, verilog::sanitized(layer.name, "net")});
    }
    return names;
}

EquivalenceReport report_of(const EquivalenceResult& result) {
    EquivalenceReport report{.is_proved = result.is_proved, .method = "abc cec", .layers = {}};
    for (const LayerEquivalence& layer : result.layers) {
        if (!layer.name.empty() || layer.bits > 0) {
            report.layers.push_back({layer.name, layer.bits, layer.proved, layer.absorbed, layer.is_proved});
        }
    }
    return report;
}

}  // namespace

Result<DesignVerification> verify_design(const fs::path& folder, const VerificationOptions& options, const ToolPaths& tools, const Progress& progress) {
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
    DesignVerification verification;
    LUTRA_TRY(verification.report, simulate_design(folder, simulation, tools, progress));
    verification.report.equivalence.reset();
    if (options.check_equivalence) {
        LUTRA_TRY(verification.equivalence, check_equivalence(yosys, request, layer_names(report), options.equivalence, progress));
        verification.report.equivalence = report_of(*verification.equivalence);
    }
    if (auto written = write_design_report(verification.report, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return verification;
}

}  // namespace lutra
