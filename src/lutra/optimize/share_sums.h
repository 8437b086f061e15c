#pragma once

#include <functional>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// The circuit with terms that several sums have in common computed once (share_terms), the sums still whole. `is_shared` says for each group of sums that
/// have operands in common, by the origin of its first sum, whether it is done there.
Circuit share_sums(const Circuit& circuit, const std::function<bool(std::string_view origin)>& is_shared);

}  // namespace lutra
