#include "lutra/compile/close_timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "lutra/base/file.h"
#include "lutra/compile/compile_model.h"
#include "lutra/compile/design_folder.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr int max_stages = 4096;

Result<void> copy_folder(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy(from, to, fs::copy_options::recursive, error);
    if (error) {
        return fail(DiagnosticId::FileUnwritable, to.string(), error.message(), "free some space, or name another folder");
    }
    return {};
}

/// Designs of one model with different numbers of stages, each placed in a folder of its own.
class TimingClosure {
public:
    TimingClosure(fs::path design, fs::path work, const Report& report, const SynthesisOptions& options, const ToolPaths& tools, const Progress& progress)
        : design_(std::move(design)),
          work_(std::move(work)),
          report_(report),
          options_(options),
          tools_(tools),
          progress_(progress),
          target_mhz_(1000.0 / *report.timing->clock_ns) {
        options_.place_and_route = true;
    }

    /// The folder of the best design.
    Result<fs::path> run(int max_rounds) {
        int stages = report_.timing->latency_cycles;
        int most_missing = 0;
        for (int round = 0; round < max_rounds && stages > 0; ++round) {
            const fs::path folder = work_ / fmt::format("{}", stages);
            if (auto made = round == 0 ? copy_folder(design_, folder) : compile(stages, folder); !made) {
                return std::unexpected(std::move(made).error());
            }
            LUTRA_TRY(const Report placed, synthesize_design(folder, options_, tools_, progress_));
            const double fmax = placed.nextpnr->fmax_mhz;
            rounds_.push_back({stages, fmax, placed.nextpnr->lut, placed.nextpnr->ff});
            const bool meets = fmax >= target_mhz_;
            if (meets ? fewest_meeting_ == 0 || stages < fewest_meeting_ : fewest_meeting_ == 0 && fmax > best_fmax_) {
                best_ = folder;
                best_report_ = placed;
                best_fmax_ = fmax;
            }
            (meets ? fewest_meeting_ : most_missing) = stages;
            stages = next_stages(stages, fmax, target_mhz_, most_missing, fewest_meeting_);
        }
        best_report_.nextpnr->rounds = rounds_;
        if (auto written = write_design_report(best_report_, best_); !written) {
            return std::unexpected(std::move(written).error());
        }
        return best_;
    }

    const Report& best_report() const { return best_report_; }

private:
    /// The same model with so many stages. What the report says of the model's file stays.
    Result<void> compile(int stages, const fs::path& folder) const {
        CompileOptions options;
        options.model = design_ / graph_file_name;
        options.device = report_.device;
        options.latency_cycles = stages;
        options.clock_ns = report_.timing->clock_ns;
        options.optimize_level = report_.optimize_level;
        options.version = report_.lutra;
        options.jobs = options_.jobs;
        auto compiled = compile_model(options);
        if (!compiled) {
            return std::unexpected(std::move(compiled).error().front());
        }
        compiled->report.model_file = report_.model_file;
        compiled->report.model_format = report_.model_format;
        compiled->report.model_sha256 = report_.model_sha256;
        compiled->report.decisions = report_.decisions;
        compiled->report.precision = report_.precision;
        return write_design(*compiled, folder);
    }

    fs::path design_;
    fs::path work_;
    const Report& report_;
    SynthesisOptions options_;
    const ToolPaths& tools_;
    const Progress& progress_;
    double target_mhz_;
    std::vector<TimingRound> rounds_;
    int fewest_meeting_ = 0;  ///< stages; 0: none yet
    fs::path best_;
    Report best_report_;
    double best_fmax_ = 0;
};

}  // namespace

int next_stages(int stages, double fmax_mhz, double target_mhz, int most_missing, int fewest_meeting) {
    const int low = most_missing + 1;
    const int high = fewest_meeting > 0 ? fewest_meeting - 1 : max_stages;
    if (low > high) {
        return 0;
    }
    // Logic that takes stages / fmax in all needs this many stages at the target, if they divide it as evenly.
    const double needed = std::ceil(stages * target_mhz / std::max(fmax_mhz, 1e-3));
    return static_cast<int>(std::clamp(needed, static_cast<double>(low), static_cast<double>(high)));
}

Result<Report> close_timing(const fs::path& folder, int max_rounds, const SynthesisOptions& options, const ToolPaths& tools, const Progress& progress) {
    LUTRA_TRY(const Report report, read_rtl_report(folder));
    if (!report.timing || !report.timing->clock_ns || report.timing->latency_cycles == 0) {
        return fail(DiagnosticId::NoClockTarget, folder.string(), "the design was compiled without a clock, so there is none to meet",
                    "compile it with --clock-ns, or leave --close-timing out");
    }
    Report best;
    auto closed = write_folder(folder, report_file_name, [&](const fs::path& temporary) -> Result<void> {
        const fs::path work = temporary / "rounds";
        TimingClosure closure(folder, work, report, options, tools, progress);
        std::error_code error;
        fs::create_directories(work, error);
        LUTRA_TRY(const fs::path chosen, closure.run(max_rounds));
        best = closure.best_report();
        if (auto copied = copy_folder(chosen, temporary); !copied) {
            return copied;
        }
        fs::remove_all(work, error);
        return {};
    });
    if (!closed) {
        return std::unexpected(std::move(closed).error());
    }
    return best;
}

}  // namespace lutra
