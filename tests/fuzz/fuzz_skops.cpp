// A skops file whose schema and array are any bytes; every problem has a message, or the graph prints and parses back.

#include "archive_inputs.h"
#include "lutra/import/sklearn/import_skops.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_import(import_skops(bytes, {}, small_limits()));
    const auto [schema, array] = two_parts(bytes);
    check_import(import_skops(stored_archive({{"schema.json", schema}, {"0.npy", array}}), {}, small_limits()));
    return 0;
}
