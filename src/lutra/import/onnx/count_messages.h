#pragma once

#include <cstdint>
#include <string_view>

namespace lutra::onnx {

/// Number of messages and strings that parsing these bytes as an ONNX model would allocate, counted up to `limit`: an empty message of two
/// bytes becomes a hundred in memory, so a file is counted before it is parsed. Damaged bytes end the count; the parser reports them.
std::uint64_t count_messages(std::string_view bytes, std::uint64_t limit);

}  // namespace lutra::onnx
