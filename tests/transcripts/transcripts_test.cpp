// Every transcript of tests/golden/diagnostics and tests/e2e prints what it says it prints.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "lutra/base/file.h"
#include "lutra/flow/tools_for_tests.h"
#include "transcript.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_bytes = 1 << 20;

bool is_installed(const std::string& program) {
    for (const fs::path& folder : tool_paths_for_tests().folders) {
        if (::access((folder / program).c_str(), X_OK) == 0) {
            return true;
        }
    }
    return false;
}

class TranscriptTest : public testing::Test {
public:
    explicit TranscriptTest(fs::path path) : path_(std::move(path)) {}

    void TestBody() override {
        const auto text = read_file(path_, max_bytes);
        ASSERT_TRUE(text) << to_string(text.error());
        const Transcript transcript = parse_transcript(*text);
        ASSERT_EQ(print(transcript), *text) << "the file does not end in a newline";
        for (const auto& [programs, may_skip] : {std::pair(transcript.needed_programs, !tools_are_required()), std::pair(transcript.wanted_programs, true)}) {
            for (const std::string& program : programs) {
                if (may_skip && !is_installed(program)) {
                    GTEST_SKIP() << program << " is not installed";
                }
            }
        }
        const TestFolder folder("transcript_" + path_.stem().string());
        const Transcript now = run_transcript(transcript, {.source = LUTRA_SOURCE_DIR, .program_folder = LUTRA_PROGRAM_DIR}, folder.path());
        if (std::getenv("LUTRA_UPDATE_GOLDEN") != nullptr) {
            ASSERT_TRUE(write_file(path_, print(now)));
            return;
        }
        for (std::size_t i = 0; i < now.blocks.size(); ++i) {
            EXPECT_EQ(now.blocks[i].output, transcript.blocks[i].output) << "$ " << (now.blocks[i].command.empty() ? "" : now.blocks[i].command[0]);
        }
    }

private:
    fs::path path_;
};

TEST(Transcript, IsPrintedAsItWasParsed) {
    const std::string text = "Some words.\n\n  $ first <<END\n  > line\n  > END\n  printed\n    more\n  [1]\n\nneeds: this that\nwants: more\n  $ second\n";
    const Transcript transcript = parse_transcript(text);
    EXPECT_EQ(print(transcript), text);
    ASSERT_EQ(transcript.blocks.size(), 4U);
    EXPECT_EQ(transcript.blocks[1].command, (std::vector<std::string>{"first <<END", "line", "END"}));
    EXPECT_EQ(transcript.blocks[1].output, (std::vector<std::string>{"printed", "  more", "[1]"}));
    EXPECT_EQ(transcript.needed_programs, (std::vector<std::string>{"this", "that"}));
    EXPECT_EQ(transcript.wanted_programs, std::vector<std::string>{"more"});
}

TEST(Transcript, KeepsOutputsOfCommandsApart) {
    const TestFolder folder("transcript_itself");
    const Transcript now = run_transcript(parse_transcript("  $ echo one; echo two >&2; false\n  old\n  $ x=1\n  $ printf $x\n"),
                                          {.source = LUTRA_SOURCE_DIR, .program_folder = LUTRA_PROGRAM_DIR}, folder.path());
    EXPECT_EQ(print(now), "  $ echo one; echo two >&2; false\n  one\n  two\n  [1]\n  $ x=1\n  $ printf $x\n  1\n");
}

}  // namespace

void register_transcripts(const char* suite, const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".t") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        testing::RegisterTest(suite, file.stem().c_str(), nullptr, nullptr, file.c_str(), 1, [file]() -> testing::Test* { return new TranscriptTest(file); });
    }
}

}  // namespace lutra

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const std::filesystem::path tests = std::filesystem::path(LUTRA_SOURCE_DIR) / "tests";
    lutra::register_transcripts("Diagnostics", tests / "golden/diagnostics");
    lutra::register_transcripts("EndToEnd", tests / "e2e");
    return RUN_ALL_TESTS();
}
