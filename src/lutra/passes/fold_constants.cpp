#include "lutra/passes/fold_constants.h"

#include <algorithm>
#include <cmath>

#include "lutra/ops/constant.h"
#include "lutra/passes/graph_rewriter.h"

namespace lutra {

namespace {

/// The values of the op for constant operands, if all are doubles.
Result<std::optional<RealTensor>> folded(const Op& op, std::span<const NodeId> inputs, const Graph& graph) {
    CircuitBuilder builder;
    std::vector<WireTensor> operands;
    for (const NodeId input : inputs) {
        const auto* constant = graph[input].op.as<Constant>();
        if (constant == nullptr) {
            return std::optional<RealTensor>();
        }
        LUTRA_TRY(WireTensor operand, constant->lower(builder, {}));
        operands.push_back(std::move(operand));
    }
    LUTRA_TRY(const WireTensor lowered, op.lower(builder, operands));
    RealTensor result{lowered.shape, {}};
    for (const AffineWire& element : lowered.elements) {
        const auto value = constant_value(builder, element);
        const double rounded = value ? value->to_double() : 0;
        if (!value || !std::isfinite(rounded) || Dyadic::from_double(rounded) != *value) {
            return std::optional<RealTensor>();
        }
        result.values.push_back(rounded);
    }
    return std::optional(std::move(result));
}

}  // namespace

Result<Graph> fold_constants(const Graph& graph) {
    GraphRewriter rewriter(graph);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const Node& node = graph[NodeId{i}];
        std::optional<RealTensor> value;
        if (!node.inputs.empty()) {
            LUTRA_TRY(value, folded(node.op, rewriter.inputs_of(node), rewriter.result()));
        }
        auto done = value ? rewriter.replace_by({i}, node.name, Constant{*std::move(value)}, {}) : rewriter.copy({i});
        if (!done) {
            return std::unexpected(std::move(done).error());
        }
    }
    return std::move(rewriter).finish();
}

}  // namespace lutra
