#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "lutra/circuit/circuit.h"
#include "lutra/optimize/share_terms.h"

namespace lutra {

/// How the terms of a group of sums are shared; nothing: not at all.
using ShareChoice = std::function<std::optional<ShareOptions>(std::string_view origin)>;

/// The circuit with terms that several sums have in common computed once (share_terms), the sums still whole. `choice` says for each group of sums that
/// have operands in common, by the origin of its first sum, how that is done there.
Circuit share_sums(const Circuit& circuit, const ShareChoice& choice);

}  // namespace lutra
