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

/// NAME.keras, NAME.json with its weights beside it, or NAME.h5.
fs::path model_of(const std::string& name) {
    for (const char* extension : {".keras", ".json", ".h5"}) {
        if (fs::exists(golden / (name + extension))) {
            return golden / (name + extension);
        }
    }
    return golden / name;
}

TEST(RecordedKeras, EveryModelComputesWhatTheFrameworkComputed) {
    std::ifstream cases(golden / "cases.txt");
    std::set<std::string> names;
    std::string name;
    double tolerance = 0;
    while (cases >> name >> tolerance) {
        EXPECT_EQ(compare_with_record({model_of(name), arrays_of(name, 'x'), arrays_of(name, 'y'), tolerance}), "") << name;
        names.insert(name);
    }
    EXPECT_GT(names.size(), 100U);
    for (const auto& entry : fs::directory_iterator(golden)) {
        const std::string file = entry.path().filename();
        EXPECT_TRUE(file == "cases.txt" || names.contains(file.substr(0, file.find_first_of('.')))) << entry.path();
    }
}

TEST(RecordedKeras, NoticesAnOutputThatDiffers) {
    EXPECT_NE(compare_with_record({golden / "hgq_round_rnd.keras", arrays_of("hgq_round_rnd", 'x'), arrays_of("hgq_round_trn", 'y'), 0}), "");
}

}  // namespace
}  // namespace lutra
