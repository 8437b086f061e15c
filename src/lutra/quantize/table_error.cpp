#include "lutra/quantize/table_error.h"

#include <algorithm>
#include <cmath>

#include "lutra/ops/sigmoid.h"
#include "lutra/ops/softmax.h"
#include "lutra/ops/tanh.h"

namespace lutra {

namespace {

constexpr double largest_error = 0.25;

template <typename Function>
std::optional<Op> with_error(const Op& op, int fraction, double smallest_error) {
    const auto* function = op.as<Function>();
    if (function == nullptr) {
        return std::nullopt;
    }
    Function changed = *function;
    changed.max_error = std::clamp(std::ldexp(1.0, -fraction - 2), smallest_error, largest_error);
    return changed;
}

}  // namespace

Op with_error_for(const Op& op, int fraction) {
    for (const auto& changed : {with_error<Sigmoid>(op, fraction, 0x1p-20), with_error<Tanh>(op, fraction, 0x1p-20), with_error<Softmax>(op, fraction, 0x1p-16)}) {
        if (changed) {
            return *changed;
        }
    }
    return op;
}

}  // namespace lutra
