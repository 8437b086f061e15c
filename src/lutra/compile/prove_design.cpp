#include "lutra/compile/prove_design.h"

#include <fmt/format.h>

#include <chrono>

#include "lutra/base/file.h"
#include "lutra/circuit/latency.h"
#include "lutra/compile/design_folder.h"
#include "lutra/lower/lower_graph.h"
#include "lutra/prove/read_cells.h"
#include "lutra/prove/read_expressions.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_verilog_bytes = std::uint64_t{1} << 31;

std::vector<std::string> element_names(const std::vector<Port>& ports) {
    std::vector<std::string> names;
    for (const Port& port : ports) {
        for (std::size_t i = 0; i < port.wires.size(); ++i) {
            names.push_back(fmt::format("{}[{}]", port.name, i));
        }
    }
    return names;
}

/// The bits of the module's ports are those of the circuit's, port after port; ports of no bits are left out.
bool has_ports_of(const ReadModule& module, const Circuit& circuit) {
    std::size_t next = 0;
    for (const bool is_input : {true, false}) {
        for (const Port& port : is_input ? circuit.inputs() : circuit.outputs()) {
            std::size_t width = 0;
            for (const Wire wire : port.wires) {
                width += static_cast<std::size_t>(circuit.type(wire).width);
            }
            if (width > 0 && (next == module.ports.size() || module.ports[next].is_input != is_input || module.ports[next++].width != width)) {
                return false;
            }
        }
    }
    return next == module.ports.size();
}

int latency_of(const Report& report) { return report.timing ? report.timing->latency_cycles : 0; }

std::string wrong_latency(int found, const Report& report) { return fmt::format("the latency is {} cycles; the report says {}", found, latency_of(report)); }

struct FileProof {
    NetlistProof netlist;
    std::string certificate;
};

Result<FileProof> prove_file(const fs::path& path, const Circuit& circuit, const Report& report, const ProofOptions& options, Certificate certificate) {
    LUTRA_TRY(const std::string text, read_file(path, max_verilog_bytes));
    LUTRA_TRY(const ReadModule module, read_cells(text, path.string()));
    FileProof result;
    NetlistProof& proof = result.netlist;
    if (module.name != report.rtl->top || !has_ports_of(module, circuit)) {
        proof.problem = "the ports of the module are not those of the circuit";
        return result;
    }
    proof = prove_netlist(module.netlist, circuit, options);
    if (certificate == Certificate::Yes) {
        result.certificate = print(proof.sums, [&](std::uint32_t chain) { return module.name_of(proof.chains[chain]); });
    }
    if (proof.is_proved() && proof.latency != latency_of(report)) {
        proof.problem = wrong_latency(proof.latency, report);
    }
    return result;
}

Result<PassesProof> prove_generic_file(const fs::path& path, const Circuit& circuit, const Report& report) {
    LUTRA_TRY(const std::string text, read_file(path, max_verilog_bytes));
    LUTRA_TRY(const ReadCircuit read, read_expressions(text, path.string(), circuit));
    PassesProof proof = prove_passes(circuit, read.circuit);
    if (proof.counterexample) {
        proof.problem = "the Verilog differs from the circuit";
    }
    if (read.module_name != report.rtl->top) {
        proof.problem = fmt::format("the module is '{}'; the report says '{}'", read.module_name, report.rtl->top);
    } else if (const int latency = proof.is_proved() ? latency_cycles(read.circuit) : latency_of(report); latency != latency_of(report)) {
        proof.problem = wrong_latency(latency, report);
    }
    return proof;
}

ProvedReport report_of(const DesignProof& proof) {
    ProvedReport report{.outputs = proof.passes.outputs, .methods = {{"normal_forms", proof.passes.outputs}}};
    if (proof.netlist) {
        report.outputs = proof.passes.is_proved() ? proof.netlist->counts.outputs : 0;
        report.methods["linear_forms"] = proof.netlist->counts.sums;
        report.methods["all_inputs"] = proof.netlist->counts.tried;
        report.methods["sat"] = proof.netlist->counts.by_sat;
    }
    if (proof.generic) {
        report.outputs = proof.passes.is_proved() ? proof.generic->outputs : 0;
    }
    return report;
}

}  // namespace

Result<DesignProof> prove_design(const fs::path& folder, const ProofOptions& options, Certificate certificate, const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    const auto show = [&](std::uint64_t done) {
        if (progress) {
            progress({"proving", done, 2});
        }
    };
    DesignProof proof;
    LUTRA_TRY(proof.report, read_rtl_report(folder));
    LUTRA_TRY(const Graph graph, read_design_graph(folder));
    LUTRA_TRY(const Circuit circuit, read_design_circuit(folder));
    const auto lowered = lower_graph(graph);
    if (!lowered) {
        return std::unexpected(lowered.error().front());
    }
    show(0);
    proof.input_names = element_names(circuit.inputs());
    proof.output_names = element_names(circuit.outputs());
    proof.passes = prove_passes(lowered->circuit, circuit);
    show(1);
    proof.file = fmt::format("rtl/{}.v", proof.report.rtl->top);
    if (proof.report.rtl->cells.empty()) {
        LUTRA_TRY(proof.generic, prove_generic_file(folder / proof.file, circuit, proof.report));
    } else {
        ProofOptions with_progress = options;
        with_progress.progress = progress;
        LUTRA_TRY(FileProof file, prove_file(folder / proof.file, circuit, proof.report, with_progress, certificate));
        proof.netlist = std::move(file.netlist);
        proof.certificate = std::move(file.certificate);
    }
    proof.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    proof.report.proved = report_of(proof);
    proof.report.seconds["prove"] = proof.seconds;
    if (auto written = write_design_report(proof.report, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return proof;
}

}  // namespace lutra
