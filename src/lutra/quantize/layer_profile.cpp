#include "lutra/quantize/layer_profile.h"

#include <algorithm>
#include <cmath>

#include "lutra/quantize/layer_constants.h"
#include "lutra/quantize/precision_lookup.h"
#include "lutra/quantize/precision_plan.h"

namespace lutra {

namespace {

/// Quantiles of values, of which the order is lost.
std::array<double, quantile_parts.size()> quantiles_of(std::vector<double>& values) {
    std::array<double, quantile_parts.size()> result{};
    for (std::size_t i = 0; i < quantile_parts.size() && !values.empty(); ++i) {
        const auto position = values.begin() + static_cast<std::ptrdiff_t>(quantile_parts[i] * static_cast<double>(values.size() - 1));
        std::ranges::nth_element(values, position);
        result[i] = *position;
    }
    return result;
}

VariableProfile profile_values(const Node& node, PrecisionVariable variable, const std::vector<double>& values) {
    const TensorProfile tensor = profile_of({values.size(), false, values});
    VariableProfile profile{.layer = node.name,
                            .op = std::string(node.op.name()),
                            .variable = variable,
                            .num_values = values.size(),
                            .min = tensor.min,
                            .max = tensor.max,
                            .mean = tensor.mean,
                            .deviation = tensor.deviation,
                            .recommended = recommended_type(tensor.min, tensor.max, tensor.deviation)};
    std::vector<double> sorted = values;
    profile.quantiles = quantiles_of(sorted);
    std::erase(sorted, 0.0);
    std::ranges::transform(sorted, sorted.begin(), [](double value) { return std::abs(value); });
    profile.magnitudes = quantiles_of(sorted);
    return profile;
}

}  // namespace

Quantization recommended_type(double min, double max, double deviation) {
    constexpr int most_fraction = 64;
    constexpr double largest_error = 0.01;
    const double magnitude = std::max(std::abs(min), std::abs(max));
    const double step = largest_error * (deviation > 0 ? deviation * std::sqrt(12.0) : magnitude);
    const int fraction = step > 0 ? std::clamp(-std::ilogb(step), -most_fraction, most_fraction) : 0;
    const int integer_bits = integer_bits_for(min, max);
    return {.type = {min < 0, std::max(integer_bits + fraction, 1), fraction}, .rounding = Rounding::HalfUp, .overflow = Overflow::Saturate};
}

Results<std::vector<VariableProfile>> profile_layers(const Graph& graph, const CalibrationData& data, int num_threads) {
    if (Diagnostics problems = check_calibration(graph, data); !problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    const auto results = evaluate_batch(graph, select_all_events(data).inputs, data.num_events(), num_threads);
    std::vector<VariableProfile> profiles;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const Node& node = graph[NodeId{i}];
        for (const PrecisionVariable variable : {PrecisionVariable::Weight, PrecisionVariable::Bias}) {
            if (!has_variable(node.op, variable)) {
                continue;
            }
            const LayerConstants constants = constants_of(node);
            const std::vector<double>& values = (variable == PrecisionVariable::Weight ? constants.weight : constants.bias).values;
            if (!values.empty()) {
                profiles.push_back(profile_values(node, variable, values));
            }
        }
        profiles.push_back(profile_values(node, PrecisionVariable::Result, results[i].values));
    }
    return profiles;
}

}  // namespace lutra
