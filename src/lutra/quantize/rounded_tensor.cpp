#include "lutra/quantize/rounded_tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/num/dyadic.h"

namespace lutra {

Result<RoundedTensor> round_tensor(const RealTensor& tensor, const Quantization& quantization) {
    RoundedTensor result;
    result.values.shape = tensor.shape;
    result.values.values.clear();
    result.values.values.reserve(tensor.size());
    const int fraction = quantization.type.fraction;
    for (const double value : tensor.values) {
        const Dyadic exact = Dyadic::from_double(value);
        const int source_fraction = std::max(exact.fraction(), 0);
        const Integer source = exact.raw(source_fraction);
        const Integer raw = quantize_raw(source, source_fraction, quantization);
        const Dyadic rounded(raw, -fraction);
        const double y = rounded.to_double();
        if (!std::isfinite(y) || Dyadic::from_double(y) != rounded) {
            return fail(DiagnosticId::TypeTooWide, "", fmt::format("the constant {} is not a double once it is of type {}", value, to_string(quantization)),
                        "give constants a type of at most 53 bits");
        }
        const bool is_out_of_range = raw != round_raw(source, source_fraction - fraction, quantization.rounding);
        result.num_out_of_range += is_out_of_range ? 1 : 0;
        result.max_error = std::max(result.max_error, std::abs(y - value));
        result.max_magnitude = std::max(result.max_magnitude, std::abs(value));
        result.values.values.push_back(y);
    }
    return result;
}

}  // namespace lutra
