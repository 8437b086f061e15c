#pragma once

/// Profiles of layers as text, as JSON and as a picture.

#include <string>
#include <vector>

#include "lutra/quantize/layer_profile.h"

namespace lutra {

/// A table for people.
std::string profile_as_text(const std::vector<VariableProfile>& profiles);

/// One JSON document: a list with an object per variable.
std::string profile_as_json(const std::vector<VariableProfile>& profiles);

/// One row per variable over powers of two: the magnitudes (whiskers from 0.1 % to the largest, a box for the middle half) and, behind them, the bits of the
/// recommended type from the last one to the largest value.
std::string profile_as_svg(const std::vector<VariableProfile>& profiles);

}  // namespace lutra
