// Every diagnostic has a page and a golden case, and the messages that pages show are those of golden cases.

#include <gtest/gtest.h>

#include <set>

#include "lutra/base/file.h"
#include "transcript.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_bytes = 1 << 20;

const fs::path source = LUTRA_SOURCE_DIR;

std::string text_of(const fs::path& path) {
    const auto text = read_file(path, max_bytes);
    EXPECT_TRUE(text) << to_string(text.error());
    return text.value_or("");
}

fs::path page_of(std::string_view code) { return source / "docs/diagnostics" / (std::string(code) + ".md"); }

/// What all commands of all golden cases print, each output with a newline before and behind.
std::string all_output() {
    std::string text = "\n";
    for (const auto& entry : fs::directory_iterator(source / "tests/golden/diagnostics")) {
        for (const TranscriptBlock& block : parse_transcript(text_of(entry.path())).blocks) {
            for (const std::string& line : block.output) {
                text += line + "\n";
            }
        }
    }
    return text;
}

/// The messages that a page shows: blocks of lines four spaces in, of which the first names the diagnostic.
std::vector<std::string> examples_in(const std::string& page, std::string_view label) {
    std::vector<std::string> examples;
    const std::string begin = "\n    " + std::string(label);
    for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
        std::string example;
        std::size_t line = at + 1;
        while (page.compare(line, 4, "    ") == 0) {
            const std::size_t end = page.find('\n', line);
            example += page.substr(line + 4, end - line - 3);
            line = end + 1;
        }
        examples.push_back(example);
    }
    return examples;
}

std::string label_of(const DiagnosticInfo& info) { return std::string(to_string(info.severity)) + "[" + std::string(info.code) + "]: "; }

TEST(DiagnosticPages, EveryDiagnosticHasOneThatBeginsWithItsTitle) {
    for (const DiagnosticInfo& info : all_diagnostics()) {
        ASSERT_TRUE(fs::exists(page_of(info.code))) << info.code << " has no page";
        const std::string title = "# " + std::string(info.code) + ": " + std::string(info.title) + "\n";
        EXPECT_TRUE(text_of(page_of(info.code)).starts_with(title)) << page_of(info.code) << " does not begin with " << title;
    }
}

TEST(DiagnosticPages, NoneIsLeftOver) {
    std::set<std::string> codes;
    for (const DiagnosticInfo& info : all_diagnostics()) {
        codes.emplace(info.code);
    }
    for (const auto& entry : fs::directory_iterator(source / "docs/diagnostics")) {
        EXPECT_TRUE(codes.contains(entry.path().stem())) << entry.path() << " belongs to no diagnostic";
    }
}

TEST(DiagnosticPages, ShowMessagesThatGoldenCasesMake) {
    const std::string output = all_output();
    for (const DiagnosticInfo& info : all_diagnostics()) {
        const auto examples = examples_in(text_of(page_of(info.code)), label_of(info));
        EXPECT_FALSE(examples.empty()) << info.code << " shows no message";
        for (const std::string& example : examples) {
            EXPECT_NE(output.find("\n" + example), std::string::npos) << "no golden case prints what the page of " << info.code << " shows:\n" << example;
        }
    }
}

TEST(DiagnosticPages, SayWhatToDo) {
    for (const DiagnosticInfo& info : all_diagnostics()) {
        EXPECT_NE(text_of(page_of(info.code)).find("\nWhat to do: "), std::string::npos) << info.code;
    }
}

TEST(GoldenDiagnostics, EveryDiagnosticOccursInOne) {
    const std::string output = all_output();
    for (const DiagnosticInfo& info : all_diagnostics()) {
        EXPECT_NE(output.find("\n" + label_of(info)), std::string::npos) << "no case in tests/golden/diagnostics makes " << label_of(info);
    }
}

}  // namespace
}  // namespace lutra
