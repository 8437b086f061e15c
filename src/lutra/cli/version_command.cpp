#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "lutra/cli/command.h"

namespace lutra::cli {

std::string_view version() { return LUTRA_VERSION; }

void add_version(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("version", "print the version");
    command->footer("Example:\n  lutra version");
    command->callback([&session] {
        if (session.json) {
            fmt::print("{{\"lutra\": \"{}\"}}\n", version());
        } else {
            fmt::print("lutra {}\n", version());
        }
    });
}

}  // namespace lutra::cli
