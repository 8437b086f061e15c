#include "lutra/passes/decide.h"

#include <fmt/format.h>

#include "lutra/ops/argmax.h"
#include "lutra/ops/elu.h"
#include "lutra/ops/erf.h"
#include "lutra/ops/exp.h"
#include "lutra/ops/leaky_relu.h"
#include "lutra/ops/log.h"
#include "lutra/ops/log_softmax.h"
#include "lutra/ops/sigmoid.h"
#include "lutra/ops/softmax.h"
#include "lutra/ops/softplus.h"
#include "lutra/ops/softsign.h"
#include "lutra/ops/sqrt.h"
#include "lutra/ops/tanh.h"
#include "lutra/passes/graph_rewriter.h"

namespace lutra {

namespace {

template <typename... Ops>
bool is_any_of(const Node& node) {
    return (... || (node.op.as<Ops>() != nullptr));
}

/// The op gives larger results for larger elements along the last axis.
bool keeps_order(const Node& node) {
    const auto is_last = [&](int axis) { return axis == -1 || axis + 1 == static_cast<int>(node.type.shape.size()); };
    if (const auto* softmax = node.op.as<Softmax>()) {
        return is_last(softmax->axis);
    }
    if (const auto* log_softmax = node.op.as<LogSoftmax>()) {
        return is_last(log_softmax->axis);
    }
    if (const auto* leaky_relu = node.op.as<LeakyRelu>()) {
        return leaky_relu->alpha > 0;
    }
    if (const auto* elu = node.op.as<Elu>()) {
        return elu->alpha > 0;
    }
    return is_any_of<Erf, Exp, Log, Sigmoid, Softplus, Softsign, Sqrt, Tanh>(node);
}

std::unexpected<Diagnostic> not_scores(const GraphOutput& output, const Shape& shape) {
    return fail(DiagnosticId::UnsupportedDecision, fmt::format("output '{}'", output.name),
                fmt::format("its last axis does not hold two or more class scores; its shape is {}", to_string(shape)), "compile it with --decision scores");
}

Diagnostic decision_of(const GraphOutput& output, std::string_view dropped) {
    return {
        DiagnosticId::ImportDecision, fmt::format("output '{}'", output.name),
        fmt::format("gives the index of the largest score{}", dropped.empty() ? "" : fmt::format("; {} keeps the order of scores and is left out", dropped)),
        ""};
}

}  // namespace

Result<Graph> decide_argmax(const Graph& graph) {
    Graph result;
    result.add_decisions_of(graph);
    std::vector<NodeId> now;
    for (const Node& node : graph.nodes()) {
        std::vector<NodeId> inputs;
        for (const NodeId input : node.inputs) {
            inputs.push_back(now[input.index]);
        }
        now.push_back(result.add_copy(node, std::move(inputs)));
    }
    for (const GraphOutput& output : graph.outputs()) {
        const Shape& shape = graph[output.node].type.shape;
        if (shape.empty() || shape.back() < 2) {
            return not_scores(output, shape);
        }
        NodeId scores = output.node;
        std::string dropped;
        while (keeps_order(graph[scores])) {
            dropped += fmt::format("{}{}", dropped.empty() ? "" : " and ", graph[scores].op.name());
            scores = graph[scores].inputs[0];
        }
        LUTRA_TRY(const NodeId decided, result.add(output.name + "_argmax", Argmax{}, {now[scores.index]}));
        result.add_output(output.name, decided);
        result.add_decision(decision_of(output, dropped));
    }
    return without_unused(result);
}

}  // namespace lutra
