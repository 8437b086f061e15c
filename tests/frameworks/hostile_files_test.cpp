// Files that are damaged, that lie or that grow without end (tests/fuzz/seeds/FORMAT): what the importer says to each stands in
// tests/golden/hostile/FORMAT/NAME.txt. LUTRA_UPDATE_GOLDEN=1 renews those pages; they are reviewed as code.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>

#include "lutra/base/file.h"
#include "lutra/import/import_model.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const fs::path seeds = fs::path(LUTRA_SOURCE_DIR) / "tests/fuzz/seeds";
const fs::path pages = fs::path(LUTRA_SOURCE_DIR) / "tests/golden/hostile";

/// Takes the folder of the seeds out of a text, wherever this checkout lies.
std::string without_folder(std::string text) {
    const std::string folder = seeds.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
        text.erase(at, folder.size());
    }
    return text;
}

/// Everything that a user sees of the import of a file.
std::string what_is_said(const fs::path& file) {
    const auto model = import_model(file);
    std::string text = model ? fmt::format("imported as {} layers\n", model->graph.size()) : "";
    for (const Diagnostic& diagnostic : model ? model->graph.decisions() : model.error()) {
        text += to_string(diagnostic) + "\n";
    }
    return without_folder(std::move(text));
}

bool updates_pages() { return std::getenv("LUTRA_UPDATE_GOLDEN") != nullptr; }

void compare_folder(const std::string& format) {
    std::set<fs::path> names;
    for (const auto& entry : fs::directory_iterator(seeds / format)) {
        if (entry.path().extension() != "." + format) {
            continue;  // parts for the fuzzer
        }
        const fs::path page = pages / format / entry.path().filename().replace_extension(".txt");
        names.insert(page.filename());
        const auto begin = std::chrono::steady_clock::now();
        const std::string said = what_is_said(entry.path());
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1)) << entry.path();
        if (updates_pages()) {
            fs::create_directories(page.parent_path());
            std::ofstream(page) << said;
        }
        EXPECT_EQ(said, read_file(page, 1 << 20).value_or("there is no " + page.string())) << entry.path();
    }
    EXPECT_FALSE(names.empty());
    for (const auto& entry : fs::directory_iterator(pages / format)) {
        EXPECT_TRUE(names.contains(entry.path().filename())) << entry.path() << " belongs to no seed";
    }
}

/// The most memory that this process has ever held, in MiB.
long peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

TEST(HostileFiles, OnnxGivesItsDiagnostics) { compare_folder("onnx"); }

TEST(HostileFiles, Pt2GivesItsDiagnostics) { compare_folder("pt2"); }

TEST(HostileFiles, SkopsGivesItsDiagnostics) { compare_folder("skops"); }

TEST(HostileFiles, TakeLittleMemory) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer keeps what is freed";
#else
    EXPECT_LT(peak_memory(), 512);
#endif
}

}  // namespace
}  // namespace lutra
