#include "lutra/circuit/primitive.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {
constexpr std::array<std::string_view, num_primitive_kinds> names = {
    "input", "constant", "wrap", "move_point", "shift_left", "shift_right", "add", "subtract", "negate", "multiply", "sum",     "not",
    "and",   "or",       "xor",  "equal",      "less",       "mux",         "min", "max",      "concat", "table",    "register"};
}

std::string_view to_string(PrimitiveKind kind) { return names.at(static_cast<std::size_t>(kind)); }

std::optional<PrimitiveKind> parse_primitive_kind(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<PrimitiveKind>(found - names.begin()));
}

}  // namespace lutra
