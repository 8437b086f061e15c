#pragma once

/// Many values combined into one by a tree of least depth.

#include <utility>
#include <vector>

namespace lutra {

/// Combines neighbours round after round; the left operand always has the lower index. There must be a value.
template <typename Value, typename Combine>
Value tournament(std::vector<Value> values, const Combine& combine) {
    while (values.size() > 1) {
        std::vector<Value> winners;
        for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
            winners.push_back(combine(values[i], values[i + 1]));
        }
        if (values.size() % 2 == 1) {
            winners.push_back(std::move(values.back()));
        }
        values = std::move(winners);
    }
    return std::move(values[0]);
}

}  // namespace lutra
