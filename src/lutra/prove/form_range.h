#pragma once

/// The range of an exact form over all values of its variables that can occur.

#include <functional>

#include "lutra/prove/exact_form.h"

namespace lutra {

/// The word of a variable, and its place there.
struct RangedBit {
    std::uint64_t word_key = 0;
    std::uint32_t place = 0;
    CutWord word;
};

/// Bounds of the form. Words are taken for independent of each other.
Interval range_of(const ExactForm& form, LocalFunctions& local, const std::function<RangedBit(std::uint32_t)>& bit_of);

}  // namespace lutra
