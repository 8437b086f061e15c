#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

#include "lutra/base/parallel.h"
#include "lutra/cli/command.h"
#include "lutra/cli/installed_tools.h"
#include "lutra/compile/verify_design.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path folder;
    VerificationOptions options;
};

/// How a layer was proved, in words.
std::string how(const LayerEquivalence& layer) {
    if (!layer.is_proved) {
        return "not proved";
    }
    if (layer.bits == 0) {
        return "proved within other layers";
    }
    return layer.absorbed == 0 ? "proved by abc cec" : "proved by abc cec, in part within the layers that read it";
}

std::string table_of(const EquivalenceResult& equivalence) {
    std::string text = fmt::format("\n  {:<24}{:>8}{:>8}{:>10}\n", "layer", "bits", "proved", "absorbed");
    for (const LayerEquivalence& layer : equivalence.layers) {
        if (!layer.name.empty() || layer.bits > 0) {
            text += fmt::format("  {:<24}{:>8}{:>8}{:>10}  {}\n", layer.name.empty() ? "(outputs)" : layer.name, layer.bits, layer.proved, layer.absorbed,
                                how(layer));
        }
    }
    return text +
           "\nbits: nets that other layers read; proved: equal to one of the netlist; absorbed: none of the netlist, and compared within the layers that read "
           "them\n";
}

/// The inputs of a difference as words: "x=0010 y=1".
std::string text_of(const NetlistDifference& difference) {
    std::map<std::string, std::string> ports;
    for (const auto& [name, value] : difference.inputs) {
        std::string& bits = ports[name.substr(0, name.find('['))];
        bits.insert(bits.begin(), value != 0 ? '1' : '0');
    }
    std::string text;
    for (const auto& [name, bits] : ports) {
        text += fmt::format(" {}={}'b{}", name, bits.size(), bits);
    }
    return text;
}

void fail_equivalence(Session& session, const Arguments& arguments, const EquivalenceResult& equivalence) {
    const std::string where = equivalence.first_layer.empty() ? "" : fmt::format("; the first layer that is not proved is '{}'", equivalence.first_layer);
    if (equivalence.difference) {
        session.say(fmt::format("for the inputs{}\n  the bit {} differs\n", text_of(*equivalence.difference), equivalence.difference->output));
        session.fail({DiagnosticId::ProofFailed, arguments.folder.string(), "the netlist of the synthesis differs from the Verilog" + where,
                      "the synthesis is wrong; try another version of Yosys, and report it to its authors"});
    } else {
        session.fail({DiagnosticId::ProofLimit, arguments.folder.string(),
                      "the netlist of the synthesis is not proved to be equal to the Verilog (limit)" + where,
                      "give it a longer --equivalence-limit, or compare them by simulation: lutra verify without --equivalence, with more --vectors"});
    }
}

void verify(Session& session, Arguments& arguments) {
    arguments.options.jobs = session.jobs;
    arguments.options.equivalence.jobs = std::min(arguments.options.equivalence.jobs, resolve_num_threads(session.jobs));
    const auto verification = verify_design(arguments.folder, arguments.options, installed_tools(), session.progress());
    if (!verification) {
        session.fail(verification.error());
        return;
    }
    const auto& [report, equivalence] = *verification;
    session.say(fmt::format("netlist: {} vectors, {} mismatches\n", report.netlist->vectors, report.netlist->mismatches));
    if (equivalence) {
        session.say(table_of(*equivalence));
        if (equivalence->is_proved) {
            session.say(fmt::format("abc: the netlist is equivalent to the Verilog; comparisons: {}\n", equivalence->comparisons));
        }
    }
    if (session.json) {
        fmt::print("{}", to_json(report, false));
    }
    if (equivalence && !equivalence->is_proved) {
        fail_equivalence(session, arguments, *equivalence);
    }
    if (report.netlist->mismatches > 0) {
        session.fail({DiagnosticId::SimulationMismatch, arguments.folder.string(),
                      fmt::format("{} of {} vectors of the netlist differ from the emulator", report.netlist->mismatches, report.netlist->vectors),
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
    command->add_flag("--equivalence", options.check_equivalence, "also have ABC prove the netlist equivalent to the Verilog, layer by layer");
    add_seconds(*command, "--equivalence-limit", options.equivalence.time, "that ABC may take in all, after which the rest counts as not proved");
    add_time_limit(*command, options.time_limit);
    command->footer("Example:\n  lutra verify build/tagger --vectors 1000000");
    command->callback([&session, arguments] { verify(session, *arguments); });
}

}  // namespace lutra::cli
