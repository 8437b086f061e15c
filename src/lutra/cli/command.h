#pragma once

/// What all subcommands share: global options, exit codes, and how they speak to people and scripts.

#include <chrono>
#include <string>
#include <string_view>

#include "lutra/base/progress.h"
#include "lutra/base/result.h"

namespace CLI {
class App;
}

namespace lutra::cli {

/// How a command ended; docs/commands.md is the contract.
enum class ExitCode { Done = 0, InputAtFault = 1, WrongUsage = 2, CheckFailed = 3, ToolFailed = 4 };

/// What the user asked of the program as a whole, and how it ended.
struct Session {
    bool json = false;     ///< one JSON document on stdout
    bool quiet = false;    ///< no progress, notes and warnings
    bool verbose = false;  ///< notes too
    int jobs = 0;          ///< threads; 0: one per core
    ExitCode exit_code = ExitCode::Done;
    TerminalProgress progress_bar;

    /// Prints a diagnostic on stderr, unless it is quieter than what the user wants to see.
    void print(const Diagnostic& diagnostic);
    void print(const Diagnostics& diagnostics);
    /// Prints what made the command fail, and sets the exit code that goes with it.
    void fail(const Diagnostics& diagnostics);
    void fail(const Diagnostic& diagnostic) { fail(Diagnostics{diagnostic}); }
    /// Prints for people on stdout; nothing when the user wants JSON or quiet.
    void say(std::string_view text);
    /// A progress function for long work.
    Progress progress();
};

/// The exit code that a diagnostic leads to.
ExitCode exit_code_of(const Diagnostic& diagnostic);

// One function per subcommand, each in its own file: adds the subcommand with its options, help and example.
void add_compile(CLI::App& app, Session& session);
void add_run(CLI::App& app, Session& session);
void add_simulate(CLI::App& app, Session& session);
void add_synth(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_prove(CLI::App& app, Session& session);
void add_inspect(CLI::App& app, Session& session);
void add_convert(CLI::App& app, Session& session);
void add_ops(CLI::App& app, Session& session);
void add_devices(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_completion(CLI::App& app, Session& session);
void add_version(CLI::App& app, Session& session);

/// Adds the option --time-limit: seconds, and what they are for. The limit, as it stands, is its default.
void add_time_limit(CLI::App& command, std::chrono::milliseconds& limit, std::string_view what = "that each run of a tool may take");

/// The page of a diagnostic code, from docs/diagnostics; empty when there is none.
std::string_view diagnostic_page(std::string_view code);

/// The version of this program, such as "0.1.0".
std::string_view version();

}  // namespace lutra::cli
