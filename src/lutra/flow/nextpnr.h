#pragma once

/// Place and route with nextpnr-ecp5: the frequency that a core reaches between registers, and the cells that it takes.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/base/result.h"
#include "lutra/flow/ecp5_netlist.h"
#include "lutra/flow/tools.h"
#include "lutra/target/device.h"

namespace lutra {

/// One place-and-route job: the same netlist with several seeds.
struct PlaceAndRouteRequest {
    std::filesystem::path json_netlist;  ///< of the core, as `synthesize` writes it for ECP5
    std::string top;
    std::string clock_port = "clk";  ///< a core without such a port is combinational
    Device device;                   ///< with a nextpnr option
    int speed_grade = 6;             ///< 6, 7 or 8
    double target_mhz = 100;
    int num_seeds = 1;                                                ///< seeds 1, 2, ... num_seeds
    int num_threads = 1;                                              ///< seeds that run at the same time
    std::filesystem::path work_folder;                                ///< exists; logs and reports are written here
    std::chrono::milliseconds time_limit = std::chrono::minutes(15);  ///< for each seed
    double max_carry_fill = 0.72;  ///< part of the device's slices on carry chains above which no placement is tried: at 0.60 nextpnr
                                   ///< places, at 0.75 it does not finish
};

/// What one seed gave.
struct SeedResult {
    int seed = 0;
    double fmax_mhz = 0;
    double seconds = 0;

    friend bool operator==(const SeedResult&, const SeedResult&) = default;
};

/// What nextpnr's report says.
struct NextpnrReport {
    double fmax_mhz = 0;
    int comb = 0;  ///< TRELLIS_COMB: LUTs, adder bits and carry feeds
    int ff = 0;
    int dsp = 0;
    int bram = 0;
};

/// The placed core, without the harness around it.
struct PlaceAndRouteResult {
    std::string version;
    std::string device;
    int speed_grade = 0;
    int lut = 0;  ///< TRELLIS_COMB of the core
    int ff = 0;
    int dsp = 0;
    int bram = 0;
    int harness_lut = 0;
    int harness_ff = 0;
    double fmax_mhz = 0;            ///< of the best seed
    int seed = 0;                   ///< the best one
    std::vector<SeedResult> seeds;  ///< those that were placed and routed
    int num_seeds_failed = 0;       ///< those that were not
};

/// Places and routes. Fails with DesignDoesNotFit before nextpnr runs when the core is too large, with ToolFailed or ToolTimedOut when
/// no seed gave a result.
Result<PlaceAndRouteResult> place_and_route(const Tool& nextpnr, const PlaceAndRouteRequest& request, const Progress& progress = {});

/// Reads the file that nextpnr writes with --report. Fails with ToolOutputUnread.
Result<NextpnrReport> parse_nextpnr_report(std::string_view text);

/// DesignDoesNotFit when a netlist is too large for a device.
Result<void> check_fit(const Ecp5Netlist& netlist, const PlaceAndRouteRequest& request);

}  // namespace lutra
