#include "lutra/cli/completion_words.h"

#include <CLI/CLI.hpp>

#include <cctype>

#include "lutra/base/diagnostic.h"
#include "lutra/ops/builtin_ops.h"
#include "lutra/target/device.h"

namespace lutra::cli {

namespace {

/// The words of "verilator|icarus"; none when the name stands for something else, such as MODEL|DIR.
std::vector<std::string> alternatives_in(const std::string& type_name) {
    const bool is_list = type_name.find('|') != std::string::npos;
    const bool has_capitals = std::ranges::any_of(type_name, [](unsigned char c) { return std::isupper(c) != 0; });
    return is_list && !has_capitals ? CLI::detail::split(type_name, '|') : std::vector<std::string>{};
}

/// The values that an option can have, from the name that its help gives them.
std::vector<std::string> values_of(const std::string& type_name) {
    std::vector<std::string> values = alternatives_in(type_name);
    if (type_name == "D") {
        for (const Device& device : all_devices()) {
            values.emplace_back(device.name);
        }
    } else if (type_name == "ID") {
        for (const DiagnosticInfo& info : all_diagnostics()) {
            values.emplace_back(info.code);
        }
    } else if (type_name == "OP") {
        for (const OpFactory& factory : builtin_ops().all()) {
            values.emplace_back(factory.info->name);
        }
    }
    return values;
}

CompletionOption option_of(const CLI::Option& option) {
    CompletionOption result{{}, option.get_description(), option.get_items_expected_max() > 0, values_of(CLI::detail::split(option.get_type_name(), ':')[0])};
    for (const std::string& name : option.get_lnames()) {
        result.flags.push_back("--" + name);
    }
    for (const std::string& name : option.get_snames()) {
        result.flags.push_back("-" + name);
    }
    return result;
}

}  // namespace

std::vector<std::string> CompletionCommand::argument_values() const {
    for (const CompletionOption& option : options) {
        if (option.flags.empty()) {
            return option.values;
        }
    }
    return {};
}

std::vector<CompletionCommand> completion_commands(const CLI::App& app) {
    std::vector<CompletionCommand> commands;
    for (const CLI::App* subcommand : app.get_subcommands({})) {
        CompletionCommand command{subcommand->get_name(), subcommand->get_description(), {}};
        for (const CLI::Option* option : subcommand->get_options()) {
            command.options.push_back(option_of(*option));
        }
        commands.push_back(std::move(command));
    }
    return commands;
}

}  // namespace lutra::cli
