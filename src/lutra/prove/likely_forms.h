#pragma once

/// Guesses which wires of two circuits are equal, from their values for random events. Guesses are only that: each is proved.

#include <optional>
#include <vector>

#include "lutra/prove/normal_form.h"

namespace lutra {

/// For each wire of `after`, the form of a wire of `before` that had the same value in every event, but for a power of two.
std::vector<std::optional<LinearForm>> likely_forms(const Circuit& before, const std::vector<LinearForm>& forms, const Circuit& after);

}  // namespace lutra
