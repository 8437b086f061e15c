// Any bytes as an HDF5 file: a diagnostic, or as many numbers as the shapes say. What the HDF5 library does to them, it does in a child, which is
// stopped before the fuzzer thinks that it hangs.

#include "lutra/base/assert.h"
#include "lutra/import/hdf5/hdf5_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto file =
        read_hdf5(bytes, "fuzz.h5", {.max_elements = 1 << 16, .max_string_bytes = 1 << 16, .max_objects = 1000, .max_depth = 8, .max_cpu_seconds = 2});
    if (!file) {
        LUTRA_ASSERT(file.error().id == DiagnosticId::Hdf5NotRead);
        return 0;
    }
    for (const auto& [path, numbers] : file->datasets) {
        std::size_t count = 1;
        for (const std::int64_t extent : numbers.extents) {
            count *= static_cast<std::size_t>(extent);
        }
        LUTRA_ASSERT(count == numbers.values.size());
    }
    return 0;
}
