#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "lutra/cli/command.h"
#include "lutra/cli/installed_tools.h"
#include "lutra/compile/verify_design.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path folder;
    VerificationOptions options;
};

void verify(Session& session, Arguments& arguments) {
    arguments.options.jobs = session.jobs;
    const auto report = verify_design(arguments.folder, arguments.options, installed_tools(), session.progress());
    if (!report) {
        session.fail(report.error());
        return;
    }
    session.say(fmt::format("netlist: {} vectors, {} mismatches\n", report->netlist->vectors, report->netlist->mismatches));
    if (arguments.options.check_equivalence && report->netlist->mismatches == 0) {
        session.say("abc: the netlist is equivalent to the Verilog\n");
    }
    if (session.json) {
        fmt::print("{}", to_json(*report, false));
    }
    if (report->netlist->mismatches > 0) {
        session.fail({DiagnosticId::SimulationMismatch, arguments.folder.string(),
                      fmt::format("{} of {} vectors of the netlist differ from the emulator", report->netlist->mismatches, report->netlist->vectors),
                      "lutra prove says whether the Verilog is right; if it is, the synthesis is not"});
    }
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("verify", "synthesise a design with Yosys and compare the netlist with the emulator");
    const auto arguments = std::make_shared<Arguments>();
    VerificationOptions& options = arguments->options;
    command->add_option("folder", arguments->folder, "design folder of lutra compile")->required()->type_name("DIR");
    command->add_option("--vectors", options.num_vectors, "number of random events")->check(CLI::Range(1, 100'000'000))->capture_default_str()->type_name("N");
    command->add_option("--seed", options.seed, "seed of the random events")->capture_default_str()->type_name("SEED");
    command->add_flag("--equivalence", options.check_equivalence, "also have ABC prove the netlist equivalent to the Verilog");
    add_time_limit(*command, options.time_limit);
    command->footer("Example:\n  lutra verify build/tagger --vectors 1000000");
    command->callback([&session, arguments] { verify(session, *arguments); });
}

}  // namespace lutra::cli
