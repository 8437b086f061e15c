#include "lutra/compile/synthesize_design.h"

#include <fmt/format.h>

#include "lutra/base/parallel.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/rtl_files.h"
#include "lutra/emit/verilog/cells.h"
#include "lutra/flow/nextpnr.h"
#include "lutra/flow/yosys.h"
#include "lutra/target/device.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr double default_target_mhz = 100;

ResourceReport report_of(const SynthesisResult& synthesis, DeviceFamily family) {
    const Resources& r = synthesis.resources;
    return {synthesis.version,
            std::string(to_string(family)),
            {{"lut", occupied_luts(r, family)}, {"ff", r.ff}, {"carry", r.carry}, {"dsp", r.dsp}, {"bram", r.bram}, {"mux", r.mux}}};
}

/// Only ECP5 devices are placed and routed.
Result<void> check_can_be_placed(const Device& device) {
    if (device.nextpnr_option.empty() || device.family != DeviceFamily::Ecp5) {
        return fail(DiagnosticId::UnknownDevice, "", fmt::format("the device '{}' is not placed and routed here; only ECP5 devices are", device.name),
                    "choose --device ecp5-25, ecp5-45 or ecp5-85, or leave --place-and-route out");
    }
    return {};
}

Result<PlacementReport> place(const SynthesisResult& synthesis, const Report& report, const Device& device, const SynthesisOptions& options,
                              const ToolPaths& tools, const fs::path& work, const Progress& progress) {
    LUTRA_TRY(const Tool nextpnr, find_nextpnr_ecp5(tools));
    PlaceAndRouteRequest request{.json_netlist = synthesis.json_netlist,
                                 .top = report.rtl->top,
                                 .device = device,
                                 .num_seeds = options.num_seeds,
                                 .work_folder = work,
                                 .time_limit = options.time_limit};
    request.num_threads = resolve_num_threads(options.jobs);
    const bool has_clock = report.timing && report.timing->clock_ns;
    request.target_mhz = has_clock ? 1000.0 / *report.timing->clock_ns : default_target_mhz;
    LUTRA_TRY(const PlaceAndRouteResult placed, place_and_route(nextpnr, request, progress));
    PlacementReport placement{placed.version, placed.device, placed.lut, placed.ff, placed.fmax_mhz, placed.seed, {}};
    for (const SeedResult& seed : placed.seeds) {
        placement.fmax_of_seeds.push_back(seed.fmax_mhz);
    }
    return placement;
}

}  // namespace

Result<Report> synthesize_design(const fs::path& folder, const SynthesisOptions& options, const ToolPaths& tools, const Progress& progress) {
    LUTRA_TRY(Report report, read_rtl_report(folder));
    LUTRA_TRY(const Device device, find_device(options.device.empty() ? report.device : options.device));
    if (options.place_and_route) {
        if (auto possible = check_can_be_placed(device); !possible) {
            return std::unexpected(std::move(possible).error());
        }
    }
    LUTRA_TRY(const Tool yosys, find_yosys(tools));
    const fs::path work = folder / "synth";
    std::error_code error;
    fs::create_directories(work, error);
    SynthesisRequest request{
        .files = core_files(*report.rtl, folder), .top = report.rtl->top, .family = device.family, .work_folder = work, .time_limit = options.time_limit};
    if (report.rtl->cells != to_string(device.family)) {
        request.models = cell_model_files(*report.rtl, folder);
    }
    LUTRA_TRY(const SynthesisResult synthesis, synthesize(yosys, request, progress));
    report.yosys = report_of(synthesis, device.family);
    report.device = device.name;
    report.nextpnr.reset();
    if (options.place_and_route) {
        LUTRA_TRY(report.nextpnr, place(synthesis, report, device, options, tools, work, progress));
    }
    if (auto written = write_design_report(report, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return report;
}

std::optional<Diagnostic> missed_timing(const Report& report) {
    if (!report.nextpnr || !report.timing || !report.timing->clock_ns) {
        return std::nullopt;
    }
    const double target_mhz = 1000.0 / *report.timing->clock_ns;
    if (report.nextpnr->fmax_mhz >= target_mhz) {
        return std::nullopt;
    }
    return Diagnostic{DiagnosticId::TimingNotMet, report.nextpnr->device,
                      fmt::format("the placed design reaches {:.1f} MHz; its clock is {:.1f} MHz", report.nextpnr->fmax_mhz, target_mhz),
                      "compile with a longer --clock-ns, or try more --seeds"};
}

}  // namespace lutra
