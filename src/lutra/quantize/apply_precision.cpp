#include "lutra/quantize/apply_precision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/ops/quantize.h"
#include "lutra/passes/fold_batch_normalization.h"
#include "lutra/quantize/layer_constants.h"
#include "lutra/quantize/precision_lookup.h"
#include "lutra/quantize/rounded_tensor.h"
#include "lutra/quantize/table_error.h"

namespace lutra {

namespace {

/// True when every value of the tensor already is one of the type.
bool holds_all_values(const Quantization& quantization, const TensorType& tensor) {
    const FixedPointType& target = quantization.type;
    const Integer low = quantization.overflow == Overflow::SaturateSymmetric ? target.min_symmetric_raw() : target.min_raw();
    return !tensor.is_real() && std::ranges::all_of(tensor.elements, [&](const FixedPointType& element) {
        const int shift = target.fraction - element.fraction;
        return element.width == 0 ||
               (shift >= 0 && shift <= 2 * max_fraction && (element.min_raw() << shift) >= low && (element.max_raw() << shift) <= target.max_raw());
    });
}

class Application {
public:
    Application(const Graph& graph, const PrecisionLookup& lookup) : graph_(graph), lookup_(lookup) {}

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
    std::optional<Quantization> fixed_type(const Node& node, PrecisionVariable variable) const {
        const auto match = lookup_.find(node, variable);
        return match && match->type.kind == PrecisionType::Kind::Fixed ? std::optional(match->type.type) : std::nullopt;
    }

    Result<RealTensor> rounded(const Node& node, PrecisionVariable variable, const RealTensor& tensor) {
        const auto type = fixed_type(node, variable);
        if (!type) {
            return tensor;
        }
        const std::string place = fmt::format("layer '{}'", node.name);
        auto result = round_tensor(tensor, *type);
        if (!result) {
            result.error().place = place;
            return std::unexpected(std::move(result).error());
        }
        const bool saturates = type->overflow == Overflow::Saturate || type->overflow == Overflow::SaturateSymmetric;
        const std::string saturated =
            result->num_out_of_range > 0 && saturates ? fmt::format(", {} of {} saturated", result->num_out_of_range, tensor.size()) : "";
        result_.add_decision({DiagnosticId::ImportDecision, place,
                              fmt::format("{} of magnitude up to {:.6g} rounded to {}{}: largest error {:.3g}", to_string(variable), result->max_magnitude,
                                          to_string(*type), saturated, result->max_error),
                              ""});
        if (result->num_out_of_range > 0 && !saturates) {
            result_.add_decision({DiagnosticId::PrecisionOutOfRange, place,
                                  fmt::format("{} of the {} values of the {} lie outside of {} and overflow with mode {}; the largest magnitude is {:.6g}",
                                              result->num_out_of_range, tensor.size(), to_string(variable), to_string(type->type), to_string(type->overflow),
                                              result->max_magnitude),
                                  "give more integer bits, or saturate: fixed<W,I,RND,SAT>"});
        }
        return std::move(result)->values;
    }

    /// The op with its constants rounded.
    Result<Op> rounded_op(NodeId id) {
        const Node& node = graph_[id];
        if (!fixed_type(node, PrecisionVariable::Weight) && !fixed_type(node, PrecisionVariable::Bias)) {
            return node.op;
        }
        LayerConstants constants = constants_of(node);
        LUTRA_TRY(constants.weight, rounded(node, PrecisionVariable::Weight, constants.weight));
        LUTRA_TRY(constants.bias, rounded(node, PrecisionVariable::Bias, constants.bias));
        return with_constants(node, std::move(constants));
    }

    Result<NodeId> add(NodeId id, std::span<const NodeId> new_ids) {
        const Node& node = graph_[id];
        LUTRA_TRY(Op op, rounded_op(id));
        const auto type = fixed_type(node, PrecisionVariable::Result);
        if (type) {
            op = with_error_for(op, type->type.fraction);
        }
        std::vector<NodeId> inputs;
        for (const NodeId input : node.inputs) {
            inputs.push_back(new_ids[input.index]);
        }
        LUTRA_TRY(const NodeId added, result_.add(node.name, std::move(op), std::move(inputs)));
        if (!type || holds_all_values(*type, result_[added].type)) {
            return added;
        }
        return result_.add(result_name(node.name), Quantize::from(*type), {added});
    }

    const Graph& graph_;
    const PrecisionLookup& lookup_;
    Graph result_;
    Diagnostics problems_;
};

}  // namespace

Results<Graph> apply_given_types(const Graph& prepared, const PrecisionLookup& lookup) { return Application(prepared, lookup).run(); }

std::string result_name(std::string_view layer_name) { return fmt::format("{}.result", layer_name); }

Results<Graph> prepare_graph(const Graph& graph, const PrecisionSpec& spec) {
    const auto lookup = PrecisionLookup::create(graph, spec);
    if (!lookup) {
        return std::unexpected(lookup.error());
    }
    const auto may_fold = [&](const Node& normalization, const Node&) {
        constexpr std::array variables = {PrecisionVariable::Weight, PrecisionVariable::Bias, PrecisionVariable::Result};
        return std::ranges::none_of(variables, [&](PrecisionVariable variable) {
            const auto match = lookup->find(normalization, variable);
            return match && match->level != PrecisionLevel::Model;
        });
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
    if (needs_calibration(spec)) {
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
    return apply_given_types(*prepared, *lookup);
}

}  // namespace lutra
