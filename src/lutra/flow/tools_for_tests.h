#pragma once

/// Tools for tests only: those on PATH and those that tools/install_fpga_tools.sh installed. A test whose tool is missing is skipped,
/// unless LUTRA_REQUIRE_TOOLS is set, as `make test` does.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "lutra/flow/tools.h"

namespace lutra {

/// The folders of PATH, then our own tools.
inline ToolPaths tool_paths_for_tests() {
    const char* path = std::getenv("PATH");
    return tool_paths(path != nullptr ? path : "", std::filesystem::path(LUTRA_SOURCE_DIR) / "build/tools/bin");
}

inline bool tools_are_required() { return std::getenv("LUTRA_REQUIRE_TOOLS") != nullptr; }

/// A new, empty folder for one test, removed at the end.
class TestFolder {
public:
    explicit TestFolder(const std::string& name) : path_(std::filesystem::temp_directory_path() / ("lutra_" + name + "_" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace lutra

/// Declares `name` as the tool that `result` found; skips the test, or fails it where tools are required, when it is missing.
#define LUTRA_TOOL_OR_SKIP(name, result)                            \
    const auto name##_result = (result);                            \
    if (!name##_result && !::lutra::tools_are_required()) {         \
        GTEST_SKIP() << to_string(name##_result.error());           \
    }                                                               \
    ASSERT_TRUE(name##_result) << to_string(name##_result.error()); \
    const ::lutra::Tool& name = *name##_result
