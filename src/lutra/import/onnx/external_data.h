#pragma once

/// Tensors whose bytes lie in files beside the model.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra::onnx {

/// Where the file says that the bytes of a tensor are; numbers still as text.
struct ExternalPlace {
    std::string location;
    std::string offset;
    std::string length;
};

/// Reads pieces of the files beside a model, each file once.
class ExternalData {
public:
    /// `folder` is the model's; empty: there is none, and every access fails.
    ExternalData(std::filesystem::path folder, std::uint64_t max_bytes) : folder_(std::move(folder)), max_bytes_(max_bytes) {}

    /// The bytes at `place`, of which `num_bytes` are needed. Valid as long as this object. Fails with OnnxExternalData when the place is outside
    /// of the model's folder, also by way of a symbolic link, or outside of its file.
    Result<std::string_view> read(const std::string& tensor_place, const ExternalPlace& place, std::uint64_t num_bytes);

private:
    Result<std::string_view> whole_file(const std::string& tensor_place, const std::string& location);

    std::filesystem::path folder_;
    std::uint64_t max_bytes_;
    std::uint64_t bytes_read_ = 0;
    std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace lutra::onnx
