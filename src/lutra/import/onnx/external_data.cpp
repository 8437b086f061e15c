#include "lutra/import/onnx/external_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "lutra/base/file.h"

namespace lutra::onnx {

namespace fs = std::filesystem;

namespace {

std::unexpected<Diagnostic> refuse(const std::string& place, std::string message, std::string advice = "") {
    return fail(DiagnosticId::OnnxExternalData, place, std::move(message), std::move(advice));
}

/// A number of the file's key-value entries; an absent one is `otherwise`.
std::optional<std::uint64_t> parse_count(std::string_view text, std::uint64_t otherwise) {
    if (text.empty()) {
        return otherwise;
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool stays_inside(const fs::path& relative) {
    return !relative.empty() && !relative.is_absolute() && std::ranges::none_of(relative, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

Result<std::string_view> ExternalData::whole_file(const std::string& tensor_place, const std::string& location) {
    if (const auto found = files_.find(location); found != files_.end()) {
        return found->second;
    }
    if (folder_.empty()) {
        return refuse(tensor_place, "the model is not read from a folder, so it cannot have external data");
    }
    if (location.find('\0') != std::string::npos || !stays_inside(location)) {
        return refuse(tensor_place, fmt::format("the location is not inside of the model's folder: '{}'", location), "put the data file beside the model");
    }
    std::error_code error;
    const fs::path root = fs::canonical(folder_, error);
    const fs::path file = error ? fs::path() : fs::canonical(root / location, error);
    if (error) {
        return refuse(tensor_place, fmt::format("the file '{}' cannot be found: {}", location, error.message()), "put the data file beside the model");
    }
    if (std::ranges::mismatch(root, file).in1 != root.end()) {
        return refuse(tensor_place, fmt::format("a symbolic link leads out of the model's folder: '{}'", location),
                      "put the data file itself beside the model");
    }
    auto bytes = read_file(file, max_bytes_ - bytes_read_);
    if (!bytes) {
        return refuse(tensor_place, fmt::format("the file '{}' cannot be read: {}", location, bytes.error().message));
    }
    bytes_read_ += bytes->size();
    return files_.emplace(location, *std::move(bytes)).first->second;
}

Result<std::string_view> ExternalData::read(const std::string& tensor_place, const ExternalPlace& place, std::uint64_t num_bytes) {
    LUTRA_TRY(const std::string_view bytes, whole_file(tensor_place, place.location));
    const auto offset = parse_count(place.offset, 0);
    const auto length = parse_count(place.length, num_bytes);
    if (!offset || !length) {
        return refuse(tensor_place, fmt::format("offset '{}' and length '{}' must be numbers of bytes", place.offset, place.length), "export the model again");
    }
    if (*length != num_bytes) {
        return refuse(tensor_place, fmt::format("the shape needs {} bytes, the length is {}", num_bytes, *length), "export the model again");
    }
    if (*offset > bytes.size() || *length > bytes.size() - *offset) {
        return refuse(tensor_place, fmt::format("{} bytes from byte {} on are wanted of '{}', which has {}", *length, *offset, place.location, bytes.size()),
                      "copy the data file again, whole");
    }
    return bytes.substr(*offset, *length);
}

}  // namespace lutra::onnx
