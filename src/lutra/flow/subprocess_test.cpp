#include "lutra/flow/subprocess.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "lutra/flow/tools_for_tests.h"

namespace lutra {
namespace {

using namespace std::chrono_literals;

Command shell(std::string script) { return {.program = "/bin/sh", .arguments = {"-c", std::move(script)}, .time_limit = 10s}; }

/// Waits until a process is gone. One whose parent is gone may stay a zombie until init reaps it, so its state is read.
bool ends_soon(pid_t process) {
    const auto is_running = [&] {
        std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
        std::string pid, name, state;
        return stat >> pid >> name >> state && state != "Z";
    };
    for (int i = 0; i < 1000 && is_running(); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    return !is_running();
}

TEST(Subprocess, CollectsOutputAndErrorAndStatus) {
    const auto output = run_command(shell("echo one; echo two >&2; exit 3"));
    ASSERT_TRUE(output);
    EXPECT_EQ(output->status, 3);
    EXPECT_EQ(output->text, "one\ntwo\n");
    EXPECT_FALSE(output->is_truncated);
}

TEST(Subprocess, PassesArgumentsWithoutAShell) {
    const auto output = run_command({.program = "/bin/echo", .arguments = {"a b", "$HOME", "`id`", ";"}});
    ASSERT_TRUE(output);
    EXPECT_EQ(output->text, "a b $HOME `id` ;\n");
}

TEST(Subprocess, RunsInTheFolderWithTheInputFile) {
    const auto folder = std::filesystem::temp_directory_path() / ("lutra_subprocess_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "in.txt") << "from a file";
    const auto output = run_command({.program = "/bin/cat", .arguments = {"-", "in.txt"}, .folder = folder, .input = folder / "in.txt"});
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(output);
    EXPECT_EQ(output->text, "from a filefrom a file");
}

TEST(Subprocess, KeepsTheEndOfLongOutput) {
    Command command = shell("i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done");
    command.max_output = 100;
    int num_lines = 0;
    command.on_line = [&](std::string_view) { ++num_lines; };
    const auto output = run_command(command);
    ASSERT_TRUE(output);
    EXPECT_TRUE(output->is_truncated);
    EXPECT_EQ(output->text.size(), 100U);
    EXPECT_TRUE(output->text.ends_with("line 299\n"));
    EXPECT_EQ(num_lines, 300);
}

TEST(Subprocess, ThatIsMissingIsToolMissing) {
    const auto output = run_command({.program = "/no/such/program"});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().id, DiagnosticId::ToolMissing);
}

TEST(Subprocess, ThatFailsIsToolFailedWithItsLastLines) {
    const auto output = run_tool(shell("echo this is the reason; exit 1"));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().id, DiagnosticId::ToolFailed);
    EXPECT_NE(output.error().message.find("this is the reason"), std::string::npos);
}

TEST(Subprocess, ThatIsKilledReportsTheSignal) {
    const auto output = run_command(shell("kill -9 $$"));
    ASSERT_TRUE(output);
    EXPECT_EQ(output->status, 128 + SIGKILL);
}

TEST(Subprocess, ThatIsTooSlowIsEndedWithAllItsChildren) {
    std::string first_line;
    Command command = shell("sleep 30 & echo $!; sleep 30");
    command.time_limit = 60ms;
    command.on_line = [&](std::string_view line) { first_line = line; };
    const auto output = run_command(command);
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().id, DiagnosticId::ToolTimedOut);
    const pid_t grandchild = std::stoi(first_line);
    EXPECT_TRUE(ends_soon(grandchild));
}

TEST(Subprocess, EndsWhenThisProcessIsKilled) {
    const TestFolder folder("subprocess_orphan");
    const std::filesystem::path note = folder.path() / "pid";
    const pid_t process = ::fork();
    if (process == 0) {
        Command command = shell("echo $$ > pid.new; mv pid.new pid; sleep 30");
        command.folder = folder.path();
        static_cast<void>(run_command(command));
        ::_exit(0);
    }
    for (int i = 0; i < 2000 && !std::filesystem::exists(note); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    pid_t child = 0;
    ASSERT_TRUE(std::ifstream(note) >> child);
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    EXPECT_TRUE(ends_soon(child));
}

TEST(Subprocess, DoesNotWaitForAProcessLeftInTheBackground) {
    const auto begin = std::chrono::steady_clock::now();
    const auto output = run_command(shell("sleep 20 & echo done"));
    ASSERT_TRUE(output);
    EXPECT_EQ(output->text, "done\n");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Subprocess, LastLinesAreTheLastNonEmptyOnes) {
    EXPECT_EQ(last_lines("a\nb\nc\n\n", 2), "b\nc");
    EXPECT_EQ(last_lines("a", 2), "a");
    EXPECT_EQ(last_lines("\n\n", 2), "(no output)");
}

}  // namespace
}  // namespace lutra
