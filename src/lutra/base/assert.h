#pragma once

/// Checks for what cannot happen. A failed check is a bug of ours: the process prints the place and exits with status 70.

#include <string_view>

namespace lutra {

/// Prints "internal error" with the place and what was expected on stderr, then exits with status 70 (EX_SOFTWARE).
[[noreturn]] void fail_assertion(std::string_view expectation, std::string_view file, int line);

}  // namespace lutra

/// Checks `condition` in every build type.
#define LUTRA_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::lutra::fail_assertion(#condition, __FILE__, __LINE__))

/// Marks a place that no input can reach.
#define LUTRA_UNREACHABLE(why) ::lutra::fail_assertion("never reached: " why, __FILE__, __LINE__)
