#include "lutra/quantize/precision_cost.h"

#include <algorithm>
#include <cmath>

#include "lutra/base/bits.h"
#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/einsum.h"
#include "lutra/quantize/batch.h"
#include "lutra/quantize/layer_kind.h"
#include "lutra/quantize/rounded_tensor.h"

namespace lutra {

namespace {

/// Digits of a tensor whose values are multiples of 2^-fraction, or of doubles cut to so many bits.
double digits_of(const RealTensor& tensor, int fraction) {
    constexpr double largest = 1LL << 60;
    double digits = 0;
    for (const double value : tensor.values) {
        const double scaled = std::clamp(std::round(std::ldexp(value, fraction)), -largest, largest);
        digits += num_signed_digits(static_cast<std::int64_t>(scaled));
    }
    return digits;
}

/// Rows of three operands, and terms that several sums share.
constexpr double luts_per_digit_and_bit = 0.5;

double table_cost(int input_width, int output_width) {
    constexpr int widest_table = 11;  // wider inputs are reduced to a part of their range
    const int m = std::min(input_width, widest_table);
    return m >= 5 ? output_width * std::ldexp(1.0, m - 6) : output_width * m / 10.0;
}

/// Of one element of a normalisation: its square, its moving by the leading one of the sum, and its product with the root.
double normalization_cost(int input_width, int output_fraction) {
    constexpr int guard_bits = 7;
    const double product_width = std::max(output_fraction, 0) + guard_bits;
    return input_width * (10 + 0.8 * input_width) + 0.8 * product_width * product_width;
}

}  // namespace

int num_signed_digits(std::int64_t value) {
    // The canonical form of x has a digit wherever 3x and x differ.
    const auto x = static_cast<std::uint64_t>(value < 0 ? -value : value);
    return count_ones((3 * x) ^ x);
}

double PrecisionCost::weight_digits(NodeId node, const Assignment& assignment) {
    constexpr int assumed_fraction = 12;
    if (const auto slot = plan_.weight_slot[node.index]) {
        const SlotType& type = assignment[*slot];
        const auto [entry, is_new] = digits_of_slot_.try_emplace({*slot, type});
        if (is_new) {
            const auto rounded = round_tensor(plan_.constants[node.index].weight, slot_quantization(plan_, *slot, type));
            entry->second = digits_of(rounded.value().values, type.fraction);
        }
        return entry->second;
    }
    const auto [entry, is_new] = digits_of_node_.try_emplace(node.index);
    if (is_new) {
        entry->second = digits_of(constants_of(plan_.graph[node]).weight, assumed_fraction);
    }
    return entry->second;
}

double PrecisionCost::node_cost(NodeId id, const Assignment& assignment, const std::vector<WidthEstimate>& widths) {
    const Node& node = plan_.graph[id];
    const auto num_outputs = static_cast<double>(num_elements(node.type.shape));
    double cost = 0;
    if (const auto slot = plan_.result_slot[id.index]) {
        cost += num_outputs * widths[id.index].width;
    }
    if (node.inputs.empty()) {
        return cost;
    }
    const int input_width = widths[node.inputs[0].index].width;
    if (const auto* dense = node.op.as<Dense>()) {
        const double positions = num_outputs / std::max(1.0, static_cast<double>(dense->weights.shape[1]));
        return cost + positions * luts_per_digit_and_bit * weight_digits(id, assignment) * input_width;
    }
    if (node.op.as<BatchNormalization>() != nullptr) {
        const double num_channels = static_cast<double>(std::max<std::size_t>(constants_of(node).weight.size(), 1));
        return cost + num_outputs / num_channels * luts_per_digit_and_bit * weight_digits(id, assignment) * input_width;
    }
    if (is_cheap_on_wide_inputs(node.op)) {
        return cost;
    }
    if (const auto* einsum = node.op.as<Einsum>()) {
        const int factor_width = node.inputs.size() > 1 ? widths[node.inputs[1].index].width : 1;
        return cost + einsum->num_products(input_shapes(plan_.graph, node)) * input_width * factor_width;
    }
    if (is_normalization(node.op)) {
        return cost + num_outputs * normalization_cost(input_width, widths[id.index].fraction);
    }
    if (node.inputs.size() > 1) {
        const int other_width = widths[node.inputs[1].index].width;
        return cost + num_outputs * (node.op.name() == "multiply" ? input_width * other_width : std::max(input_width, other_width));
    }
    return cost + num_outputs * table_cost(input_width, widths[id.index].width);
}

double PrecisionCost::operator()(const Assignment& assignment) {
    const auto widths = estimate_widths(plan_, assignment);
    double cost = 0;
    for (std::uint32_t i = 0; i < plan_.graph.size(); ++i) {
        cost += node_cost({i}, assignment, widths);
    }
    return cost;
}

}  // namespace lutra
