#pragma once

/// What matters of an op when results get types.

#include "lutra/ir/layer_op.h"

namespace lutra {

/// True for ops whose results are values of their own: not elements of an input in another place, and no index, constant or Quantize.
bool has_own_values(const Op& op);

/// True for ops that only put elements in another place.
bool only_moves_elements(const Op& op);

/// True for ops that cost little on a wide input, so that a rounding behind them serves better than one before them: comparisons with a constant.
bool is_cheap_on_wide_inputs(const Op& op);

/// True for ops that divide values by the root of the sum of their squares.
bool is_normalization(const Op& op);

}  // namespace lutra
