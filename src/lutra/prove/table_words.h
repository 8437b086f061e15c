#pragma once

/// Truth tables of many events at once.

#include <cstdint>
#include <span>

#include "lutra/netlist/truth_table.h"

namespace lutra {

/// result[w] = f(inputs[0][w], inputs[1][w], ...), with 64 evaluations in each word. The result must overlap no input.
void evaluate_table(std::uint64_t table, std::span<const std::uint64_t* const> inputs, std::span<std::uint64_t> result);

}  // namespace lutra
