#pragma once

/// Work that may crash, loop or take the machine's memory, done in a child process.

#include <cstdint>
#include <functional>
#include <string>

#include "lutra/base/result.h"

namespace lutra {

/// What the child may use. Each is enforced by the system; the child cannot open files.
struct ChildLimits {
    std::uint64_t max_memory_bytes = 2ULL << 30;  ///< beyond what the parent has; not enforced under address sanitizers, which reserve terabytes
    std::uint64_t max_output_bytes = 2ULL << 30;
    unsigned max_cpu_seconds = 20;
    unsigned max_wall_seconds = 60;
};

/// Writes all bytes to the parent; false when the parent no longer listens.
using ChildOutput = std::function<bool(const void* bytes, std::size_t size)>;

/// Runs `work` in a forked child and returns the bytes that it wrote. Nothing that it does to memory is seen here; whatever it prints is lost.
/// Fails with the message of what became of the child: killed by a signal, out of time, out of output. The message is for a diagnostic.
std::expected<std::string, std::string> run_in_child(const std::function<void(const ChildOutput&)>& work, const ChildLimits& limits);

}  // namespace lutra
