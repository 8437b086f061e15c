#pragma once

/// The header of a .npy file, versions 1 to 3 (NumPy's NEP 1 and its `numpy.lib.format` page).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/stream/byte_source.h"
#include "lutra/stream/element_type.h"

namespace lutra {

/// What a header says.
struct NpyHeader {
    ElementLayout layout;
    bool is_fortran = false;  ///< the first index runs fastest
    std::vector<std::uint64_t> shape;
    std::uint64_t data_offset = 0;

    friend bool operator==(const NpyHeader&, const NpyHeader&) = default;
};

/// Reads a header strictly and checks that the source holds exactly the data that the shape asks for. Fails with NpyInvalid (with the
/// byte where it went wrong) or NpyUnsupportedType.
Result<NpyHeader> read_npy_header(ByteSource& source);

/// The bytes of a version 1 header for little-endian data in C order. Its length depends on `shape.size()` only as long as the first
/// number of `shape` has at most 20 digits: room for them is kept, so that it can be written anew when the count is known.
std::string format_npy_header(ElementType type, const std::vector<std::uint64_t>& shape);

/// A shape as text, such as "(1000, 16)".
std::string format_shape(const std::vector<std::uint64_t>& shape);

}  // namespace lutra
