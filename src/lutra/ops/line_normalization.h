#pragma once

/// What layer and RMS normalisation share: values divided by the root of the sum of their squares.

#include <span>

#include "lutra/ir/real_tensor.h"
#include "lutra/ops/leading_one.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// Lowers y_i = gain_i * d_i / sqrt(sum of d_j^2 + e) + bias_i for exact integers d_j and e >= 0, with an error of at most E = 2^-error_bits. The sum
/// is exact. It is normalised to m * 4^k, the d_i are moved with it, so that
///
///     r_i = d_i * 2^-k * table of 1 / sqrt(m)
///
/// is a product of few bits, whatever the magnitude of the values is. With G the largest |gain|, rounded up to a power of two, R = E / G and |r| <= 1, the
/// errors of r are: e rounded R/16, the table R/8 * sqrt(2), d_i cut R/16 * sqrt(2); together below R/3. The gain is rounded to R/32, y to E/2.
class LineNormalization {
public:
    /// How values enter the sum of squares.
    struct Line {
        std::vector<Wire> values;  ///< d_i: integers
        Dyadic epsilon_numerator;  ///< e = numerator / denominator
        Dyadic epsilon_denominator = 1;
        std::vector<double> gains;
        std::vector<double> biases;
    };

    LineNormalization(int error_bits, double largest_gain);

    std::vector<Wire> lower(CircuitBuilder& builder, const Line& line);

private:
    int epsilon_fraction(const Line& line) const;
    Wire moved(CircuitBuilder& builder, Wire value, const Normalized& sum, int magnitude) const;

    int error_bits_;
    int gain_bits_;  ///< every |gain| <= 2^gain_bits
    FunctionApproximation root_;
};

/// What both ops normalise: axes from `axis` on are normalised together; scale and bias are scalars or have their shape.
struct NormalizedAxes {
    std::size_t num_lines = 1;
    std::size_t length = 1;  ///< of a line
};
Result<NormalizedAxes> normalized_axes(std::string_view op, const Shape& shape, int axis, std::span<const RealTensor* const> parameters);

/// InvalidAttribute of the op unless epsilon is finite and not negative, and the largest scale times sqrt(length) at most 2^26 errors.
Result<void> check_normalization(std::string_view op, double epsilon, double max_error, const RealTensor& scale, std::size_t length);

/// Lowers every line: the integers v of each, times a scale s, become the d_i by `differences`; e = epsilon * length^epsilon_power / s^2.
struct NormalizationPlan {
    std::function<std::vector<Wire>(CircuitBuilder&, const std::vector<Wire>& v)> differences;
    int epsilon_power = 1;
    double epsilon = 0;
    const RealTensor& scale;
    const RealTensor& bias;
    double max_error = 0;
};
WireTensor lower_lines(CircuitBuilder& builder, const WireTensor& x, const NormalizedAxes& axes, const NormalizationPlan& plan);

/// The parameter of one place of a line.
inline double parameter_at(const RealTensor& parameter, std::size_t place) { return parameter.shape.empty() ? parameter[0] : parameter[place]; }

}  // namespace lutra
