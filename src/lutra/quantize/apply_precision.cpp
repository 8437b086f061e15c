#include "lutra/quantize/apply_precision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/quantize.h"
#include "lutra/passes/fold_batch_normalization.h"
#include "lutra/quantize/layer_kind.h"
#include "lutra/quantize/precision_lookup.h"
#include "lutra/quantize/rounded_tensor.h"

namespace lutra {

namespace {

using Kind = PrecisionType::Kind;

bool is_quantize(const Node& node) { return node.op.as<Quantize>() != nullptr; }

/// True when every value of the tensor already is one of the type.
bool holds_all_values(const FixedPointType& target, const Quantization& quantization, const TensorType& tensor) {
    const Integer low = quantization.overflow == Overflow::SaturateSymmetric ? target.min_symmetric_raw() : target.min_raw();
    return !tensor.is_real() && std::ranges::all_of(tensor.elements, [&](const FixedPointType& element) {
        const int shift = target.fraction - element.fraction;
        return element.width == 0 ||
               (shift >= 0 && shift <= 2 * max_fraction && (element.min_raw() << shift) >= low && (element.max_raw() << shift) <= target.max_raw());
    });
}

class Application {
public:
    Application(const Graph& graph, const PrecisionLookup& lookup)
        : graph_(graph), lookup_(lookup), quantises_itself_(std::ranges::any_of(graph.nodes(), is_quantize)), is_quantised_next_(graph.size(), false) {
        for (const Node& node : graph.nodes()) {
            if (is_quantize(node)) {
                is_quantised_next_[node.inputs[0].index] = true;
            }
        }
    }

    Results<Graph> run() {
        result_.add_decisions_of(graph_);
        std::vector<NodeId> new_ids(graph_.size());
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            auto id = add({i}, new_ids);
            if (!id) {
                problems_.push_back(std::move(id).error());
                break;
            }
            new_ids[i] = *id;
        }
        if (!problems_.empty()) {
            return std::unexpected(std::move(problems_));
        }
        for (const GraphOutput& output : graph_.outputs()) {
            result_.add_output(output.name, new_ids[output.node.index]);
        }
        return std::move(result_);
    }

private:
    /// The type of a variable; none when it stays as it is.
    std::optional<PrecisionType> type_of_variable(NodeId id, PrecisionVariable variable) const {
        const Node& node = graph_[id];
        const auto match = lookup_.find(node, variable);
        if (!match || match->type.kind != Kind::Fixed) {
            return std::nullopt;
        }
        const bool is_input = node.op.info().is_real;
        const bool is_for_all = match->level == PrecisionLevel::Model;
        const bool is_left_alone = is_for_all && ((quantises_itself_ && (!is_input || is_quantised_next_[id.index])) ||
                                                  (variable == PrecisionVariable::Result && !has_own_values(node.op)));
        if (is_left_alone) {
            return std::nullopt;
        }
        PrecisionType type = match->type;
        if (is_input) {
            type.type.rounding = type.has_rounding ? type.type.rounding : Rounding::HalfToEven;
            type.type.overflow = type.has_overflow ? type.type.overflow : Overflow::Saturate;
        }
        return type;
    }

    Result<RealTensor> rounded(NodeId id, PrecisionVariable variable, const RealTensor& tensor) {
        const auto type = type_of_variable(id, variable);
        if (!type) {
            return tensor;
        }
        const std::string place = fmt::format("layer '{}'", graph_[id].name);
        auto result = round_tensor(tensor, type->type);
        if (!result) {
            result.error().place = place;
            return std::unexpected(std::move(result).error());
        }
        result_.add_decision({DiagnosticId::ImportDecision, place,
                              fmt::format("{} of magnitude up to {:.6g} rounded to {}: largest error {:.3g}", to_string(variable), result->max_magnitude,
                                          to_string(type->type), result->max_error),
                              ""});
        if (result->num_out_of_range > 0) {
            result_.add_decision({DiagnosticId::PrecisionOutOfRange, place,
                                  fmt::format("the {} values of the {} reach {:.6g}; {} of them lie outside of {} and overflow with mode {}", tensor.size(),
                                              to_string(variable), result->max_magnitude, result->num_out_of_range, type->type.type,
                                              to_string(type->type.overflow)),
                                  "give more integer bits, or saturate: fixed<W,I,RND,SAT>"});
        }
        return std::move(result)->values;
    }

    /// The op with its constants rounded.
    Result<Op> rounded_op(NodeId id) {
        const Op& op = graph_[id].op;
        if (const auto* dense = op.as<Dense>()) {
            LUTRA_TRY(RealTensor weights, rounded(id, PrecisionVariable::Weight, dense->weights));
            LUTRA_TRY(RealTensor bias, rounded(id, PrecisionVariable::Bias, dense->bias));
            return Op(Dense{std::move(weights), std::move(bias)});
        }
        if (const auto* constant = op.as<Constant>()) {
            LUTRA_TRY(RealTensor value, rounded(id, PrecisionVariable::Weight, constant->value));
            return Op(Constant{std::move(value)});
        }
        const auto* normalization = op.as<BatchNormalization>();
        const bool is_typed = type_of_variable(id, PrecisionVariable::Weight) || type_of_variable(id, PrecisionVariable::Bias);
        return normalization != nullptr && is_typed ? rounded_normalization(id, *normalization) : Result<Op>(op);
    }

    /// The same normalisation as factor * x + shift, with both rounded.
    Result<Op> rounded_normalization(NodeId id, const BatchNormalization& op) {
        const Shape& shape = graph_[id].type.shape;
        const int axis = op.axis < 0 ? op.axis + static_cast<int>(shape.size()) : op.axis;
        const std::int64_t num_channels = shape[static_cast<std::size_t>(axis)];
        RealTensor factor({num_channels}, {});
        RealTensor shift({num_channels}, {});
        const auto at = [](const RealTensor& parameter, std::size_t channel) { return parameter.shape.empty() ? parameter[0] : parameter[channel]; };
        for (std::size_t channel = 0; channel < static_cast<std::size_t>(num_channels); ++channel) {
            factor.values.push_back(at(op.scale, channel) / std::sqrt(at(op.variance, channel) + op.epsilon));
            shift.values.push_back(at(op.bias, channel) - at(op.mean, channel) * factor.values.back());
        }
        LUTRA_TRY(factor, rounded(id, PrecisionVariable::Weight, factor));
        LUTRA_TRY(shift, rounded(id, PrecisionVariable::Bias, shift));
        return Op(BatchNormalization{.scale = std::move(factor), .bias = std::move(shift), .mean = 0.0, .variance = 1.0, .epsilon = 0, .axis = op.axis});
    }

    Result<NodeId> add(NodeId id, std::span<const NodeId> new_ids) {
        const Node& node = graph_[id];
        LUTRA_TRY(Op op, rounded_op(id));
        std::vector<NodeId> inputs;
        for (const NodeId input : node.inputs) {
            inputs.push_back(new_ids[input.index]);
        }
        LUTRA_TRY(const NodeId added, result_.add(node.name, std::move(op), std::move(inputs)));
        const auto type = type_of_variable(id, PrecisionVariable::Result);
        if (!type || holds_all_values(type->type.type, type->type, result_[added].type)) {
            return added;
        }
        return result_.add(result_name(node.name), Quantize::from(type->type), {added});
    }

    const Graph& graph_;
    const PrecisionLookup& lookup_;
    bool quantises_itself_;
    std::vector<bool> is_quantised_next_;
    Graph result_;
    Diagnostics problems_;
};

bool has_auto(const PrecisionSpec& spec) {
    return std::ranges::any_of(spec.entries, [](const PrecisionEntry& entry) { return entry.type.kind == Kind::Auto; });
}

}  // namespace

std::string result_name(std::string_view layer_name) { return fmt::format("{}.result", layer_name); }

Results<Graph> prepare_graph(const Graph& graph, const PrecisionSpec& spec) {
    const auto lookup = PrecisionLookup::create(graph, spec);
    if (!lookup) {
        return std::unexpected(lookup.error());
    }
    const auto is_named = [&](const Node& node, PrecisionVariable variable, PrecisionLevel least) {
        const auto match = lookup->find(node, variable);
        return match && match->level >= least;
    };
    const auto may_fold = [&](const Node& normalization, const Node& dense) {
        constexpr std::array variables = {PrecisionVariable::Weight, PrecisionVariable::Bias, PrecisionVariable::Result};
        return !is_named(dense, PrecisionVariable::Result, PrecisionLevel::LayerName) &&
               std::ranges::none_of(variables, [&](PrecisionVariable v) { return is_named(normalization, v, PrecisionLevel::LayerType); });
    };
    auto folded = fold_batch_normalization(graph, may_fold);
    if (!folded) {
        return std::unexpected(Diagnostics{std::move(folded).error()});
    }
    return *std::move(folded);
}

Results<Graph> apply_precision(const Graph& graph, const PrecisionSpec& spec) {
    if (spec.empty()) {
        return graph;
    }
    if (has_auto(spec)) {
        return std::unexpected(Diagnostics{{DiagnosticId::CalibrationData, "precision 'auto'", "types are chosen on data, and none are given",
                                            "give events with --calibrate X.npy, or a type such as fixed<16,6>"}});
    }
    auto prepared = prepare_graph(graph, spec);
    if (!prepared) {
        return prepared;
    }
    const auto lookup = PrecisionLookup::create(*prepared, spec);
    if (!lookup) {
        return std::unexpected(lookup.error());
    }
    return Application(*prepared, *lookup).run();
}

}  // namespace lutra
