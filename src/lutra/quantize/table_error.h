#pragma once

/// How exact a function must be whose result is rounded anyway.

#include "lutra/ir/layer_op.h"

namespace lutra {

/// An op with a `max_error`, such as a sigmoid, whose error is at most a quarter of 2^-fraction, the last bit of its result, as far as the op can be made so;
/// any other op as it is.
Op with_error_for(const Op& op, int fraction);

}  // namespace lutra
