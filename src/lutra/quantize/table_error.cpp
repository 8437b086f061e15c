#include "lutra/quantize/table_error.h"

#include <algorithm>
#include <cmath>

#include "lutra/ops/builtin_ops.h"
#include "lutra/ops/function_approximation.h"

namespace lutra {

Op with_error_for(const Op& op, int fraction) {
    AttributeMap attributes;
    for (const auto& [name, value] : op.attributes()) {
        attributes.emplace(name, value);
    }
    const auto max_error = attributes.find("max_error");
    if (max_error == attributes.end()) {
        return op;
    }
    max_error->second = std::clamp(std::ldexp(1.0, -fraction - 2), smallest_max_error, largest_max_error);
    return builtin_ops().make(op.name(), attributes).value();
}

}  // namespace lutra
