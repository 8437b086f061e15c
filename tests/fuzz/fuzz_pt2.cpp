// A torch.export archive whose program is any bytes: the first byte says where the second part begins, which is the table of weights. Every problem has
// a message, or the graph prints and parses back.

#include "archive_inputs.h"
#include "lutra/import/torch/import_torch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_import(import_torch(bytes, {}, small_limits()));
    const auto [program, table] = two_parts(bytes);
    const std::string archive = stored_archive(
        {{"a/models/model.json", program}, {"a/data/weights/model_weights_config.json", table}, {"a/data/weights/weight_0", std::string(1024, '\x3f')}});
    check_import(import_torch(archive, {}, small_limits()));
    return 0;
}
