#pragma once

/// Results of what a user or the world can make fail.

#include <expected>
#include <utility>

#include "lutra/base/assert.h"
#include "lutra/base/diagnostic.h"

namespace lutra {

/// A value, or the diagnostic that says why there is none.
template <typename T>
using Result = std::expected<T, Diagnostic>;

/// A value, or all the diagnostics that say why there is none; used where every problem of a file is reported at once.
template <typename T>
using Results = std::expected<T, Diagnostics>;

/// Makes a failed `Result`.
inline std::unexpected<Diagnostic> fail(DiagnosticId id, std::string place, std::string message, std::string advice = "") {
    return std::unexpected(Diagnostic{id, std::move(place), std::move(message), std::move(advice)});
}

}  // namespace lutra

#define LUTRA_TRY_NAME_2(line) lutra_result_##line
#define LUTRA_TRY_NAME(line) LUTRA_TRY_NAME_2(line)

/// `LUTRA_TRY(declaration, expression);` evaluates a `Result`, returns its diagnostic from this function if it failed and
/// else initialises the declaration with its value: `LUTRA_TRY(const auto type, infer_type(node));`
#define LUTRA_TRY(declaration, expression)                                   \
    auto LUTRA_TRY_NAME(__LINE__) = (expression);                            \
    if (!LUTRA_TRY_NAME(__LINE__)) {                                         \
        return std::unexpected(std::move(LUTRA_TRY_NAME(__LINE__)).error()); \
    }                                                                        \
    declaration = *std::move(LUTRA_TRY_NAME(__LINE__))
