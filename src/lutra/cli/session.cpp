#include <cstdio>

#include "lutra/cli/command.h"

namespace lutra::cli {

ExitCode exit_code_of(const Diagnostic& diagnostic) {
    switch (diagnostic.id) {
        case DiagnosticId::SimulationMismatch:
        case DiagnosticId::DesignDoesNotFit:
        case DiagnosticId::ProofFailed:
        case DiagnosticId::ProofLimit:
        case DiagnosticId::TimingNotMet: return ExitCode::CheckFailed;
        case DiagnosticId::ToolMissing:
        case DiagnosticId::ToolFailed:
        case DiagnosticId::ToolTimedOut:
        case DiagnosticId::ToolOutputUnread: return ExitCode::ToolFailed;
        case DiagnosticId::PrecisionSyntax:
        case DiagnosticId::UnknownDevice:
        case DiagnosticId::UnknownDiagnostic:
        case DiagnosticId::UsageError: return ExitCode::WrongUsage;
        default: return ExitCode::InputAtFault;
    }
}

void Session::print(const Diagnostic& diagnostic) {
    const Severity severity = diagnostic.severity();
    const bool is_hidden = (severity == Severity::Note && !verbose) || (severity == Severity::Warning && quiet);
    if (!is_hidden) {
        progress_bar.clear();
        std::fputs((to_string(diagnostic) + "\n").c_str(), stderr);
    }
}

void Session::print(const Diagnostics& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) {
        print(diagnostic);
    }
}

void Session::fail(const Diagnostics& diagnostics) {
    print(diagnostics);
    exit_code = ExitCode::InputAtFault;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.is_fatal()) {
            exit_code = exit_code_of(diagnostic);
            return;
        }
    }
}

void Session::say(std::string_view text) {
    if (!json && !quiet) {
        progress_bar.clear();
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }
}

Progress Session::progress() {
    if (quiet) {
        return {};
    }
    return [this](const ProgressStep& step) { progress_bar.show(step); };
}

}  // namespace lutra::cli
