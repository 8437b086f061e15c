#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lutra/report/report.h"

namespace lutra {

namespace {

std::string line_of(const TensorReport& tensor) {
    std::string line = fmt::format("  {} [{}] {}", tensor.name, fmt::join(tensor.shape, ", "), tensor.type);
    if (!tensor.scale.empty()) {
        line += fmt::format(", times {} plus {}", tensor.scale, tensor.offset);
    }
    return line + "\n";
}

std::string counts_line(const ResourceReport& resources) {
    std::vector<std::string> parts;
    for (const char* key : {"lut", "ff", "carry", "dsp", "bram", "mux"}) {
        if (const auto found = resources.counts.find(key); found != resources.counts.end()) {
            std::string name = key;
            std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
            parts.push_back(fmt::format("{} {}", name, found->second));
        }
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string layer_table(const std::vector<LayerReport>& layers) {
    std::size_t name_width = 5;
    std::size_t op_width = 2;
    std::size_t type_width = 4;
    for (const LayerReport& layer : layers) {
        name_width = std::max(name_width, layer.name.size());
        op_width = std::max(op_width, layer.op.size());
        type_width = std::max(type_width, layer.type.size());
    }
    std::string text = fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:>10}  {:>7}  {:>7}  {:>13}\n", "layer", name_width, "op", op_width, "type", type_width,
                                   "primitives", "adders", "tables", "max abs error");
    for (const LayerReport& layer : layers) {
        text += fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:>10}  {:>7}  {:>7}  {:>13}\n", layer.name, name_width, layer.op, op_width, layer.type, type_width,
                            layer.primitives, layer.adders, layer.tables, layer.max_abs_error == 0 ? "exact" : fmt::format("{:.3g}", layer.max_abs_error));
    }
    return text;
}

std::string hardware_text(const Report& report) {
    std::string text;
    if (report.timing) {
        const TimingReport& timing = *report.timing;
        text += fmt::format("\nTiming\n  latency {} cycles{}, a new event every {}\n", timing.latency_cycles,
                            timing.latency_ns ? fmt::format(" = {:.1f} ns at {:.2f} ns a cycle", *timing.latency_ns, timing.clock_ns.value_or(0)) : "",
                            timing.initiation_interval == 1 ? "cycle" : fmt::format("{} cycles", timing.initiation_interval));
    }
    text += fmt::format("\nResources ({})\n", report.device);
    if (report.estimate) {
        text += fmt::format("  estimate  {}\n", counts_line(*report.estimate));
    }
    if (report.yosys) {
        text += fmt::format("  Yosys {}  {}: {}\n", report.yosys->version, report.yosys->family, counts_line(*report.yosys));
    }
    if (report.nextpnr) {
        const PlacementReport& placed = *report.nextpnr;
        text += fmt::format("  nextpnr {}  {}: LUT {}, FF {}, Fmax {:.1f} MHz (best seed {} of {})\n", placed.version, placed.device, placed.lut, placed.ff,
                            placed.fmax_mhz, placed.seed, placed.fmax_of_seeds.size());
        for (const TimingRound& round : placed.rounds) {
            text += fmt::format("    {:>3} cycles: Fmax {:.1f} MHz, LUT {}, FF {}\n", round.latency_cycles, round.fmax_mhz, round.lut, round.ff);
        }
    }
    if (report.simulated || report.netlist || report.proved) {
        text += "\nVerification\n";
    }
    if (report.simulated) {
        text += fmt::format("  {}: {} vectors, {} mismatches\n", report.simulated->simulator, report.simulated->vectors, report.simulated->mismatches);
    }
    if (report.netlist) {
        text += fmt::format("  netlist of the synthesis: {} vectors, {} mismatches\n", report.netlist->vectors, report.netlist->mismatches);
    }
    if (report.proved) {
        text += fmt::format("  proved: {} outputs\n", report.proved->outputs);
    }
    return text;
}

}  // namespace

std::string to_text(const Report& report) {
    std::string text = fmt::format("Lutra {}: {} ({}, sha256 {})\n\nInputs\n", report.lutra, report.model_file, report.model_format, report.model_sha256);
    for (const TensorReport& tensor : report.inputs) {
        text += line_of(tensor);
    }
    text += "\nOutputs\n";
    for (const TensorReport& tensor : report.outputs) {
        text += line_of(tensor);
    }
    text += "\nLayers\n" + layer_table(report.layers);
    if (!report.precision.empty()) {
        text += fmt::format("\nPrecision\n  {}\n", fmt::join(report.precision, "\n  "));
    }
    const CircuitReport& circuit = report.circuit;
    text += fmt::format("\nCircuit\n  {} primitives: {} adders of {} bits in all, {} tables of {} bits, {} multipliers, {} register bits\n", circuit.primitives,
                        circuit.adders, circuit.adder_bits, circuit.tables, circuit.table_bits, circuit.multipliers, circuit.register_bits);
    text += hardware_text(report);
    text += "\nDecisions\n";
    for (const DecisionReport& decision : report.decisions) {
        text += fmt::format("  [{}] {}: {}\n", decision.id, decision.node, decision.text);
    }
    if (report.decisions.empty()) {
        text += "  none\n";
    }
    return text;
}

}  // namespace lutra
