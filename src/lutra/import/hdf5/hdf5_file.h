#pragma once

/// What an HDF5 file holds, as far as models need it: groups, numbers, strings.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// The numbers of a dataset or an attribute, row-major.
struct Hdf5Numbers {
    std::vector<std::int64_t> extents;
    std::vector<double> values;
    bool is_integer = false;
    int element_bytes = 4;  ///< as stored: 4 for float32

    friend bool operator==(const Hdf5Numbers&, const Hdf5Numbers&) = default;
};

/// An attribute: numbers or strings, or nothing that we read.
struct Hdf5Attribute {
    Hdf5Numbers numbers;
    std::vector<std::string> strings;

    friend bool operator==(const Hdf5Attribute&, const Hdf5Attribute&) = default;
};

/// A file by paths without a slash in front; the root is the empty path.
struct Hdf5File {
    std::set<std::string, std::less<>> groups;
    std::map<std::string, Hdf5Numbers, std::less<>> datasets;
    std::map<std::string, std::map<std::string, Hdf5Attribute, std::less<>>, std::less<>> attributes;
    std::map<std::string, std::string, std::less<>> unread;  ///< objects that are left out, and why

    /// The attribute of an object; null when there is none.
    const Hdf5Attribute* attribute(std::string_view path, std::string_view name) const;
    /// The one string of an attribute; empty when it is something else.
    std::string string_attribute(std::string_view path, std::string_view name) const;
};

/// What a file may cost.
struct Hdf5Limits {
    std::uint64_t max_elements = 1ULL << 26;  ///< of all datasets together
    std::uint64_t max_string_bytes = 1ULL << 27;
    std::size_t max_objects = 200'000;
    int max_depth = 64;
    unsigned max_cpu_seconds = 20;  ///< of the child in which the HDF5 library runs
};

/// Reads a file in memory. The HDF5 library is known to crash, loop or allocate without end on damaged files, so it runs in a child process;
/// links to other files, external and virtual datasets are not followed. Objects under `optimizer` and `optimizer_weights` are left out.
/// Fails with Hdf5NotRead.
Result<Hdf5File> read_hdf5(std::string_view bytes, std::string_view place, const Hdf5Limits& limits = {});

}  // namespace lutra
