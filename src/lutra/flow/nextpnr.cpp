#include "lutra/flow/nextpnr.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "lutra/base/file.h"
#include "lutra/base/parallel.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t max_netlist_bytes = std::uint64_t{1} << 30;
constexpr std::uint64_t max_report_bytes = std::uint64_t{256} << 20;

/// What one run of nextpnr gave.
struct SeedRun {
    NextpnrReport report;
    double seconds = 0;
};

Command seed_command(const Tool& nextpnr, const PlaceAndRouteRequest& request, int seed) {
    return {.program = fs::absolute(nextpnr.program),
            .arguments = {std::string(request.device.nextpnr_option), "--package", "CABGA381", "--speed", std::to_string(request.speed_grade), "--json",
                          "harness.json", "--top", request.top, "--report", fmt::format("seed_{}.report.json", seed), "--freq",
                          fmt::format("{:.3f}", request.target_mhz), "--seed", std::to_string(seed), "--lpf-allow-unconstrained", "--timing-allow-fail"},
            .folder = request.work_folder,
            .time_limit = request.time_limit};
}

/// The number that follows `before` in a line.
std::optional<std::uint64_t> number_after(std::string_view line, std::string_view before) {
    const std::size_t found = line.find(before);
    std::uint64_t number = 0;
    const char* begin = found == std::string_view::npos ? nullptr : line.data() + found + before.size();
    while (begin != nullptr && begin != line.data() + line.size() && *begin == ' ') {
        ++begin;
    }
    if (begin == nullptr || std::from_chars(begin, line.data() + line.size(), number).ec != std::errc{}) {
        return std::nullopt;
    }
    return number;
}

/// Follows nextpnr's log: its steps ("Info: Packing carries.."), the placer's iterations, and the arcs that are left to route.
class LogFollower {
public:
    LogFollower(const Progress& progress, int seed) : progress_(progress), seed_(seed) {}

    void see(std::string_view line) {
        constexpr std::string_view info = "Info: ";
        constexpr std::string_view error = "ERROR: ";
        if (line.starts_with(error)) {
            error_ = line.substr(error.size());
        } else if (!progress_ || !line.starts_with(info)) {
            return;
        } else if (const auto iteration = number_after(line, "at iteration #")) {
            show("placing", *iteration, 0);
        } else if (const auto arcs = number_after(line, "Info: Routing ")) {
            num_arcs_ = *arcs;
        } else if (const auto left = arcs_left(line); left && *left <= num_arcs_) {
            show("routing", num_arcs_ - *left, num_arcs_);
        } else if (line.ends_with("..")) {
            show(line.substr(info.size(), 40), 0, 0);
        }
    }

    const std::string& error() const { return error_; }

private:
    void show(std::string_view step, std::uint64_t done, std::uint64_t total) {
        progress_({.what = fmt::format("nextpnr seed {}: {}", seed_, step), .done = done, .total = total});
    }

    /// The column of a router's row `count | with, without rip-up | changes | arcs left | time`.
    static std::optional<std::uint64_t> arcs_left(std::string_view line) {
        constexpr int column = 3;
        for (int i = 0; i < column; ++i) {
            const std::size_t bar = line.find('|');
            if (bar == std::string_view::npos) {
                return std::nullopt;
            }
            line.remove_prefix(bar + 1);
        }
        return number_after(line, "");
    }

    const Progress& progress_;
    int seed_;
    std::string error_;
    std::uint64_t num_arcs_ = 0;
};

Result<SeedRun> run_seed(const Tool& nextpnr, const PlaceAndRouteRequest& request, int seed, const Progress& progress) {
    Command command = seed_command(nextpnr, request, seed);
    LogFollower log(progress, seed);
    command.on_line = [&](std::string_view line) { log.see(line); };
    LUTRA_TRY(const CommandOutput output, run_command(command));
    if (const auto written = write_file(request.work_folder / fmt::format("seed_{}.log", seed), output.text); !written) {
        return std::unexpected(written.error());
    }
    if (output.status != 0) {
        return fail(DiagnosticId::ToolFailed, "nextpnr-ecp5",
                    fmt::format("seed {} on {} ended with status {}: {}", seed, request.device.name, output.status,
                                log.error().empty() ? last_lines(output.text, 4) : log.error()),
                    fmt::format("try a larger device or another seed; see {}", (request.work_folder / fmt::format("seed_{}.log", seed)).string()));
    }
    LUTRA_TRY(const std::string text, read_file(request.work_folder / fmt::format("seed_{}.report.json", seed), max_report_bytes));
    LUTRA_TRY(const NextpnrReport report, parse_nextpnr_report(text));
    return SeedRun{.report = report, .seconds = output.seconds};
}

/// The best of the seeds, with the harness taken off.
Result<PlaceAndRouteResult> best_of(const std::vector<Result<SeedRun>>& runs, const PlaceAndRouteRequest& request, const Ecp5Netlist& netlist) {
    PlaceAndRouteResult result{.version = {},
                               .device = std::string(request.device.name),
                               .speed_grade = request.speed_grade,
                               .harness_lut = netlist.harness_lut,
                               .harness_ff = netlist.harness_ff,
                               .seeds = {}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i]) {
            ++result.num_seeds_failed;
            continue;
        }
        const NextpnrReport& report = runs[i]->report;
        const int seed = static_cast<int>(i) + 1;
        result.seeds.push_back({.seed = seed, .fmax_mhz = report.fmax_mhz, .seconds = runs[i]->seconds});
        if (report.fmax_mhz > result.fmax_mhz) {
            result.fmax_mhz = report.fmax_mhz;
            result.seed = seed;
            result.lut = report.comb - netlist.harness_lut;
            result.ff = report.ff - netlist.harness_ff;
            result.dsp = report.dsp;
            result.bram = report.bram;
        }
    }
    if (result.seeds.empty()) {
        return std::unexpected(runs.front().error());
    }
    return result;
}

}  // namespace

Result<void> check_fit(const Ecp5Netlist& netlist, const PlaceAndRouteRequest& request) {
    const Capacity& capacity = request.device.capacity;
    const auto too_large = [&](std::string what) {
        return fail(DiagnosticId::DesignDoesNotFit, std::string(request.device.name), std::move(what),
                    "use a larger device, a lower precision, or a smaller model");
    };
    if (netlist.predicted_comb() > capacity.lut) {
        return too_large(fmt::format("the design takes {} LUTs; the device has {}", netlist.predicted_comb(), capacity.lut));
    }
    if (netlist.ff + netlist.harness_ff > capacity.ff) {
        return too_large(fmt::format("the design takes {} flip-flops; the device has {}", netlist.ff + netlist.harness_ff, capacity.ff));
    }
    const int max_slices = static_cast<int>(request.max_carry_fill * capacity.lut / 2);
    if (netlist.carry_slices() > max_slices) {
        return too_large(fmt::format("carry chains take {} slices; nextpnr places at most about {} of the device's {}", netlist.carry_slices(), max_slices,
                                     capacity.lut / 2));
    }
    return {};
}

Result<PlaceAndRouteResult> place_and_route(const Tool& nextpnr, const PlaceAndRouteRequest& request, const Progress& progress) {
    LUTRA_ASSERT(!request.device.nextpnr_option.empty() && request.num_seeds > 0);
    LUTRA_TRY(const std::string json, read_file(request.json_netlist, max_netlist_bytes));
    LUTRA_TRY(Ecp5Netlist netlist, prepare_ecp5_netlist(json, request.top, request.clock_port));
    if (const auto fits = check_fit(netlist, request); !fits) {
        return std::unexpected(fits.error());
    }
    if (const auto written = write_file(request.work_folder / "harness.json", netlist.json); !written) {
        return std::unexpected(written.error());
    }
    std::mutex progress_mutex;
    const Progress one_at_a_time = !progress ? Progress{} : [&](const ProgressStep& step) {
        const std::lock_guard lock(progress_mutex);
        progress(step);
    };
    const auto num_seeds = static_cast<std::size_t>(request.num_seeds);
    std::vector<Result<SeedRun>> runs(num_seeds);
    parallel_for(num_seeds, 1, request.num_threads,
                 [&](std::size_t begin, std::size_t) { runs[begin] = run_seed(nextpnr, request, static_cast<int>(begin) + 1, one_at_a_time); });
    LUTRA_TRY(PlaceAndRouteResult result, best_of(runs, request, netlist));
    result.version = nextpnr.version;
    return result;
}

Result<NextpnrReport> parse_nextpnr_report(std::string_view text) {
    const auto unread = [](std::string why) {
        return fail(DiagnosticId::ToolOutputUnread, "nextpnr-ecp5", "its report cannot be read: " + std::move(why),
                    "this version of nextpnr may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is");
    };
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        return unread("it is not JSON");
    }
    try {
        NextpnrReport report;
        for (const auto& clock : json.at("fmax")) {
            const double achieved = clock.at("achieved").get<double>();
            report.fmax_mhz = report.fmax_mhz == 0 ? achieved : std::min(report.fmax_mhz, achieved);
        }
        const auto& utilization = json.at("utilization");
        const auto used = [&](const char* cell) { return utilization.contains(cell) ? utilization.at(cell).at("used").get<int>() : 0; };
        report.comb = used("TRELLIS_COMB");
        report.ff = used("TRELLIS_FF");
        report.dsp = used("MULT18X18D");
        report.bram = used("DP16KD");
        if (report.fmax_mhz <= 0) {
            return unread("it holds no clock");
        }
        return report;
    } catch (const nlohmann::json::exception& error) {
        return unread(error.what());
    }
}

}  // namespace lutra
