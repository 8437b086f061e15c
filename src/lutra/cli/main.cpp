// The command `lutra`: a table of its subcommands.

#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdlib>
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

/// Help and version were asked for, or the command is used in a wrong way.
int explain_parse_end(const CLI::App& app, Session& session, const CLI::ParseError& error, std::string_view first_argument) {
    if (error.get_exit_code() == 0) {
        return app.exit(error);
    }
    const auto chosen = app.get_subcommands();
    const bool is_unknown_command = chosen.empty() && !first_argument.empty() && !first_argument.starts_with('-');
    const std::string what = is_unknown_command ? fmt::format("there is no command '{}'", first_argument) : error.what();
    const std::string command = chosen.empty() ? "lutra" : "lutra " + chosen[0]->get_name();
    session.fail({lutra::DiagnosticId::UsageError, command, what, fmt::format("{} --help shows how it is used", command)});
    return static_cast<int>(session.exit_code);
}

int run(int argc, char** argv) {
    Session session;
    CLI::App app{"Lutra: from a trained model to a decision in a microsecond", "lutra"};
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string(lutra::cli::version()));
    app.footer("Example:\n  lutra compile tagger.onnx -o build/tagger && lutra simulate build/tagger");
    for (const auto add : {lutra::cli::add_compile, lutra::cli::add_run, lutra::cli::add_simulate, lutra::cli::add_synth, lutra::cli::add_verify,
                           lutra::cli::add_prove, lutra::cli::add_inspect, lutra::cli::add_convert, lutra::cli::add_ops, lutra::cli::add_devices,
                           lutra::cli::add_explain, lutra::cli::add_completion, lutra::cli::add_version}) {
        add(app, session);
    }
    for (CLI::App* subcommand : app.get_subcommands({})) {
        add_global_options(*subcommand, session);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return explain_parse_end(app, session, error, argc > 1 ? argv[1] : "");
    }
    return static_cast<int>(session.exit_code);
}

}  // namespace

/// Keeps freed blocks for the next ones, instead of handing their pages back to the system and zeroing new ones: data pass in blocks of megabytes.
void keep_freed_memory() {
    constexpr int kept_bytes = 1 << 28;
    mallopt(M_MMAP_THRESHOLD, kept_bytes);
    mallopt(M_TRIM_THRESHOLD, kept_bytes);
}

/// Asks for pages of 2 MB for the first of the heap: the system takes longer to hand out pages of 4 KB than a short command to fill them.
void ask_for_large_pages() {
    constexpr int reserved_bytes = 1 << 26;
    constexpr int usual_bytes = 1 << 17;
    constexpr std::uintptr_t large_page = 1 << 21;
    mallopt(M_TOP_PAD, reserved_bytes);
    void* volatile block = std::malloc(large_page);  // is the first behind which so much has been reserved
    const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
    const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(block) + large_page - 1) / large_page * large_page;
    if (begin < end) {
        madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // without them all stays as it is
    }
    std::free(block);
    mallopt(M_TOP_PAD, usual_bytes);
}

int main(int argc, char** argv) {
    constexpr int software_error = 70;
    keep_freed_memory();
    ask_for_large_pages();
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "lutra: internal error: %s\nThis is a bug of Lutra, not of your input: please report it.\n", error.what());
        return software_error;
    }
}
