#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/ir/text.h"
#include "lutra/lower/lower_graph.h"
#include "lutra/ops/add.h"
#include "lutra/ops/builtin_ops.h"
#include "lutra/ops/clip.h"
#include "lutra/ops/concat.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/flatten.h"
#include "lutra/ops/input.h"
#include "lutra/ops/leaky_relu.h"
#include "lutra/ops/multiply.h"
#include "lutra/ops/relu.h"
#include "lutra/ops/reshape.h"
#include "lutra/ops/slice.h"
#include "lutra/ops/transpose.h"
#include "lutra/passes/pipeline.h"

namespace lutra {
namespace {

/// Random graphs of four values, which stand in the shapes 4 and 2x2.
class RandomGraph {
public:
    explicit RandomGraph(unsigned seed) : random_(seed) {
        const NodeId x = graph_.add("x", Input{{4}}, {}).value();
        last_ = x;
        add(random_quantize());
        const int num_layers = 3 + pick(7);
        for (int i = 0; i < num_layers; ++i) {
            add_layer();
        }
        if (pick(2) == 0) {
            add_registered(true);
        }
        graph_.add_output("y", last_);
    }

    const Graph& graph() const { return graph_; }
    /// How far outputs of equal graphs may lie apart: two approximations of the same value.
    double tolerance() const { return tolerance_; }
    /// Names of the ops that came from the registry.
    const std::set<std::string_view>& used() const { return used_; }

private:
    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    double pick_double() { return (pick(33) - 16) / 8.0; }

    /// Layers that are refused, such as a wrap with an odd scale, are left out.
    void add(const Op& op, std::vector<NodeId> others = {}) {
        others.insert(others.begin(), last_);
        if (const auto added = graph_.add("layer", op, others)) {
            last_ = *added;
        }
    }

    Quantize random_quantize() {
        constexpr std::array overflows = {Overflow::Saturate, Overflow::Saturate, Overflow::SaturateSymmetric, Overflow::Wrap};
        Quantize op;
        op.scale = std::array{0.25, 0.5, 0.3, 1.0}[static_cast<std::size_t>(pick(4))];
        op.width = 2 + pick(5);
        op.is_signed = pick(2);
        op.zero_point = pick(3) == 0 ? pick(9) - 4 : 0;
        op.overflow = overflows[static_cast<std::size_t>(pick(4))];
        op.narrow = op.overflow == Overflow::Saturate && pick(3) == 0;
        op.rounding = static_cast<Rounding>(pick(9));
        return op;
    }

    RealTensor random_weights() {
        RealTensor weights({4, 4}, {});
        for (int i = 0; i < 16; ++i) {
            weights.values.push_back(pick_double());
        }
        return weights;
    }

    /// Any op of the registry with its default attributes, on what stands last, on a quantised copy of it or both. Ops that need more, that are refused or
    /// that do not give four values are left out. So are approximations, but for the last layer: they may differ with the proved range of their input.
    void add_registered(bool is_last = false) {
        const std::vector<OpFactory> factories = registry_.all();
        const OpFactory& factory = factories[static_cast<std::size_t>(pick(static_cast<int>(factories.size())))];
        const auto op = registry_.make(factory.info->name, {});
        if (!op || factory.info->is_real || (op->error_bound() > 0 && !is_last)) {
            return;
        }
        const NodeId narrow = graph_.add("q", random_quantize(), {last_}).value_or(last_);
        std::vector<NodeId> inputs = {narrow};
        while (static_cast<int>(inputs.size()) < factory.info->min_arity) {
            inputs.push_back(pick(2) == 0 ? last_ : narrow);
        }
        const auto added = graph_.add("layer", *op, inputs);
        if (added && num_elements(graph_[*added].type.shape) == 4) {
            last_ = *added;
            used_.insert(factory.info->name);
            tolerance_ = 2 * op->error_bound();
        }
    }

    void add_layer() {
        const bool is_flat = graph_[last_].type.shape.size() == 1;
        switch (pick(16)) {
            case 0:
            case 1:
            case 2: return add(random_quantize());
            case 3:
            case 4: return add(Relu{});
            case 5: return add(Clip{-1.0 - pick(2), pick_double() + 2.5});
            case 6: return add(LeakyRelu{0.25});
            case 7: return is_flat ? add(Reshape{{2, 2}}) : add(Flatten{});
            case 8: return is_flat ? add(Slice{{0}, {4}, {0}, {1}}) : add(Transpose{{1, 0}});
            case 9: return is_flat ? add(Dense{random_weights(), pick_double()}) : add(Concat{0});
            case 10: {
                const NodeId constant = graph_.add("c", Constant{pick_double()}, {}).value();
                const NodeId folded = graph_.add("fold", random_quantize(), {constant}).value_or(constant);
                return add(pick(2) == 0 ? Op(Multiply{}) : Op(Add{}), {folded});
            }
            case 11: return add(Add{}, {last_});
            default: return add_registered();
        }
    }

    std::mt19937 random_;
    const OpRegistry registry_ = builtin_ops();
    Graph graph_;
    std::set<std::string_view> used_;
    double tolerance_ = 0;
    NodeId last_;
};

/// The exact outputs of a graph for real inputs.
std::vector<Dyadic> outputs_of(const LoweredGraph& lowered, std::span<const double> x) {
    std::vector<Integer> raw;
    for (const InputBinding& binding : lowered.inputs) {
        for (std::size_t i = 0; i < binding.elements.size(); ++i) {
            raw.push_back(quantize_value(x[i], binding.elements[i]));
        }
    }
    const auto values = evaluate_scalar(lowered.circuit, raw);
    std::vector<Dyadic> outputs;
    for (const Port& port : lowered.circuit.outputs()) {
        for (const Wire wire : port.wires) {
            outputs.push_back(port.scale * Dyadic(values[outputs.size()], -lowered.circuit.type(wire).fraction) + port.offset);
        }
    }
    return outputs;
}

TEST(Passes, KeepEveryValueOfRandomGraphs) {
    constexpr unsigned num_graphs = 200;
    constexpr int num_events = 12;
    int num_changed = 0;
    std::set<std::string_view> used;
    for (unsigned seed = 0; seed < num_graphs; ++seed) {
        const RandomGraph random_graph(seed);
        const Graph& graph = random_graph.graph();
        used.insert(random_graph.used().begin(), random_graph.used().end());
        const auto simplified = run_passes(graph);
        ASSERT_TRUE(simplified) << to_string(simplified.error()) << print(graph);
        num_changed += *simplified == graph ? 0 : 1;
        const auto before = lower_graph(graph);
        const auto after = lower_graph(*simplified);
        ASSERT_EQ(before.has_value(), after.has_value()) << print(graph) << print(*simplified);
        if (!before) {
            continue;
        }
        std::mt19937 random(seed);
        for (int event = 0; event < num_events; ++event) {
            std::vector<double> x(4);
            std::ranges::generate(x, [&] { return (static_cast<double>(random() % 4001) - 2000) / 200; });
            const auto expected = outputs_of(*before, x);
            const auto actual = outputs_of(*after, x);
            ASSERT_EQ(expected.size(), actual.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                ASSERT_LE(std::abs((actual[i] - expected[i]).to_double()), random_graph.tolerance()) << print(graph) << print(*simplified);
            }
        }
    }
    EXPECT_GT(num_changed, 100);
    EXPECT_GT(used.size(), 25U) << "few ops of the registry meet the passes";
}

TEST(Passes, AreIdempotentOneByOne) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        const Graph graph = RandomGraph(seed).graph();
        for (const GraphPass& pass : graph_passes()) {
            const auto once = pass.run(graph);
            ASSERT_TRUE(once) << pass.name;
            const auto twice = pass.run(*once);
            ASSERT_TRUE(twice) << pass.name;
            EXPECT_EQ(print(*once), print(*twice)) << pass.name << "\n" << print(graph);
        }
    }
}

}  // namespace
}  // namespace lutra
