#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "lutra/cli/choice.h"
#include "lutra/cli/command.h"
#include "lutra/cli/installed_tools.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/simulate_design.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path folder;
    SimulationOptions options;
};

void simulate(Session& session, Arguments& arguments) {
    arguments.options.jobs = session.jobs;
    const auto report = simulate_design(arguments.folder, arguments.options, installed_tools(), session.progress());
    if (!report) {
        session.fail(report.error());
        return;
    }
    session.say(fmt::format("{}: {} vectors, {} mismatches\n", report->simulated->simulator, report->simulated->vectors, report->simulated->mismatches));
    if (session.json) {
        fmt::print("{}", to_json(*report, false));
    }
    if (report->simulated->mismatches > 0) {
        session.fail({DiagnosticId::SimulationMismatch, arguments.folder.string(),
                      fmt::format("{} of {} vectors differ from the emulator", report->simulated->mismatches, report->simulated->vectors),
                      "if you did not change the Verilog, this is a bug of Lutra: please report it"});
    }
}

}  // namespace

void add_simulate(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("simulate", "run the Verilog of a design in a simulator and compare each output with the emulator");
    const auto arguments = std::make_shared<Arguments>();
    SimulationOptions& options = arguments->options;
    command->add_option("folder", arguments->folder, "design folder of lutra compile")->required()->type_name("DIR");
    auto* input = command->add_option("--input", options.input, "events to simulate (.npy, or .npz for several inputs)")->type_name("X.npy");
    command->add_option("--vectors", options.num_vectors, "number of random events, when there is no --input")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str()
        ->excludes(input)
        ->type_name("N");
    command->add_option("--seed", options.seed, "seed of the random events")->capture_default_str()->type_name("SEED");
    const Choices<SimulatorChoice> simulators = {{"verilator", SimulatorChoice::Verilator}, {"icarus", SimulatorChoice::Icarus}};
    add_choice(*command, "--simulator", options.simulator, simulators, "verilator (default) or icarus");
    const Choices<BenchKind> benches = {{"core", BenchKind::Core}, {"axi-stream", BenchKind::AxiStream}};
    add_choice(*command, "--bench", options.bench, benches, "core: an event every cycle (default); axi-stream: the shell around it, under random stalls");
    add_time_limit(*command, options.time_limit);
    command->footer("Example:\n  lutra simulate build/tagger --vectors 10000 --simulator icarus");
    command->callback([&session, arguments] { simulate(session, *arguments); });
}

}  // namespace lutra::cli
