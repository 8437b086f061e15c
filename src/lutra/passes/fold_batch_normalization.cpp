#include "lutra/passes/fold_batch_normalization.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/quantize.h"

namespace lutra {

namespace {

double at(const RealTensor& parameter, std::size_t channel) { return parameter.shape.empty() ? parameter[0] : parameter[channel]; }

/// y = factor * x + shift, per channel.
struct Affine {
    std::vector<double> factor;
    std::vector<double> shift;
};

Affine affine_of(const BatchNormalization& op, std::size_t num_channels) {
    Affine affine;
    for (std::size_t channel = 0; channel < num_channels; ++channel) {
        const double factor = at(op.scale, channel) / std::sqrt(at(op.variance, channel) + op.epsilon);
        affine.factor.push_back(factor);
        affine.shift.push_back(at(op.bias, channel) - at(op.mean, channel) * factor);
    }
    return affine;
}

/// The normalisation behind the dense layer.
Dense fold_behind(Dense dense, const Affine& affine) {
    const auto num_outputs = static_cast<std::size_t>(dense.weights.shape[1]);
    RealTensor bias({dense.weights.shape[1]}, std::vector<double>(num_outputs));
    for (std::size_t j = 0; j < num_outputs; ++j) {
        bias.values[j] = at(dense.bias, j) * affine.factor[j] + affine.shift[j];
    }
    for (std::size_t i = 0; i < dense.weights.size(); ++i) {
        dense.weights.values[i] *= affine.factor[i % num_outputs];
    }
    dense.bias = std::move(bias);
    return dense;
}

/// The normalisation before the dense layer.
Dense fold_before(Dense dense, const Affine& affine) {
    const auto num_outputs = static_cast<std::size_t>(dense.weights.shape[1]);
    RealTensor bias({dense.weights.shape[1]}, std::vector<double>(num_outputs));
    for (std::size_t j = 0; j < num_outputs; ++j) {
        bias.values[j] = at(dense.bias, j);
    }
    for (std::size_t i = 0; i < dense.weights.size(); ++i) {
        double& weight = dense.weights.values[i];
        bias.values[i % num_outputs] += affine.shift[i / num_outputs] * weight;
        weight *= affine.factor[i / num_outputs];
    }
    dense.bias = std::move(bias);
    return dense;
}

bool is_finite(const Dense& dense) {
    const auto finite = [](double value) { return std::isfinite(value); };
    return std::ranges::all_of(dense.weights.values, finite) && std::ranges::all_of(dense.bias.values, finite);
}

/// What becomes of each node: its op, or the node that stands for it.
class Folding {
public:
    Folding(const Graph& graph, const MayFold& may_fold) : graph_(graph), may_fold_(may_fold), use_counts_(graph.use_counts()) {
        for (std::uint32_t i = 0; i < graph.size(); ++i) {
            ops_.push_back(graph[NodeId{i}].op);
            stands_for_.push_back({i});
        }
    }

    Result<Graph> run() {
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            try_fold_into_producer({i});
        }
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            try_fold_into_consumer({i});
        }
        return build();
    }

private:
    NodeId resolved(NodeId id) const {
        while (stands_for_[id.index] != id) {
            id = stands_for_[id.index];
        }
        return id;
    }

    /// The normalisation that the node is, when it works on the last axis of real values.
    const BatchNormalization* foldable(NodeId id) const {
        const Node& node = graph_[id];
        const auto* op = node.op.as<BatchNormalization>();
        const bool is_last_axis = op != nullptr && (op->axis == -1 || op->axis + 1 == static_cast<int>(node.type.shape.size()));
        return is_last_axis && node.type.is_real() && graph_[node.inputs[0]].type.is_real() ? op : nullptr;
    }

    bool may_fold(NodeId normalization, NodeId dense) const { return !may_fold_ || may_fold_(graph_[normalization], graph_[dense]); }

    void fold(NodeId normalization, NodeId dense, NodeId substitute, Dense folded) {
        if (!is_finite(folded)) {
            return;
        }
        ops_[dense.index] = Op(std::move(folded));
        stands_for_[normalization.index] = substitute;
        decisions_.push_back({DiagnosticId::ImportDecision, fmt::format("layer '{}'", graph_[normalization].name),
                              fmt::format("batch normalisation is folded into the weights and the bias of '{}'", graph_[dense].name), ""});
    }

    void try_fold_into_producer(NodeId id) {
        const auto* op = foldable(id);
        if (op == nullptr) {
            return;
        }
        const NodeId producer = resolved(graph_[id].inputs[0]);
        const auto* dense = ops_[producer.index].as<Dense>();
        if (dense != nullptr && use_counts_[graph_[id].inputs[0].index] == 1 && may_fold(id, producer)) {
            fold(id, producer, producer, fold_behind(*dense, affine_of(*op, static_cast<std::size_t>(dense->weights.shape[1]))));
        }
    }

    void try_fold_into_consumer(NodeId id) {
        const auto* op = foldable(id);
        if (op == nullptr || stands_for_[id.index] != id || use_counts_[id.index] != 1) {
            return;
        }
        const auto nodes = graph_.nodes();
        const auto consumer = std::ranges::find_if(nodes, [&](const Node& node) { return std::ranges::find(node.inputs, id) != node.inputs.end(); });
        if (consumer == nodes.end() || consumer->op.as<Dense>() == nullptr) {
            return;
        }
        const NodeId consumer_id{static_cast<std::uint32_t>(consumer - nodes.begin())};
        const Dense& dense = *ops_[consumer_id.index].as<Dense>();
        if (may_fold(id, consumer_id)) {
            fold(id, consumer_id, resolved(graph_[id].inputs[0]), fold_before(dense, affine_of(*op, static_cast<std::size_t>(dense.weights.shape[0]))));
        }
    }

    Result<Graph> build() {
        Graph result;
        result.add_decisions_of(graph_);
        std::vector<NodeId> new_ids(graph_.size());
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            if (stands_for_[i] != NodeId{i}) {
                continue;
            }
            std::vector<NodeId> inputs;
            for (const NodeId input : graph_[NodeId{i}].inputs) {
                inputs.push_back(new_ids[resolved(input).index]);
            }
            LUTRA_TRY(new_ids[i], result.add(graph_[NodeId{i}].name, ops_[i], std::move(inputs)));
        }
        for (const GraphOutput& output : graph_.outputs()) {
            result.add_output(output.name, new_ids[resolved(output.node).index]);
        }
        for (Diagnostic& decision : decisions_) {
            result.add_decision(std::move(decision));
        }
        return result;
    }

    const Graph& graph_;
    const MayFold& may_fold_;
    std::vector<int> use_counts_;
    std::vector<Op> ops_;
    std::vector<NodeId> stands_for_;
    Diagnostics decisions_;
};

}  // namespace

Result<Graph> fold_batch_normalization(const Graph& graph, const MayFold& may_fold) {
    if (std::ranges::any_of(graph.nodes(), [](const Node& node) { return node.op.as<Quantize>() != nullptr; })) {
        return graph;
    }
    return Folding(graph, may_fold).run();
}

}  // namespace lutra
