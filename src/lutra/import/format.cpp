#include "lutra/import/format.h"

#include "lutra/base/assert.h"
#include "lutra/import/archive.h"

namespace lutra {

namespace {

/// True when the bytes begin as an ONNX model: a protobuf field of `Model` with the right wire type. Models start with the IR version in
/// practice; a writer may order fields as it likes, so the other scalar and message fields are accepted when a length fits.
bool begins_as_onnx(std::string_view bytes) {
    constexpr char ir_version_tag = 0x08;
    constexpr int largest_ir_version = 64;
    if (bytes.size() < 2) {
        return false;
    }
    if (bytes[0] == ir_version_tag) {
        return bytes[1] > 0 && bytes[1] <= largest_ir_version;
    }
    constexpr std::string_view message_tags = "\x12\x1a\x22\x32\x3a\x42";
    return message_tags.find(bytes[0]) != std::string_view::npos && bytes.find('\0') != std::string_view::npos;
}

std::string_view skip_spaces(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// What a zip archive holds, told by the names in it. The importer of Keras says what is wrong with one that cannot be read.
ModelFormat format_of_archive(std::string_view bytes) {
    const auto archive = Archive::open(bytes, "");
    for (const ArchiveEntry& entry : archive ? archive->entries() : std::vector<ArchiveEntry>()) {
        const std::string_view name = entry.name;
        const std::string_view last = name.substr(name.rfind('/') + 1);
        if (last == "archive_format" || last == "serialized_exported_program.json") {
            return ModelFormat::TorchExport;
        }
        if (last == "data.pkl") {
            return ModelFormat::TorchPickle;
        }
        if (name == "schema.json") {
            return ModelFormat::Skops;
        }
    }
    return ModelFormat::KerasZip;
}

/// Pickles of protocol 2 and newer begin with its number.
bool begins_as_pickle(std::string_view bytes) { return bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5; }

}  // namespace

std::string_view to_string(ModelFormat format) {
    switch (format) {
        case ModelFormat::Onnx: return "ONNX";
        case ModelFormat::KerasJson: return "Keras JSON";
        case ModelFormat::KerasZip: return "Keras 3 archive";
        case ModelFormat::Hdf5: return "HDF5";
        case ModelFormat::TorchExport: return "torch.export";
        case ModelFormat::TorchPickle: return "PyTorch pickle";
        case ModelFormat::Skops: return "skops";
        case ModelFormat::Pickle: return "pickle";
        case ModelFormat::LutraText: return "Lutra graph";
    }
    LUTRA_UNREACHABLE("model format");
}

bool can_be_read_as(std::optional<ModelFormat> detected, ModelFormat wanted) {
    const auto is_zip = [](ModelFormat format) {
        return format == ModelFormat::KerasZip || format == ModelFormat::TorchExport || format == ModelFormat::Skops;
    };
    return !detected || *detected == wanted || (is_zip(wanted) && (is_zip(*detected) || *detected == ModelFormat::TorchPickle));
}

std::optional<ModelFormat> detect_format(std::string_view bytes) {
    if (bytes.starts_with("\x89HDF\r\n\x1a\n")) {
        return ModelFormat::Hdf5;
    }
    if (bytes.starts_with("PK\x03\x04")) {
        return format_of_archive(bytes);
    }
    if (begins_as_pickle(bytes)) {
        constexpr std::string_view torch_magic = "\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19";
        return bytes.substr(2).starts_with(torch_magic) ? ModelFormat::TorchPickle : ModelFormat::Pickle;
    }
    const std::string_view text = skip_spaces(bytes);
    if (text.starts_with('{')) {
        return ModelFormat::KerasJson;
    }
    if (text.starts_with("lutra graph") || text.starts_with('#')) {
        return ModelFormat::LutraText;
    }
    return begins_as_onnx(bytes) ? std::optional(ModelFormat::Onnx) : std::nullopt;
}

}  // namespace lutra
