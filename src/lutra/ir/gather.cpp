#include "lutra/ir/gather.h"

namespace lutra {

namespace {

/// Row-major distance between neighbours along each axis.
std::vector<std::size_t> strides_of(const Shape& shape) {
    std::vector<std::size_t> strides(shape.size(), 1);
    for (std::size_t axis = shape.size(); axis-- > 1;) {
        strides[axis - 1] = strides[axis] * static_cast<std::size_t>(shape[axis]);
    }
    return strides;
}

}  // namespace

WireTensor gather(const WireTensor& source, const std::vector<std::vector<std::int64_t>>& taken) {
    const auto strides = strides_of(source.shape);
    WireTensor result;
    std::vector<std::size_t> places = {0};
    for (std::size_t axis = 0; axis < taken.size(); ++axis) {
        std::vector<std::size_t> next;
        next.reserve(places.size() * taken[axis].size());
        for (const std::size_t place : places) {
            for (const std::int64_t index : taken[axis]) {
                next.push_back(place + static_cast<std::size_t>(index) * strides[axis]);
            }
        }
        places = std::move(next);
        result.shape.push_back(static_cast<std::int64_t>(taken[axis].size()));
    }
    for (const std::size_t place : places) {
        result.elements.push_back(source.elements[place]);
    }
    return result;
}

std::vector<std::size_t> transposed_elements(const Shape& shape, const std::vector<std::int64_t>& permutation) {
    const auto strides = strides_of(shape);
    std::vector<std::size_t> places = {0};
    for (const std::int64_t axis : permutation) {
        const auto source_axis = static_cast<std::size_t>(axis);
        std::vector<std::size_t> next;
        for (const std::size_t place : places) {
            for (std::size_t i = 0; i < static_cast<std::size_t>(shape[source_axis]); ++i) {
                next.push_back(place + i * strides[source_axis]);
            }
        }
        places = std::move(next);
    }
    return places;
}

}  // namespace lutra
