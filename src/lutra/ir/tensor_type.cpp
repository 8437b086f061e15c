#include "lutra/ir/tensor_type.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

FixedPointType common_type(const TensorType& type) {
    FixedPointType common{false, 0, 0};
    bool is_first = true;
    int integer_bits = 0;
    for (const FixedPointType& element : type.elements) {
        if (element.width == 0) {
            continue;
        }
        const int magnitude_bits = element.integer_bits() - (element.is_signed ? 1 : 0);
        integer_bits = is_first ? magnitude_bits : std::max(integer_bits, magnitude_bits);
        common.fraction = is_first ? element.fraction : std::max(common.fraction, element.fraction);
        common.is_signed = common.is_signed || element.is_signed;
        is_first = false;
    }
    common.width = is_first ? 0 : std::max(0, integer_bits + common.fraction + (common.is_signed ? 1 : 0));
    return common;
}

std::string to_string(const TensorType& type) { return fmt::format("{} {}", to_string(type.shape), type.is_real() ? "real" : to_string(common_type(type))); }

}  // namespace lutra
