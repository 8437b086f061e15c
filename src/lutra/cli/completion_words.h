#pragma once

/// What a shell can complete: the commands, their options, and the values of those.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace lutra::cli {

/// An option, or a positional argument.
struct CompletionOption {
    std::vector<std::string> flags;  ///< "--device", "-o"; empty for a positional argument
    std::string description;
    bool has_value = false;
    std::vector<std::string> values;  ///< all that are possible; empty: a file, or anything
};

struct CompletionCommand {
    std::string name;
    std::string description;
    std::vector<CompletionOption> options;

    /// The values of the positional argument, when it is one of a list.
    std::vector<std::string> argument_values() const;
};

/// All subcommands of the program.
std::vector<CompletionCommand> completion_commands(const CLI::App& app);

}  // namespace lutra::cli
