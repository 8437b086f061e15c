#pragma once

/// Options whose value is one of a few words.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <string>
#include <utility>
#include <vector>

namespace lutra::cli {

/// Words and what they stand for, in the order in which help and completion show them.
template <typename T>
using Choices = std::vector<std::pair<std::string, T>>;

/// Adds an option that sets `target` to what the given word stands for. Any other word is wrong usage.
template <typename T, typename Target>
CLI::Option* add_choice(CLI::App& command, const std::string& flags, Target& target, const Choices<T>& choices, const std::string& description) {
    std::vector<std::string> words;
    for (const auto& [word, value] : choices) {
        words.push_back(word);
    }
    const auto set = [&target, choices](const std::string& given) {
        for (const auto& [word, value] : choices) {
            if (word == given) {
                target = value;
            }
        }
    };
    return command.add_option_function<std::string>(flags, set, description)
        ->check(CLI::IsMember(words).description(""))
        ->type_name(fmt::format("{}", fmt::join(words, "|")));
}

}  // namespace lutra::cli
