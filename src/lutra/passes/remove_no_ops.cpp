#include "lutra/passes/remove_no_ops.h"

#include <algorithm>
#include <cmath>

#include "lutra/ops/clip.h"
#include "lutra/ops/concat.h"
#include "lutra/ops/flatten.h"
#include "lutra/ops/quantize.h"
#include "lutra/ops/relu.h"
#include "lutra/ops/reshape.h"
#include "lutra/ops/slice.h"
#include "lutra/ops/transpose.h"
#include "lutra/passes/graph_rewriter.h"

namespace lutra {

namespace {

bool is_reshape(const Op& op) { return op.as<Reshape>() != nullptr || op.as<Flatten>() != nullptr; }

/// The node gives its input, element for element, place for place.
bool is_identity(const Node& node, const Node& input) {
    if (const auto* clip = node.op.as<Clip>()) {
        return std::isinf(clip->low) && std::isinf(clip->high);
    }
    if (const auto* transpose = node.op.as<Transpose>()) {
        return std::ranges::is_sorted(transpose->permutation);
    }
    if (const auto* slice = node.op.as<Slice>()) {
        return node.type.shape == input.type.shape && std::ranges::all_of(slice->steps, [](std::int64_t step) { return step > 0; });
    }
    if (node.op.as<Quantize>() != nullptr || node.op.as<Relu>() != nullptr) {
        return node.op == input.op;
    }
    return (is_reshape(node.op) && node.type.shape == input.type.shape) || (node.op.as<Concat>() != nullptr && node.inputs.size() == 1);
}

/// The op that does to the input of `input` what `node` and `input` do together.
std::optional<Op> joined(const Node& node, const Node& input) {
    if (is_reshape(node.op) && is_reshape(input.op)) {
        return Reshape{node.type.shape};
    }
    const auto* second = node.op.as<Transpose>();
    const auto* first = input.op.as<Transpose>();
    if (second == nullptr || first == nullptr) {
        return std::nullopt;
    }
    Transpose both;
    for (const std::int64_t axis : second->permutation) {
        both.permutation.push_back(first->permutation[static_cast<std::size_t>(axis)]);
    }
    return both;
}

}  // namespace

Result<Graph> remove_no_ops(const Graph& graph) {
    GraphRewriter rewriter(graph);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const NodeId id{i};
        const Node& node = graph[id];
        if (node.inputs.empty()) {
            (void)rewriter.copy(id);
            continue;
        }
        const NodeId input_id = rewriter.now(node.inputs[0]);
        const Node input = rewriter.result()[input_id];
        if (is_identity(node, input)) {
            rewriter.replace(id, input_id);
            continue;
        }
        auto op = joined(node, input);
        const bool cancels = op && is_identity({node.name, *op, input.inputs, node.type}, rewriter.result()[input.inputs[0]]);
        if (cancels) {
            rewriter.replace(id, input.inputs[0]);
            continue;
        }
        auto done = op ? rewriter.replace_by(id, node.name, *std::move(op), input.inputs) : rewriter.copy(id);
        if (!done) {
            return std::unexpected(std::move(done).error());
        }
    }
    return std::move(rewriter).finish();
}

}  // namespace lutra
