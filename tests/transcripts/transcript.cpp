#include "transcript.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace {

constexpr std::string_view command_prefix = "  $ ";
constexpr std::string_view more_prefix = "  > ";
constexpr std::string_view output_prefix = "  ";
constexpr std::string_view needs_prefix = "needs: ";
constexpr std::string_view wants_prefix = "wants: ";
constexpr std::string_view end_mark = "lutra-transcript-end-of-command ";

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void add_words(const std::string& text, std::vector<std::string>& words) {
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
}

/// A word in single quotes for the shell.
std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

std::string script_of(const Transcript& transcript, const TranscriptSetting& setting) {
    std::string script = fmt::format("export LC_ALL=C LUTRA_SOURCE={0} PATH={1}:$PATH:{0}/build/tools/bin\nunset CDPATH\n. {0}/tests/transcripts/prelude.sh\n",
                                     quoted(setting.source), quoted(setting.program_folder));
    for (const TranscriptBlock& block : transcript.blocks) {
        for (const std::string& line : block.command) {
            script += line + "\n";
        }
        if (!block.command.empty()) {
            script += fmt::format("echo \"{}$?\"\n", end_mark);
        }
    }
    return script;
}

/// Moves the output of the next command out of `text`: its lines, and its exit status when that is not 0.
std::vector<std::string> take_output(std::string_view& text) {
    const std::size_t mark = text.find(end_mark);
    if (mark == std::string_view::npos) {
        throw std::runtime_error(fmt::format("the shell ended early: {}", text));
    }
    std::vector<std::string> lines = split_lines(text.substr(0, mark));
    text.remove_prefix(mark + end_mark.size());
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (text.substr(0, end) != "0") {
        lines.push_back(fmt::format("[{}]", text.substr(0, end)));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
    return lines;
}

}  // namespace

Transcript parse_transcript(std::string_view text) {
    Transcript transcript;
    bool is_command = false;
    for (const std::string& line : split_lines(text)) {
        if (line.starts_with(command_prefix)) {
            transcript.blocks.push_back({{}, {line.substr(command_prefix.size())}, {}});
            is_command = true;
        } else if (is_command && line.starts_with(more_prefix) && transcript.blocks.back().output.empty()) {
            transcript.blocks.back().command.push_back(line.substr(more_prefix.size()));
        } else if (is_command && line.starts_with(output_prefix)) {
            transcript.blocks.back().output.push_back(line.substr(output_prefix.size()));
        } else {
            if (is_command || transcript.blocks.empty()) {
                transcript.blocks.emplace_back();
            }
            is_command = false;
            transcript.blocks.back().prose.push_back(line);
            if (line.starts_with(needs_prefix)) {
                add_words(line.substr(needs_prefix.size()), transcript.needed_programs);
            } else if (line.starts_with(wants_prefix)) {
                add_words(line.substr(wants_prefix.size()), transcript.wanted_programs);
            }
        }
    }
    return transcript;
}

std::string print(const Transcript& transcript) {
    std::string text;
    const auto add = [&](std::string_view prefix, const std::string& line) { text += std::string(prefix) + line + "\n"; };
    for (const TranscriptBlock& block : transcript.blocks) {
        for (const std::string& line : block.prose) {
            add("", line);
        }
        for (std::size_t i = 0; i < block.command.size(); ++i) {
            add(i == 0 ? command_prefix : more_prefix, block.command[i]);
        }
        for (const std::string& line : block.output) {
            add(output_prefix, line);
        }
    }
    return text;
}

Transcript run_transcript(const Transcript& transcript, const TranscriptSetting& setting, const std::filesystem::path& folder) {
    const std::filesystem::path script = folder.string() + ".sh";
    if (auto written = write_file(script, script_of(transcript, setting)); !written) {
        throw std::runtime_error(to_string(written.error()));
    }
    const auto output =
        run_command({.program = "/bin/bash", .arguments = {"--norc", "--noprofile", script.string()}, .folder = folder, .time_limit = std::chrono::minutes(5)});
    std::filesystem::remove(script);
    if (!output) {
        throw std::runtime_error(to_string(output.error()));
    }
    std::string_view rest = output->text;
    Transcript result = transcript;
    for (TranscriptBlock& block : result.blocks) {
        if (!block.command.empty()) {
            block.output = take_output(rest);
        }
    }
    return result;
}

}  // namespace lutra
