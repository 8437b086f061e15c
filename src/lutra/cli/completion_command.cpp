#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "lutra/cli/command.h"
#include "lutra/cli/completion_words.h"

namespace lutra::cli {

namespace {

std::vector<std::string> all_flags(const CompletionCommand& command) {
    std::vector<std::string> flags;
    for (const CompletionOption& option : command.options) {
        flags.insert(flags.end(), option.flags.begin(), option.flags.end());
    }
    return flags;
}

/// A string in single quotes. The shells differ in how a quote in it is written.
std::string quoted(const std::string& text, std::string_view written_quote) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string(written_quote) : std::string(1, c);
    }
    return result + "'";
}

/// The text with a backslash before each of these characters.
std::string escaped(const std::string& text, std::string_view characters) {
    std::string result;
    for (const char c : text) {
        result += characters.find(c) == std::string_view::npos ? std::string(1, c) : std::string("\\") + c;
    }
    return result;
}

/// One branch of bash's switch over the command: what may follow.
std::string bash_case(const CompletionCommand& command) {
    std::string values;
    for (const CompletionOption& option : command.options) {
        if (!option.flags.empty() && option.has_value) {
            values += fmt::format("            {}) words=\"{}\"; is_value=yes ;;\n", fmt::join(option.flags, "|"), fmt::join(option.values, " "));
        }
    }
    const std::string previous = values.empty() ? "" : fmt::format("        case \"$previous\" in\n{}        esac\n", values);
    return fmt::format("    {})\n        flags=\"{}\" words=\"{}\"\n{}        ;;\n", command.name, fmt::join(all_flags(command), " "),
                       fmt::join(command.argument_values(), " "), previous);
}

std::string bash_script(const std::vector<CompletionCommand>& commands) {
    std::string cases;
    std::vector<std::string> names;
    for (const CompletionCommand& command : commands) {
        names.push_back(command.name);
        cases += bash_case(command);
    }
    return fmt::format(R"(# bash completion for lutra
_lutra() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" flags="" words="" is_value=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{} --help --version" -- "$current"))
        return
    fi
    case "${{COMP_WORDS[1]}}" in
{}    esac
    if [[ -z "$is_value" && "$current" == -* ]]; then
        words="$flags"
    fi
    if [ -n "$words" ]; then
        COMPREPLY=($(compgen -W "$words" -- "$current"))
    else
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}}
complete -o filenames -F _lutra lutra
)",
                       fmt::join(names, " "), cases);
}

/// An option as zsh's _arguments takes it: '--device=[description]:value:(a b)'.
std::string zsh_option(const CompletionOption& option, const std::string& flag) {
    const std::string action = option.values.empty() ? "_files" : fmt::format("({})", fmt::join(option.values, " "));
    const std::string value = option.has_value ? fmt::format(":value:{}", action) : "";
    const bool is_long = flag.starts_with("--");
    return quoted(fmt::format("{}{}[{}]{}", flag, option.has_value && is_long ? "=" : "", escaped(option.description, "[]:\\"), value), "'\\''");
}

std::string zsh_script(const std::vector<CompletionCommand>& commands) {
    std::string names;
    std::string cases;
    for (const CompletionCommand& command : commands) {
        names += "        " + quoted(command.name + ":" + escaped(command.description, ":\\"), "'\\''") + "\n";
        cases += fmt::format("        {})\n            _arguments -s", command.name);
        for (const CompletionOption& option : command.options) {
            for (const std::string& flag : option.flags) {
                cases += " \\\n                " + zsh_option(option, flag);
            }
        }
        const auto values = command.argument_values();
        cases += fmt::format(" \\\n                '*:argument:{}'\n            ;;\n", values.empty() ? "_files" : fmt::format("({})", fmt::join(values, " ")));
    }
    return fmt::format(R"(#compdef lutra
_lutra() {{
    local -a commands
    commands=(
{}    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{}    esac
}}
if [ "$funcstack[1]" = "_lutra" ]; then
    _lutra "$@"
else
    compdef _lutra lutra
fi
)",
                       names, cases);
}

/// A flag as fish's complete takes it.
std::string fish_flag(const std::string& flag) { return flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1); }

std::string fish_script(const std::vector<CompletionCommand>& commands) {
    std::string script = "# fish completion for lutra\n";
    for (const CompletionCommand& command : commands) {
        script += fmt::format("complete -c lutra -n __fish_use_subcommand -f -a {} -d {}\n", command.name, quoted(command.description, "\\'"));
        const std::string condition = fmt::format("complete -c lutra -n '__fish_seen_subcommand_from {}'", command.name);
        if (const auto values = command.argument_values(); !values.empty()) {
            script += fmt::format("{} -f -a '{}'\n", condition, fmt::join(values, " "));
        }
        for (const CompletionOption& option : command.options) {
            std::string flags;
            for (const std::string& flag : option.flags) {
                flags += fish_flag(flag);
            }
            const std::string value = !option.has_value ? "" : option.values.empty() ? " -r" : fmt::format(" -x -a '{}'", fmt::join(option.values, " "));
            script += flags.empty() ? "" : fmt::format("{}{}{} -d {}\n", condition, flags, value, quoted(option.description, "\\'"));
        }
    }
    return script;
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("completion", "print a completion script for a shell");
    const auto shell = std::make_shared<std::string>();
    command->add_option("shell", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}))->type_name("bash|zsh|fish");
    command->footer("Example:\n  lutra completion bash > ~/.local/share/bash-completion/completions/lutra");
    command->callback([&app, &session, shell] {
        const auto commands = completion_commands(app);
        const std::string script = *shell == "bash" ? bash_script(commands) : *shell == "zsh" ? zsh_script(commands) : fish_script(commands);
        if (session.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"shell", *shell}, {"script", script}}.dump(2));
        } else {
            fmt::print("{}", script);
        }
    });
}

}  // namespace lutra::cli
