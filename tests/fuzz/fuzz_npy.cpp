// Any bytes as a .npy file: a diagnostic, or blocks of events whose sizes agree with the header.

#include "lutra/base/assert.h"
#include "lutra/stream/npy_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    auto reader = NpyReader::create(make_memory_source("fuzz.npy", std::string(reinterpret_cast<const char*>(data), size)));
    if (!reader) {
        LUTRA_ASSERT(!to_string(reader.error()).empty());
        return 0;
    }
    std::uint64_t num_events = 0;
    while (num_events < 1000) {
        const auto block = reader->read_events(64);
        if (!block) {
            return 0;
        }
        LUTRA_ASSERT(block->values.size() == block->num_events * block->event_size);
        LUTRA_ASSERT(block->num_events > 0 || num_events == reader->num_events());
        if (block->num_events == 0) {
            return 0;
        }
        num_events += block->num_events;
    }
    return 0;
}
