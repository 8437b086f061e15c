#pragma once

/// Integers under difference constraints that make a weighted sum least: what retiming comes down to.

#include <cstdint>
#include <optional>
#include <vector>

namespace lutra {

/// value[to] - value[from] >= least.
struct DifferenceConstraint {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    int least = 0;
};

/// Minimises the sum of weight[i] * value[i] under the constraints. The weights of connected values must add up to 0, or the sum has no least value. Nothing
/// when the constraints contradict each other or the sum has no least value. This is the dual of a minimum cost flow (Leiserson and Saxe, "Retiming
/// synchronous circuitry", Algorithmica 6, 1991), which LEMON's network simplex solves.
std::optional<std::vector<int>> minimize_differences(const std::vector<std::int64_t>& weights, std::vector<DifferenceConstraint> constraints);

}  // namespace lutra
