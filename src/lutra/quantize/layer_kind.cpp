#include "lutra/quantize/layer_kind.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lutra {

namespace {

using namespace std::string_view_literals;

template <std::size_t N>
bool is_one_of(const Op& op, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, op.name()) != names.end();
}

}  // namespace

bool only_moves_elements(const Op& op) { return is_one_of(op, std::array{"broadcast"sv, "concat"sv, "flatten"sv, "reshape"sv, "slice"sv, "transpose"sv}); }

bool has_own_values(const Op& op) { return !only_moves_elements(op) && !is_one_of(op, std::array{"argmax"sv, "constant"sv, "less"sv, "quantize"sv}); }

bool is_normalization(const Op& op) { return is_one_of(op, std::array{"layer_normalization"sv, "rms_normalization"sv}); }

bool is_cheap_on_wide_inputs(const Op& op) {
    return only_moves_elements(op) || is_one_of(op, std::array{"abs"sv, "argmax"sv, "bipolar"sv, "clip"sv, "leaky_relu"sv, "less"sv, "quantize"sv, "relu"sv,
                                                               "ternary"sv, "thresholded_relu"sv});
}

}  // namespace lutra
