#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lutra/cli/command.h"

namespace lutra::cli {

namespace {

std::vector<std::string> flags_of(const CLI::App& app) {
    std::vector<std::string> flags;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            flags.push_back("--" + name);
        }
        for (const std::string& name : option->get_snames()) {
            flags.push_back("-" + name);
        }
    }
    return flags;
}

std::string bash_script(const CLI::App& app) {
    std::string cases;
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) {
        names.push_back(command->get_name());
        cases += fmt::format("        {}) words=\"{}\" ;;\n", command->get_name(), fmt::join(flags_of(*command), " "));
    }
    return fmt::format(
        "_lutra() {{\n    local words=\"{}\" current=\"${{COMP_WORDS[COMP_CWORD]}}\"\n    if [ \"$COMP_CWORD\" -gt 1 ]; then\n"
        "        words=\"\"\n        case \"${{COMP_WORDS[1]}}\" in\n{}        esac\n    fi\n"
        "    if [[ \"$COMP_CWORD\" -gt 1 && \"$current\" != -* ]]; then\n        COMPREPLY=($(compgen -f -- \"$current\"))\n"
        "    else\n        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    fi\n}}\ncomplete -o filenames -F _lutra lutra\n",
        fmt::join(names, " "), cases);
}

std::string zsh_script(const CLI::App& app) { return "#compdef lutra\nautoload -U +X bashcompinit && bashcompinit\n" + bash_script(app); }

/// A string in single quotes for fish.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return result + "'";
}

std::string fish_script(const CLI::App& app) {
    std::string script;
    for (const CLI::App* command : app.get_subcommands({})) {
        script += fmt::format("complete -c lutra -n __fish_use_subcommand -f -a {} -d {}\n", command->get_name(), quoted(command->get_description()));
        for (const CLI::Option* option : command->get_options()) {
            for (const std::string& name : option->get_lnames()) {
                script += fmt::format("complete -c lutra -n '__fish_seen_subcommand_from {}' -l {} -d {}\n", command->get_name(), name, quoted(option->get_description()));
            }
        }
    }
    return script;
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("completion", "print a completion script for a shell");
    const auto shell = std::make_shared<std::string>();
    command->add_option("shell", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}))->type_name("SHELL");
    command->footer("Example:\n  lutra completion bash > ~/.local/share/bash-completion/completions/lutra");
    command->callback([&app, &session, shell] {
        static_cast<void>(session);
        fmt::print("{}", *shell == "bash" ? bash_script(app) : (*shell == "zsh" ? zsh_script(app) : fish_script(app)));
    });
}

}  // namespace lutra::cli
