#include "lutra/lower/lower_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "lutra/ops/input.h"

namespace lutra {

namespace {

/// True for ops whose work on real values may stay on the host: they treat each element for itself, or only move elements.
bool may_stay_on_host(const Op& op) {
    constexpr std::array<std::string_view, 7> names = {"batch_normalization", "broadcast", "concat", "flatten", "reshape", "slice", "transpose"};
    return op.info().is_real || op.is_elementwise() || op.name() == "add" || op.name() == "subtract" || op.name() == "multiply" ||
           std::ranges::find(names, op.name()) != names.end();
}

Diagnostic missing_precision(const Node& node) {
    return {DiagnosticId::PrecisionMissing, fmt::format("layer '{}'", node.name),
            fmt::format("{} works on real values, so it has no exact integer meaning", node.op.name()),
            "give the input a type with --input-type 'fixed<W,I>', or the model with --precision"};
}

/// Checks that real values do no more than light preprocessing, and are no outputs.
Diagnostics check_real_nodes(const Graph& graph) {
    Diagnostics problems;
    for (const Node& node : graph.nodes()) {
        if (node.type.is_real() && !may_stay_on_host(node.op)) {
            problems.push_back(missing_precision(node));
        }
    }
    for (const GraphOutput& output : graph.outputs()) {
        if (problems.empty() && graph[output.node].type.is_real()) {
            problems.push_back(missing_precision(graph[output.node]));
        }
    }
    return problems;
}

class Lowering {
public:
    explicit Lowering(const Graph& graph) : graph_(graph), values_(graph.size()) {}

    Results<LoweredGraph> run() {
        Diagnostics problems = check_real_nodes(graph_);
        if (!problems.empty()) {
            return std::unexpected(std::move(problems));
        }
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            if (auto lowered = lower_node({i}); !lowered) {
                lowered.error().place = fmt::format("layer '{}'", graph_[NodeId{i}].name);
                return std::unexpected(Diagnostics{std::move(lowered).error()});
            }
        }
        for (const GraphOutput& output : graph_.outputs()) {
            add_output(output);
        }
        result_.circuit = builder_.finish();
        return std::move(result_);
    }

private:
    Result<void> lower_node(NodeId id) {
        const Node& node = graph_[id];
        if (node.type.is_real()) {
            if (!node.op.info().is_real) {
                result_.host_nodes.push_back(id);
            }
            return {};
        }
        builder_.set_origin(node.name);
        const auto* quantize = node.op.as<Quantize>();
        if (quantize != nullptr && graph_[node.inputs[0]].type.is_real()) {
            add_input(id, *quantize);
        } else {
            std::vector<WireTensor> operands;
            for (const NodeId operand : node.inputs) {
                operands.push_back(values_[operand.index]);
            }
            LUTRA_TRY(values_[id.index], node.op.lower(builder_, operands));
        }
        result_.layers.push_back({id, node.op.error_bound()});
        return {};
    }

    /// The name of the input that a real node comes from.
    std::string input_name(NodeId id) const {
        while (!graph_[id].op.info().is_real && !graph_[id].inputs.empty()) {
            id = graph_[id].inputs[0];
        }
        return graph_[id].name;
    }

    void add_input(NodeId id, const Quantize& quantize) {
        const Node& node = graph_[id];
        const std::string source = input_name(node.inputs[0]);
        const bool is_new = port_names_.insert(source).second;
        InputBinding binding{is_new ? source : source + "_" + node.name, id, quantize.elements(node.type.shape)};
        port_names_.insert(binding.port);
        Port port{binding.port, node.type.shape, {}};
        WireTensor tensor{node.type.shape, {}};
        for (const Quantize::Element& element : binding.elements) {
            const Wire wire = builder_.input(element.quantization.type, element.range);
            port.wires.push_back(wire);
            tensor.elements.push_back(dequantize(builder_, wire, element));
        }
        builder_.add_input(std::move(port));
        values_[id.index] = std::move(tensor);
        result_.inputs.push_back(std::move(binding));
    }

    /// Outputs have one unit: elements are brought to a common fraction, and a scale that all share stays outside of the circuit.
    void add_output(const GraphOutput& output) {
        const WireTensor& tensor = values_[output.node.index];
        builder_.set_origin(graph_[output.node].name);
        const bool is_uniform = std::ranges::all_of(
            tensor.elements, [&](const AffineWire& x) { return x.scale == tensor.elements[0].scale && x.offset == tensor.elements[0].offset; });
        Port port{output.name, tensor.shape, {}};
        if (is_uniform && !tensor.elements.empty() && tensor.elements[0].scale.mantissa() != Integer(1)) {
            port.scale = tensor.elements[0].scale;
            port.offset = tensor.elements[0].offset;
            std::ranges::transform(tensor.elements, std::back_inserter(port.wires), &AffineWire::wire);
        } else {
            port.wires = materialize(builder_, tensor);
        }
        int fraction = -max_fraction;
        for (const Wire wire : port.wires) {
            const bool is_zero = builder_.interval(wire) == Interval{0, 0};
            fraction = is_zero ? fraction : std::max(fraction, builder_.type(wire).fraction);
        }
        for (Wire& wire : port.wires) {
            wire = builder_.align(wire, fraction == -max_fraction ? 0 : fraction);
        }
        builder_.add_output(std::move(port));
    }

    const Graph& graph_;
    CircuitBuilder builder_;
    std::vector<WireTensor> values_;
    std::set<std::string> port_names_;
    LoweredGraph result_;
};

}  // namespace

Results<LoweredGraph> lower_graph(const Graph& graph) { return Lowering(graph).run(); }

}  // namespace lutra
