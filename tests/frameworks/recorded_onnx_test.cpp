// Every model of tests/golden/onnx, recorded by record_onnx.py with onnxruntime and qonnx.

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "recorded_model.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(LUTRA_SOURCE_DIR) / "tests/golden/onnx";

/// The files NAME.<letter>0.npy, NAME.<letter>1.npy, ...
std::vector<fs::path> arrays_of(const std::string& name, char letter) {
    std::vector<fs::path> paths;
    for (int i = 0; fs::exists(golden / fmt::format("{}.{}{}.npy", name, letter, i)); ++i) {
        paths.push_back(golden / fmt::format("{}.{}{}.npy", name, letter, i));
    }
    return paths;
}

TEST(RecordedOnnx, EveryModelComputesWhatTheFrameworkComputed) {
    std::ifstream cases(golden / "cases.txt");
    std::set<std::string> names;
    std::string name;
    double tolerance = 0;
    while (cases >> name >> tolerance) {
        const std::string difference = compare_with_record({golden / (name + ".onnx"), arrays_of(name, 'x'), arrays_of(name, 'y'), tolerance});
        EXPECT_EQ(difference, "") << name;
        names.insert(name);
    }
    EXPECT_GT(names.size(), 100U);
    for (const auto& entry : fs::directory_iterator(golden)) {
        EXPECT_TRUE(entry.path().extension() != ".onnx" || names.contains(entry.path().stem())) << entry.path();
    }
}

TEST(RecordedOnnx, NoticesAnOutputThatDiffers) {
    EXPECT_NE(compare_with_record({golden / "relu.onnx", arrays_of("relu", 'x'), arrays_of("tanh", 'y'), 1e-5}), "");
}

}  // namespace
}  // namespace lutra
