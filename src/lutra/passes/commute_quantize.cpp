#include "lutra/passes/commute_quantize.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lutra/ops/clip.h"
#include "lutra/ops/quantize.h"
#include "lutra/ops/relu.h"
#include "lutra/passes/graph_rewriter.h"

namespace lutra {

namespace {

bool saturates(const Quantize& op) { return op.overflow == Overflow::Saturate || op.overflow == Overflow::SaturateSymmetric; }

/// The quantiser that gives for x what `op` gives for max(x, 0).
std::optional<Quantize> quantize_of_relu(const Quantize& op, const Shape& shape) {
    if (!saturates(op)) {
        return std::nullopt;
    }
    if (std::ranges::all_of(op.elements(shape), [](const Quantize::Element& e) { return e.range.low == e.zero_point; })) {
        return op;
    }
    // Signs of elements must not be mixed: they share one flag for narrow ranges.
    const bool all_signed = std::ranges::all_of(op.is_signed.values, [](double s) { return s == 1; });
    if (!all_signed || !std::ranges::all_of(op.zero_point.values, [](double z) { return z == 0; })) {
        return std::nullopt;
    }
    Quantize result = op;
    for (double& width : result.width.values) {
        width = std::max(width - 1, 0.0);
    }
    result.is_signed = 0.0;
    result.narrow = false;
    return result;
}

/// Q(bound) as a double, or nothing when it has no exact one; infinite where the quantiser's own range ends first.
std::optional<double> quantized_bound(double bound, const Quantize::Element& element) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (std::isinf(bound)) {
        return bound;
    }
    const Integer q = quantize_value(Dyadic::from_double(bound), element);
    const Dyadic value = Dyadic(q - element.zero_point) * element.scale;
    const double rounded = value.to_double();
    if (!std::isfinite(rounded) || Dyadic::from_double(rounded) != value) {
        return std::nullopt;
    }
    return q == element.range.low ? -infinity : (q == element.range.high ? infinity : rounded);
}

/// The clip behind the quantiser that does what `clip` did before it.
std::optional<Clip> clip_of_quantized(const Clip& clip, const Quantize& op, const Shape& shape) {
    const bool is_uniform = op.scale.size() == 1 && op.zero_point.size() == 1 && op.width.size() == 1 && op.is_signed.size() == 1;
    if (!saturates(op) || !is_uniform || num_elements(shape) == 0) {
        return std::nullopt;
    }
    const Quantize::Element element = op.elements(shape)[0];
    const auto low = quantized_bound(clip.low, element);
    const auto high = quantized_bound(clip.high, element);
    // A low bound at the top of the range, or a high one at its bottom, stays: it leaves one value only.
    const bool is_proper = low && high && *low < std::numeric_limits<double>::infinity() && *high > -std::numeric_limits<double>::infinity();
    return is_proper ? std::optional(Clip{*low, *high}) : std::nullopt;
}

class Commuting {
public:
    explicit Commuting(const Graph& graph) : graph_(graph), rewriter_(graph), is_skipped_(graph.size(), false) {}

    Result<Graph> run() {
        find_clips();
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            if (auto done = is_skipped_[i] ? Result<void>() : rewrite({i}); !done) {
                return std::unexpected(std::move(done).error());
            }
        }
        return std::move(rewriter_).finish();
    }

private:
    const Node& input_of(const Node& node) const { return graph_[node.inputs[0]]; }

    std::optional<Clip> moved_clip(const Node& node) const {
        const auto* quantize = node.op.as<Quantize>();
        const auto* clip = quantize != nullptr ? input_of(node).op.as<Clip>() : nullptr;
        return clip != nullptr ? clip_of_quantized(*clip, *quantize, node.type.shape) : std::nullopt;
    }

    /// A clip moves only when nothing else reads it.
    void find_clips() {
        const auto uses = graph_.use_counts();
        for (const Node& node : graph_.nodes()) {
            if (moved_clip(node) && uses[node.inputs[0].index] == 1) {
                is_skipped_[node.inputs[0].index] = true;
            }
        }
    }

    Result<void> rewrite(NodeId id) {
        const Node& node = graph_[id];
        const auto* quantize = node.op.as<Quantize>();
        if (quantize != nullptr && is_skipped_[node.inputs[0].index]) {
            return rewrite_clip(id, *moved_clip(node));
        }
        if (quantize != nullptr && input_of(node).op.as<Relu>() != nullptr) {
            if (auto merged = quantize_of_relu(*quantize, node.type.shape)) {
                return rewriter_.replace_by(id, node.name, *std::move(merged), rewriter_.inputs_of(input_of(node)));
            }
        }
        return rewriter_.copy(id);
    }

    Result<void> rewrite_clip(NodeId id, const Clip& clip) {
        const Node& node = graph_[id];
        const Node& old_clip = input_of(node);
        if (auto done = rewriter_.replace_by(id, node.name, node.op, rewriter_.inputs_of(old_clip)); !done) {
            return done;
        }
        if (std::isinf(clip.low) && std::isinf(clip.high)) {
            return {};
        }
        return rewriter_.replace_by(id, old_clip.name, clip, {rewriter_.now(id)});
    }

    const Graph& graph_;
    GraphRewriter rewriter_;
    std::vector<bool> is_skipped_;
};

}  // namespace

Result<Graph> commute_quantize(const Graph& graph) {
    // A quantiser passes one clamp per round; every round leaves fewer clamps before quantisers.
    Graph current = without_unused(graph);
    while (true) {
        LUTRA_TRY(Graph next, Commuting(current).run());
        if (next == current) {
            return current;
        }
        current = std::move(next);
    }
}

}  // namespace lutra
