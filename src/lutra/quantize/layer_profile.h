#pragma once

/// What the values of each layer look like over some events, and which type would hold them.

#include <array>
#include <string>
#include <vector>

#include "lutra/quantize/calibrate.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// The parts of the values that lie below the quantiles of a profile.
inline constexpr std::array quantile_parts = {0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999};

/// The distribution of the weights, the bias or the results of one layer.
struct VariableProfile {
    std::string layer;
    std::string op;
    PrecisionVariable variable = PrecisionVariable::Result;
    std::size_t num_values = 0;
    double min = 0;
    double max = 0;
    double mean = 0;
    double deviation = 0;
    std::array<double, quantile_parts.size()> quantiles{};
    std::array<double, quantile_parts.size()> magnitudes{};  ///< the same of the magnitudes that are not 0; zeros when there are none
    Quantization recommended;
};

/// A type that saturates nowhere on these values, with room for an eighth more, whose rounding to nearest has an error of at most 1 % of their standard
/// deviation in the mean square: step / sqrt(12) <= deviation / 100. Values that are all the same get a step of 1 % of their magnitude.
Quantization recommended_type(double min, double max, double deviation);

/// The profiles of all layers by the reference mathematics, weights and biases before the results. Reports data that do not fit.
Results<std::vector<VariableProfile>> profile_layers(const Graph& graph, const CalibrationData& data, int num_threads);

}  // namespace lutra
