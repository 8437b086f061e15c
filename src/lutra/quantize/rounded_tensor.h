#pragma once

/// Constant tensors rounded to a type by value.

#include "lutra/base/result.h"
#include "lutra/ir/real_tensor.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {

/// A tensor whose values are exactly of a type, and what that cost.
struct RoundedTensor {
    RealTensor values;
    double max_error = 0;              ///< largest |rounded - original|
    double max_magnitude = 0;          ///< largest |original|
    std::size_t num_out_of_range = 0;  ///< originals that the overflow mode changed, not the rounding
};

/// Rounds every value. Fails with TypeTooWide when a double cannot hold a result.
Result<RoundedTensor> round_tensor(const RealTensor& tensor, const Quantization& quantization);

}  // namespace lutra
