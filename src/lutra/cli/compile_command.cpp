#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdlib>

#include "lutra/cli/model_options.h"
#include "lutra/compile/compile_model.h"
#include "lutra/compile/design_folder.h"
#include "lutra/target/device.h"

namespace lutra::cli {

namespace {

struct Arguments {
    CompileOptions options;
    std::filesystem::path output;
};

/// A period in ns that some clock can have.
std::optional<double> read_period(const std::string& text) {
    constexpr double shortest = 0.01;
    constexpr double longest = 1e6;
    char* end = nullptr;
    const double period = std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && period >= shortest && period <= longest ? std::optional(period) : std::nullopt;
}

/// A few lines on what was made; the rest is in report.txt.
std::string summary(const Report& report, const std::filesystem::path& output) {
    const CircuitReport& circuit = report.circuit;
    std::string text = fmt::format("{}: {} layers, {} adders of {} bits in all, {} tables\n", report.model_file, report.layers.size(), circuit.adders,
                                   circuit.adder_bits, circuit.tables);
    if (report.timing) {
        text += fmt::format(
            "latency {} cycles{}, a new event every cycle\n", report.timing->latency_cycles,
            report.timing->latency_ns ? fmt::format(" ({:.1f} ns at {:.2f} ns a cycle)", *report.timing->latency_ns, *report.timing->clock_ns) : "");
    }
    if (report.estimate) {
        text += fmt::format("estimate for {}: LUT {}, FF {}\n", report.device, report.estimate->counts.at("lut"), report.estimate->counts.at("ff"));
    }
    return text + fmt::format("{} decisions and all layers: {}\nwritten to {} in {:.3f} s\n", report.decisions.size(), (output / "report.txt").string(),
                              output.string(), report.seconds.at("total"));
}

void compile(Session& session, Arguments& arguments) {
    arguments.options.jobs = session.jobs;
    arguments.options.version = version();
    if (auto device = find_device(arguments.options.device); !device) {
        session.fail(device.error());
        return;
    }
    auto compiled = compile_model(arguments.options, session.progress());
    if (!compiled) {
        session.fail(compiled.error());
        return;
    }
    session.print(compiled->graph.decisions());
    const auto begin = std::chrono::steady_clock::now();
    if (auto written = write_design(*compiled, arguments.output); !written) {
        session.fail(written.error());
        return;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    compiled->report.seconds.at("emit") += seconds;  // files of netlists are printed as they are written
    compiled->report.seconds.at("total") += seconds;
    session.say(summary(compiled->report, arguments.output));
    if (session.json) {
        fmt::print("{}", to_json(compiled->report, true));
    }
}

}  // namespace

void add_compile(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("compile", "turn a model file into firmware: an exact circuit, Verilog, a test bench and a report");
    const auto arguments = std::make_shared<Arguments>();
    CompileOptions& options = arguments->options;
    add_model_options(*command, options);
    command->add_option("-o,--output", arguments->output, "folder to write; replaced only if it is one of ours")->required()->type_name("DIR");
    command->add_option("--device", options.device, "device, as lutra devices lists them")->capture_default_str()->type_name("D");
    const CLI::Validator is_period(
        [](const std::string& text) { return read_period(text) ? "" : "the period must be a number of ns from 0.01 to 1000000, not " + text; }, "");
    auto* clock = command->add_option("--clock-ns", options.clock_ns, "target period of the clock in ns")->check(is_period)->type_name("T");
    auto* latency = command->add_option("--latency-cycles", options.latency_cycles, "exactly N register stages")->check(CLI::Range(1, 4096))->type_name("N");
    auto* combinational = command->add_flag("--combinational", options.combinational, "no registers");
    auto* max_fmax = command->add_flag("--max-fmax", options.max_fmax, "as many register stages as shorten the period, by the device's delays");
    clock->excludes(latency)->excludes(combinational)->excludes(max_fmax);
    latency->excludes(combinational)->excludes(max_fmax);
    combinational->excludes(max_fmax);
    command->add_option("-O,--optimize", options.optimize_level, "effort: 0 generic Verilog as lowered, 1 cells in a moment, 2 usual, 3 search longer")
        ->check(CLI::Range(0, 3))
        ->capture_default_str()
        ->type_name("LEVEL");
    command->footer("Example:\n  lutra compile tagger.onnx -o build/tagger --device ecp5-85 --clock-ns 10");
    command->callback([&session, arguments] { compile(session, *arguments); });
}

}  // namespace lutra::cli
