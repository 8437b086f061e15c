#include "archive_inputs.h"

#include <zlib.h>

#include "lutra/base/assert.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

namespace {

void append(std::string& bytes, std::uint64_t value, int num_bytes) {
    for (int i = 0; i < num_bytes; ++i) {
        bytes += static_cast<char>(value >> (8 * i));
    }
}

/// What the header before an entry and its line in the directory have in common: APPNOTE.TXT, 4.3.7 and 4.3.12.
std::string common_fields(const std::string& name, const std::string& content) {
    std::string fields;
    append(fields, 20, 2);
    append(fields, 0, 2 + 2 + 2 + 2);
    append(fields, crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())), 4);
    append(fields, content.size(), 4);
    append(fields, content.size(), 4);
    append(fields, name.size(), 2);
    append(fields, 0, 2);
    return fields;
}

}  // namespace

ImportOptions small_limits() {
    ImportOptions options;
    options.max_event_elements = 256;
    options.max_constant_elements = 4096;
    options.max_products = 4096;
    return options;
}

std::pair<std::string, std::string> two_parts(std::string_view bytes) {
    const std::size_t end = std::min(bytes.find('\0'), bytes.size());
    return {std::string(bytes.substr(0, end)), std::string(bytes.substr(std::min(end + 1, bytes.size())))};
}

std::string stored_archive(const std::vector<std::pair<std::string, std::string>>& entries) {
    std::string bytes;
    std::string directory;
    for (const auto& [name, content] : entries) {
        const std::string fields = common_fields(name, content);
        directory += "PK\x01\x02";
        append(directory, 20, 2);
        directory += fields;
        append(directory, 0, 2 + 2 + 2);
        append(directory, 0, 4);
        append(directory, bytes.size(), 4);
        directory += name;
        bytes += "PK\x03\x04" + fields + name + content;
    }
    const std::size_t begin = bytes.size();
    bytes += directory + "PK\x05\x06";
    append(bytes, 0, 4);
    append(bytes, entries.size(), 2);
    append(bytes, entries.size(), 2);
    append(bytes, directory.size(), 4);
    append(bytes, begin, 4);
    append(bytes, 0, 2);
    return bytes;
}

void check_import(const Results<ImportedModel>& model) {
    static const OpRegistry registry = builtin_ops();
    if (!model) {
        LUTRA_ASSERT(any_fatal(model.error()));
        for (const Diagnostic& problem : model.error()) {
            LUTRA_ASSERT(!problem.message.empty() && !to_string(problem).empty());
        }
        return;
    }
    const auto again = parse_graph(print(model->graph), "printed", registry);
    LUTRA_ASSERT(again && *again == model->graph);
}

}  // namespace lutra
