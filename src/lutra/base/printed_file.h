#pragma once

/// Texts that are printed part by part, since they may be larger than memory should hold.

#include <filesystem>
#include <functional>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// Takes the parts of a text, in order.
using TextSink = std::function<void(std::string_view)>;
/// Hands a text to a sink, part by part.
using TextPrinter = std::function<void(const TextSink&)>;

/// Writes a file whole or not at all: into a temporary file beside it, synced, then renamed over it.
Result<void> write_printed_file(const std::filesystem::path& path, const TextPrinter& print);

}  // namespace lutra
