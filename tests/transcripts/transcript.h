#pragma once

/// Shell commands and what they print, written down and compared.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lutra {

/// A piece of a transcript: lines of prose, or a command with what it prints.
struct TranscriptBlock {
    std::vector<std::string> prose;    ///< lines as they stand in the file; empty for a command
    std::vector<std::string> command;  ///< lines without the prefix
    std::vector<std::string> output;   ///< lines without the two spaces, the exit status in its line `[1]` too
};

/// A whole file.
struct Transcript {
    std::vector<TranscriptBlock> blocks;
    std::vector<std::string> needed_programs;  ///< from lines `needs: NAME...`
    std::vector<std::string> wanted_programs;  ///< from lines `wants: NAME...`
};

/// Splits a file into its blocks.
Transcript parse_transcript(std::string_view text);

/// The text of a file; parse_transcript reads it back.
std::string print(const Transcript& transcript);

/// Where transcripts run.
struct TranscriptSetting {
    std::filesystem::path source;          ///< the repository
    std::filesystem::path program_folder;  ///< holds `lutra`
};

/// The transcript with what its commands print when they run in `folder`, one after another in one shell. An error of the shell itself throws
/// std::runtime_error.
Transcript run_transcript(const Transcript& transcript, const TranscriptSetting& setting, const std::filesystem::path& folder);

}  // namespace lutra
