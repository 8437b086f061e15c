// Every model of tests/golden/keras, recorded by record_keras.py, record_qkeras.py and record_hgq.py with the frameworks themselves.

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "recorded_model.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(LUTRA_SOURCE_DIR) / "tests/golden/keras";

/// The files NAME.<letter>0.npy, NAME.<letter>1.npy, ...
std::vector<fs::path> arrays_of(const std::string& name, char letter) {
    std::vector<fs::path> paths;
    for (int i = 0; fs::exists(golden / fmt::format("{}.{}{}.npy", name, letter, i)); ++i) {
        paths.push_back(golden / fmt::format("{}.{}{}.npy", name, letter, i));
    }
    return paths;
}

TEST(RecordedKeras, EveryModelComputesWhatTheFrameworkComputed) {
    std::ifstream cases(golden / "cases.txt");
    std::set<std::string> files;
    std::string file;
    double tolerance = 0;
    while (cases >> file >> tolerance) {
        const std::string name = file.substr(0, file.find('.'));
        EXPECT_EQ(compare_with_record({golden / file, arrays_of(name, 'x'), arrays_of(name, 'y'), tolerance}), "") << file;
        files.insert(file);
    }
    EXPECT_GT(files.size(), 30U);
    for (const auto& entry : fs::directory_iterator(golden)) {
        const std::string extension = entry.path().extension();
        const bool is_model = extension == ".keras" || extension == ".json";
        EXPECT_TRUE(!is_model || files.contains(entry.path().filename())) << entry.path();
    }
}

TEST(RecordedKeras, NoticesAnOutputThatDiffers) {
    EXPECT_NE(compare_with_record({golden / "hgq_round_rnd.keras", arrays_of("hgq_round_rnd", 'x'), arrays_of("hgq_round_trn", 'y'), 0}), "");
}

}  // namespace
}  // namespace lutra
