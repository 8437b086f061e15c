#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "lutra/base/file.h"
#include "lutra/cli/command.h"
#include "lutra/compile/prove_design.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path folder;
    ProofOptions options;
    std::filesystem::path certificate;
};

std::string line_of(std::string_view layer, const ProofCounts& counts) {
    return fmt::format("  {:<24}{:>8}{:>12}{:>8}{:>16}\n", layer, counts.sums, counts.tried, counts.by_sat, counts.largest_region);
}

std::string summary(const DesignProof& proof) {
    std::string text =
        fmt::format("passes: {} of {} outputs of circuit.lutra are those of the model, by normal forms\n", proof.passes.outputs, proof.passes.all_outputs);
    if (proof.generic) {
        text += fmt::format("generic Verilog: {} of {} outputs of {} are those of circuit.lutra, by normal forms\n", proof.generic->outputs,
                            proof.generic->all_outputs, proof.file);
    }
    if (!proof.netlist) {
        return text;
    }
    const ProofCounts& all = proof.netlist->counts;
    text += fmt::format("cells: {} of {} output bits of {} are those of circuit.lutra\n\n", all.outputs, all.all_outputs, proof.file);
    text += fmt::format("  {:<24}{:>8}{:>12}{:>8}{:>16}\n", "layer", "sums", "bits tried", "by SAT", "largest region");
    for (const auto& [layer, counts] : proof.netlist->layers) {
        text += line_of(layer.empty() ? "-" : layer, counts);
    }
    text += line_of("all", all);
    text += "\nsums: neurons, by exact linear forms; bits tried: all values of what they depend on; by SAT: the rest, regions counted in inputs\n";
    return text;
}

void print_counterexample(Session& session, const DesignProof& proof, const Counterexample& example) {
    std::string text = "for the raw inputs";
    for (std::size_t i = 0; i < example.inputs.size(); ++i) {
        text += fmt::format(" {}={}", proof.input_names[i], example.inputs[i].to_string());
    }
    session.say(fmt::format("{}\n  {} is {} and not {}\n", text, proof.output_names[example.output], example.found.to_string(), example.expected.to_string()));
}

void fail_proof(Session& session, const Arguments& arguments, const std::string& what, const std::string& layer, bool is_difference) {
    const std::string where = layer.empty() ? what : fmt::format("{}; the first layer that is not proved is '{}'", what, layer);
    const DiagnosticId id = is_difference ? DiagnosticId::ProofFailed : DiagnosticId::ProofLimit;
    session.fail({id, arguments.folder.string(), where,
                  is_difference ? "if you did not change the folder, this is a bug of Lutra: please report it"
                                : "give it more --conflicts or --time-limit, or check it by lutra simulate with many vectors"});
}

/// `part`: a PassesProof or a NetlistProof that did not succeed.
void report_failure(Session& session, const Arguments& arguments, const DesignProof& proof, const auto& part) {
    if (part.counterexample) {
        print_counterexample(session, proof, *part.counterexample);
    }
    const bool is_limit = !part.counterexample && part.problem.ends_with("limit)");
    fail_proof(session, arguments, part.problem, part.layer, !is_limit);
}

std::string json_of(const DesignProof& proof) {
    Report report = proof.report;
    report.seconds = {{"prove", proof.seconds}};
    return to_json(report, true);
}

void prove(Session& session, const Arguments& arguments) {
    const Certificate certificate = arguments.certificate.empty() ? Certificate::No : Certificate::Yes;
    const auto proof = prove_design(arguments.folder, arguments.options, certificate, session.progress());
    if (!proof) {
        session.fail(proof.error());
        return;
    }
    session.say(summary(*proof));
    if (certificate == Certificate::Yes && !proof->netlist) {
        session.fail({DiagnosticId::UsageError, "lutra prove --certificate", fmt::format("the design in {} has no cells", arguments.folder.string()),
                      "compile it for a device with cells of its own, such as --device ecp5-45"});
        return;
    }
    if (certificate == Certificate::Yes) {
        if (auto written = write_file(arguments.certificate, proof->certificate); !written) {
            session.fail(std::move(written).error());
            return;
        }
    }
    if (session.json) {
        fmt::print("{}", json_of(*proof));
    }
    if (proof->is_proved()) {
        session.say("proved\n");
        return;
    }
    if (!proof->passes.is_proved()) {
        report_failure(session, arguments, *proof, proof->passes);
    } else if (proof->generic) {
        report_failure(session, arguments, *proof, *proof->generic);
    } else {
        report_failure(session, arguments, *proof, *proof->netlist);
    }
}

}  // namespace

void add_prove(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("prove", "prove that a design computes its model for all inputs, and say how");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("folder", arguments->folder, "design folder of lutra compile")->required()->type_name("DIR");
    command
        ->add_option("--conflicts", arguments->options.region_conflicts,
                     "conflicts after which SAT gives up on a region; 3 times as many in the search for a counterexample")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str()
        ->type_name("N");
    add_time_limit(*command, arguments->options.time_limit, "after which the rest counts as not proved");
    command
        ->add_option("--certificate", arguments->certificate, "write how the sums were proved; tools/certificate/check_sums.py checks it without this prover")
        ->type_name("FILE");
    command->footer("Example:\n  lutra prove build/tagger");
    command->callback([&session, arguments] {
        constexpr int search_factor = 3;
        constexpr int max_conflicts = 100'000'000;
        arguments->options.search_conflicts = std::min(arguments->options.region_conflicts, max_conflicts / search_factor) * search_factor;
        prove(session, *arguments);
    });
}

}  // namespace lutra::cli
