#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "lutra/cli/command.h"
#include "lutra/cli/installed_tools.h"
#include "lutra/compile/close_timing.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/synthesize_design.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path folder;
    SynthesisOptions options;
    int timing_rounds = 0;  ///< 0: the design stays as it is
};

std::string summary(const Report& report) {
    std::string text;
    if (report.yosys) {
        text += fmt::format("Yosys {} for {}:", report.yosys->version, report.yosys->family);
        for (const auto& [name, count] : report.yosys->counts) {
            text += fmt::format(" {} {}", name, count);
        }
        text += "\n";
    }
    if (report.nextpnr) {
        text += fmt::format("nextpnr {} on {}: LUT {}, FF {}, Fmax {:.1f} MHz (seed {})\n", report.nextpnr->version, report.nextpnr->device,
                            report.nextpnr->lut, report.nextpnr->ff, report.nextpnr->fmax_mhz, report.nextpnr->seed);
        for (const TimingRound& round : report.nextpnr->rounds) {
            const bool is_kept = report.timing && report.timing->latency_cycles == round.latency_cycles;
            text += fmt::format("  {} cycles: Fmax {:.1f} MHz, LUT {}, FF {}{}\n", round.latency_cycles, round.fmax_mhz, round.lut, round.ff,
                                is_kept ? ", kept" : "");
        }
    }
    return text;
}

void synth(Session& session, Arguments& arguments) {
    arguments.options.jobs = session.jobs;
    const auto report = arguments.timing_rounds > 0
                            ? close_timing(arguments.folder, arguments.timing_rounds, arguments.options, installed_tools(), session.progress())
                            : synthesize_design(arguments.folder, arguments.options, installed_tools(), session.progress());
    if (!report) {
        session.fail(report.error());
        return;
    }
    session.say(summary(*report));
    if (session.json) {
        fmt::print("{}", to_json(*report, false));
    }
    if (const auto missed = missed_timing(*report)) {
        session.print(*missed);
        session.exit_code = ExitCode::CheckFailed;
    }
}

}  // namespace

void add_synth(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("synth", "synthesise a design with Yosys, and place and route it with nextpnr");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("folder", arguments->folder, "design folder of lutra compile")->required()->type_name("DIR");
    CLI::Option* device =
        command->add_option("--device", arguments->options.device, "device; without it the one that the design was compiled for")->type_name("D");
    command->add_flag("--place-and-route", arguments->options.place_and_route, "also place and route (ECP5)");
    command->add_option("--seeds", arguments->options.num_seeds, "seeds to place with; the best one counts")
        ->check(CLI::Range(1, 64))
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--close-timing", arguments->timing_rounds, "place up to N designs to find the fewest register stages that meet the clock (ECP5)")
        ->check(CLI::Range(1, 64))
        ->excludes(device)
        ->type_name("N");
    add_time_limit(*command, arguments->options.time_limit);
    command->footer("Example:\n  lutra synth build/tagger --place-and-route --seeds 3");
    command->callback([&session, arguments] { synth(session, *arguments); });
}

}  // namespace lutra::cli
