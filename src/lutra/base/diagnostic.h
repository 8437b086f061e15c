#pragma once

/// What Lutra tells a user: an identified message with its place and what to do about it.

#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/diagnostic_id.h"

namespace lutra {

/// How much a diagnostic matters. `Error` and `Unsupported` stop the work; the others are shown and listed in the report.
enum class Severity { Error, Unsupported, Warning, Note };

/// The word printed for a severity, such as "error".
std::string_view to_string(Severity severity);

/// What the table knows of one diagnostic id.
struct DiagnosticInfo {
    DiagnosticId id;
    std::string_view code;  ///< what users see and pass to `lutra explain`, such as "E0101"
    Severity severity;
    std::string_view title;  ///< one line, lower case
};

/// The whole table, in the order of the codes.
std::vector<DiagnosticInfo> all_diagnostics();

/// The table's entry of `id`.
const DiagnosticInfo& info_of(DiagnosticId id);

/// One message to the user. Place and advice may be empty.
struct Diagnostic {
    DiagnosticId id{};
    std::string place;    ///< file, node path, line: where the user finds the cause
    std::string message;  ///< what is wrong and the limit that it breaks; values last
    std::string advice;   ///< what to do

    Severity severity() const { return info_of(id).severity; }
    /// True when the work cannot go on.
    bool is_fatal() const { return severity() == Severity::Error || severity() == Severity::Unsupported; }

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// Formats as `error[E0101]: place: message` and, indented below, `help: advice`. No trailing newline.
/// Control characters of hostile input are replaced, so that a file cannot steer the user's terminal.
std::string to_string(const Diagnostic& diagnostic);

/// True when any of the diagnostics is fatal.
bool any_fatal(const Diagnostics& diagnostics);

}  // namespace lutra
