// The command `lutra`: a table of its subcommands.

#include <CLI/CLI.hpp>
#include <exception>

#include "lutra/cli/command.h"

namespace {

using lutra::cli::ExitCode;
using lutra::cli::Session;

void add_global_options(CLI::App& app, Session& session) {
    app.add_flag("--json", session.json, "print one JSON document on stdout, messages on stderr");
    app.add_flag("-q,--quiet", session.quiet, "print errors only");
    app.add_flag("-v,--verbose", session.verbose, "print notes too");
    app.add_option("-j,--jobs", session.jobs, "threads to use; 0: one per core")->check(CLI::Range(0, 1024))->type_name("N");
}

int run(int argc, char** argv) {
    Session session;
    CLI::App app{"Lutra: from a trained model to a decision in a microsecond", "lutra"};
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string(lutra::cli::version()));
    app.footer("Example:\n  lutra compile tagger.onnx -o build/tagger && lutra simulate build/tagger");
    for (const auto add : {lutra::cli::add_compile, lutra::cli::add_run, lutra::cli::add_simulate, lutra::cli::add_synth, lutra::cli::add_inspect,
                           lutra::cli::add_convert, lutra::cli::add_ops, lutra::cli::add_devices, lutra::cli::add_explain, lutra::cli::add_completion,
                           lutra::cli::add_version}) {
        add(app, session);
    }
    for (CLI::App* subcommand : app.get_subcommands({})) {
        add_global_options(*subcommand, session);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::WrongUsage);
    }
    return static_cast<int>(session.exit_code);
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int software_error = 70;
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "lutra: internal error: %s\nThis is a bug of Lutra, not of your input: please report it.\n", error.what());
        return software_error;
    }
}
