#pragma once

/// From raw integers at the outputs to values, for whole batches of events.

#include <cstdint>
#include <span>
#include <vector>

#include "lutra/num/dyadic.h"

namespace lutra {

/// An output element's way from raw integer to value: value = raw * factor + offset.
struct OutputScale {
    Dyadic factor;
    Dyadic offset;
};

/// The double nearest to raw * factor + offset.
double scaled_value(const Integer& raw, const OutputScale& scale);

/// The same for rows of integers of 64 bits, in doubles wherever that is exact up to the one rounding of the sum.
class OutputScaler {
public:
    /// One scale per output element.
    explicit OutputScaler(std::vector<OutputScale> scales);

    const std::vector<OutputScale>& scales() const { return scales_; }

    /// values[i] becomes the value of raws[i]; both hold whole events.
    void run(std::span<const std::int64_t> raws, std::span<double> values) const;

private:
    std::vector<OutputScale> scales_;
    std::vector<double> factor_;
    std::vector<double> offset_;
    std::vector<std::int64_t> largest_;  ///< of |raw| for which a product in doubles is exact; -1: none
};

}  // namespace lutra
