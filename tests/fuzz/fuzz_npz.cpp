// Any bytes as a .npz (or .npy) file for a model with two inputs: a diagnostic, or the same number of events of both.

#include <sys/mman.h>
#include <unistd.h>

#include <array>

#include "lutra/base/assert.h"
#include "lutra/stream/data_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const int file = memfd_create("fuzz", 0);
    LUTRA_ASSERT(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
    const std::array inputs = {InputSpec{"a", {2}}, InputSpec{"b", {}}};
    auto source = DataSource::open("/proc/self/fd/" + std::to_string(file), inputs);
    for (int i = 0; source && i < 20; ++i) {
        const auto blocks = source->read_events(64);
        if (!blocks) {
            break;
        }
        LUTRA_ASSERT(blocks->size() == 2 && (*blocks)[0].num_events == (*blocks)[1].num_events);
    }
    close(file);
    return 0;
}
