// Scans every source for what the folders promise: includes only downwards (cmake/layers.cmake), and no file that is too long.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_lines = 500;

const fs::path source_folder = LUTRA_SOURCE_DIR;

std::vector<std::string> read_lines(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// Each layer with all the layers that it may include, itself too.
using Layers = std::map<std::string, std::set<std::string>>;

/// Parses the lines `"layer: need need"`; a need must stand above.
Layers parse_layers(const std::vector<std::string>& lines) {
    static const std::regex entry("^ *\"([a-z]+):([a-z ]*)\" *$");
    Layers layers;
    for (const std::string& line : lines) {
        std::smatch match;
        if (!std::regex_match(line, match, entry)) {
            continue;
        }
        std::set<std::string> allowed{match[1]};
        std::istringstream needs(match[2]);
        for (std::string need; needs >> need;) {
            EXPECT_TRUE(layers.contains(need)) << match[1] << " needs " << need << ", which is not above it";
            allowed.insert(layers[need].begin(), layers[need].end());
        }
        layers[match[1]] = allowed;
    }
    return layers;
}

/// The layers of the files that some lines include.
std::vector<std::string> included_layers(const std::vector<std::string>& lines) {
    static const std::regex include("^ *# *include *[\"<]lutra/([a-z]+)/.*");
    std::vector<std::string> layers;
    for (const std::string& line : lines) {
        std::smatch match;
        if (std::regex_match(line, match, include)) {
            layers.push_back(match[1]);
        }
    }
    return layers;
}

std::vector<fs::path> sources_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string extension = entry.path().extension();
        if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

TEST(Layering, EveryIncludeGoesDownwards) {
    const Layers layers = parse_layers(read_lines(source_folder / "cmake/layers.cmake"));
    ASSERT_GE(layers.size(), 10U);
    std::size_t num_includes = 0;
    for (const fs::path& file : sources_in(source_folder / "src/lutra")) {
        const fs::path inside = fs::relative(file, source_folder / "src/lutra");
        const std::string layer = *inside.begin();
        ASSERT_TRUE(layers.contains(layer)) << inside << " is in a folder that cmake/layers.cmake does not name";
        for (const std::string& included : included_layers(read_lines(file))) {
            ++num_includes;
            EXPECT_TRUE(layers.at(layer).contains(included)) << inside << " includes " << included << ", which '" << layer << "' may not";
        }
    }
    EXPECT_GT(num_includes, 50U);
}

TEST(Layering, NoFileIsTooLong) {
    for (const char* folder : {"src/lutra", "tests"}) {
        for (const fs::path& file : sources_in(source_folder / folder)) {
            EXPECT_LE(read_lines(file).size(), max_lines) << fs::relative(file, source_folder);
        }
    }
}

TEST(Layering, FollowsNeedsOfNeeds) {
    const Layers layers = parse_layers({"    \"base:\"", "    \"num: base\"", "    \"circuit: num\""});
    EXPECT_EQ(layers.at("circuit"), (std::set<std::string>{"base", "num", "circuit"}));
    EXPECT_EQ(layers.at("base"), std::set<std::string>{"base"});
}

TEST(Layering, SeesEachInclude) {
    EXPECT_EQ(included_layers({"#include \"lutra/num/interval.h\"", "#  include <lutra/ir/graph.h>", "// lutra/cli/main.h", "#include <vector>"}),
              (std::vector<std::string>{"num", "ir"}));
}

}  // namespace
}  // namespace lutra
