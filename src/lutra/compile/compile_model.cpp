#include "lutra/compile/compile_model.h"

#include <fmt/format.h>

#include <chrono>

#include "lutra/base/file.h"
#include "lutra/circuit/text.h"
#include "lutra/compile/circuit_report.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/firmware.h"
#include "lutra/compile/load_model.h"
#include "lutra/compile/model_runner.h"
#include "lutra/compile/random_vectors.h"
#include "lutra/ir/text.h"

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::string text_of(const Dyadic& value) { return fmt::format("{:.17g}", value.to_double()); }

TensorReport report_port(const Circuit& circuit, const Port& port) {
    TensorType type{port.shape, {}};
    for (const Wire wire : port.wires) {
        type.elements.push_back(circuit.type(wire));
    }
    TensorReport report{port.name, port.shape, to_string(common_type(type)), "", ""};
    if (port.scale != Dyadic(1) || !port.offset.is_zero()) {
        report.scale = text_of(port.scale);
        report.offset = text_of(port.offset);
    }
    return report;
}

/// An input's type and, when its scale is no power of two, what one unit of its integers stands for.
TensorReport report_input(const Circuit& circuit, const Port& port, const InputBinding& binding) {
    TensorReport report = report_port(circuit, port);
    if (!binding.elements.empty()) {
        const Quantize::Element& first = binding.elements[0];
        TensorType type{port.shape, {}};
        for (const Quantize::Element& element : binding.elements) {
            FixedPointType fixed = element.quantization.type;
            fixed.fraction = -element.scale.exponent();
            type.elements.push_back(fixed);
        }
        report.type = to_string(common_type(type));
        if (first.scale.mantissa() != Integer(1) || !first.zero_point.is_zero()) {
            report.scale = text_of(Dyadic(first.scale.mantissa()));
            report.offset = text_of(-(Dyadic(first.zero_point) * first.scale));
        }
    }
    return report;
}

void report_layers(const ModelRunner& runner, const MappedDesign& design, Report& report) {
    for (const LoweredLayer& layer : runner.lowered().layers) {
        const Node& node = runner.graph()[layer.node];
        LayerReport entry{.name = node.name, .op = std::string(node.op.name()), .type = to_string(node.type), .max_abs_error = layer.error_bound};
        count_layer(design, entry);
        report.layers.push_back(std::move(entry));
    }
}

void report_decisions(const ModelRunner& runner, Report& report) {
    const Graph& graph = runner.graph();
    for (const Diagnostic& decision : graph.decisions()) {
        report.decisions.push_back({std::string(info_of(decision.id).code), decision.place, decision.message});
    }
    for (const NodeId id : runner.lowered().host_nodes) {
        report.decisions.push_back({std::string(info_of(DiagnosticId::ImportDecision).code), fmt::format("layer '{}'", graph[id].name),
                                    fmt::format("{} stands before the first quantiser: it is computed on the host, not in the circuit", graph[id].op.name())});
    }
}

Report make_report(const CompileOptions& options, const TypedModel& model, const ModelRunner& runner, const MappedDesign& design) {
    Report report;
    report.lutra = options.version;
    report.model_file = options.model.filename().string();
    report.model_format = model.format;
    report.model_sha256 = model.sha256;
    const Circuit& circuit = runner.circuit();
    for (std::size_t i = 0; i < circuit.inputs().size(); ++i) {
        report.inputs.push_back(report_input(circuit, circuit.inputs()[i], runner.lowered().inputs[i]));
    }
    for (const Port& port : circuit.outputs()) {
        report.outputs.push_back(report_port(circuit, port));
    }
    report_decisions(runner, report);
    report.precision = model.precision_table;
    report_layers(runner, design, report);
    report.circuit = count_design(design);
    report.timing = design.timing;
    report.device = options.device;
    report.optimize_level = options.optimize_level;
    report.estimate = design.estimate;
    return report;
}

/// Random events with what the emulator says of them, beside the test bench.
void add_vectors(const ModelRunner& runner, int jobs, std::vector<EmittedFile>& files) {
    constexpr std::size_t num_vectors = 256;
    constexpr std::uint64_t seed = 1;
    const BenchVectors vectors = random_vectors(runner, num_vectors, seed, jobs);
    for (EmittedFile& file : vector_files(runner.circuit(), vectors)) {
        file.path = "rtl/tb/" + file.path;
        files.push_back(std::move(file));
    }
}

}  // namespace

Results<CompiledModel> compile_model(const CompileOptions& options, const Progress& progress) {
    const auto begin = Clock::now();
    auto model = load_model(options, progress);
    if (!model) {
        return std::unexpected(std::move(model).error());
    }
    const auto lower_begin = Clock::now();
    auto runner = ModelRunner::create(model->graph);
    if (!runner) {
        return std::unexpected(std::move(runner).error());
    }
    const double lower_seconds = seconds_since(lower_begin);
    const auto optimise_begin = Clock::now();
    auto mapped = map_design(runner->circuit(), options);
    if (!mapped) {
        return std::unexpected(Diagnostics{mapped.error()});
    }
    const auto design = std::make_shared<const MappedDesign>(*std::move(mapped));
    const auto emit_begin = Clock::now();
    auto firmware = make_firmware(design);
    if (!firmware) {
        return std::unexpected(Diagnostics{std::move(firmware).error()});
    }
    CompiledModel compiled{model->graph, design->circuit, make_report(options, *model, *runner, *design), std::move(firmware->files)};
    compiled.report.rtl = std::move(firmware->rtl);
    const double optimise_seconds = std::chrono::duration<double>(emit_begin - optimise_begin).count();
    const double emit_seconds = seconds_since(emit_begin);
    add_vectors(*runner, options.jobs, compiled.files);
    compiled.files.push_back({graph_file_name, print(compiled.graph)});
    compiled.files.push_back({"circuit.lutra", print(compiled.circuit)});
    compiled.report.seconds = {{"import", model->import_seconds},
                               {"quantise", model->quantise_seconds},
                               {"lower", lower_seconds},
                               {"optimise", optimise_seconds},
                               {"emit", emit_seconds},
                               {"total", seconds_since(begin)}};
    return compiled;
}

}  // namespace lutra
