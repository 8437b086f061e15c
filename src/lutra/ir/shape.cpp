#include "lutra/ir/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

std::optional<std::int64_t> checked_num_elements(const Shape& shape) {
    if (shape.size() > max_rank) {
        return std::nullopt;
    }
    std::int64_t count = 1;
    bool is_empty = false;
    for (const std::int64_t extent : shape) {
        if (extent < 0 || extent > max_elements) {
            return std::nullopt;
        }
        is_empty = is_empty || extent == 0;
        count = std::min(count * std::max<std::int64_t>(extent, 1), max_elements + 1);
    }
    if (is_empty) {
        return 0;
    }
    return count > max_elements ? std::nullopt : std::optional(count);
}

std::int64_t num_elements(const Shape& shape) {
    const auto count = checked_num_elements(shape);
    LUTRA_ASSERT(count);
    return *count;
}

std::optional<Shape> broadcast(const Shape& a, const Shape& b) {
    Shape result(std::max(a.size(), b.size()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
        const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) {
            return std::nullopt;
        }
        result[result.size() - 1 - i] = x == 1 ? y : x;
    }
    return result;
}

std::vector<std::int64_t> broadcast_indices(const Shape& source, const Shape& target) {
    LUTRA_ASSERT(source.size() <= target.size());
    Shape padded(target.size() - source.size(), 1);
    padded.insert(padded.end(), source.begin(), source.end());
    std::vector<std::int64_t> indices = {0};
    std::int64_t stride = num_elements(source);
    for (std::size_t axis = 0; axis < target.size(); ++axis) {
        stride = padded[axis] > 0 ? stride / padded[axis] : 0;
        std::vector<std::int64_t> next;
        next.reserve(indices.size() * static_cast<std::size_t>(target[axis]));
        for (const std::int64_t index : indices) {
            for (std::int64_t i = 0; i < target[axis]; ++i) {
                next.push_back(index + (padded[axis] == 1 ? 0 : i * stride));
            }
        }
        indices = std::move(next);
    }
    return indices;
}

std::string to_string(const Shape& shape) { return shape.empty() ? "scalar" : fmt::format("{}", fmt::join(shape, "x")); }

}  // namespace lutra
