#include "lutra/compile/output_scaler.h"

#include <cstdlib>

namespace lutra {

namespace {

/// Exponents so far from the ends of a double's range that no product or sum here leaves it.
constexpr int largest_exponent = 500;
constexpr int mantissa_bits = 53;

bool is_moderate(const Dyadic& value) { return value.mantissa().bit_length() <= mantissa_bits && std::abs(value.exponent()) <= largest_exponent; }

/// The largest |raw| whose product with the factor has a mantissa of at most 53 bits, so that raw and product are doubles.
std::int64_t largest_exact(const OutputScale& scale) {
    if (!is_moderate(scale.factor) || !is_moderate(scale.offset)) {
        return -1;
    }
    return (std::int64_t{1} << (mantissa_bits - scale.factor.mantissa().bit_length())) - 1;
}

}  // namespace

double scaled_value(const Integer& raw, const OutputScale& scale) { return (Dyadic(raw) * scale.factor + scale.offset).to_double(); }

OutputScaler::OutputScaler(std::vector<OutputScale> scales) : scales_(std::move(scales)) {
    for (const OutputScale& scale : scales_) {
        factor_.push_back(scale.factor.to_double());
        offset_.push_back(scale.offset.to_double());
        largest_.push_back(largest_exact(scale));
    }
}

void OutputScaler::run(std::span<const std::int64_t> raws, std::span<double> values) const {
    const std::size_t num_outputs = scales_.size();
    for (std::size_t first = 0; first < raws.size(); first += num_outputs) {
        for (std::size_t k = 0; k < num_outputs; ++k) {
            const std::int64_t raw = raws[first + k];
            const bool is_exact = raw <= largest_[k] && raw >= -largest_[k];
            values[first + k] = is_exact ? static_cast<double>(raw) * factor_[k] + offset_[k] : scaled_value(raw, scales_[k]);
        }
    }
}

}  // namespace lutra
