// Every model of tests/golden/onnx (one per operator and option, recorded by record_onnx.py with onnxruntime and qonnx) and of
// tests/golden/exports (what PyTorch, Brevitas, Keras, QKeras and scikit-learn export, recorded with the frameworks themselves); the programs of
// tests/golden/torch and the skops files of tests/golden/sklearn.

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "recorded_model.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// The files NAME.<letter>0.npy, NAME.<letter>1.npy, ... of a folder.
std::vector<fs::path> arrays_of(const fs::path& folder, const std::string& name, char letter) {
    std::vector<fs::path> paths;
    for (int i = 0; fs::exists(folder / fmt::format("{}.{}{}.npy", name, letter, i)); ++i) {
        paths.push_back(folder / fmt::format("{}.{}{}.npy", name, letter, i));
    }
    return paths;
}

fs::path golden(const std::string& folder) { return fs::path(LUTRA_SOURCE_DIR) / "tests/golden" / folder; }

/// Compares every model that cases.txt lists; each model file must be listed. Returns their number.
std::size_t compare_folder(const fs::path& folder, const std::string& extension = ".onnx") {
    std::ifstream cases(folder / "cases.txt");
    std::set<std::string> names;
    std::string name;
    double tolerance = 0;
    while (cases >> name >> tolerance) {
        const std::string difference =
            compare_with_record({folder / (name + extension), arrays_of(folder, name, 'x'), arrays_of(folder, name, 'y'), tolerance});
        EXPECT_EQ(difference, "") << name;
        names.insert(name);
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        EXPECT_TRUE(entry.path().extension() != extension || names.contains(entry.path().stem())) << entry.path();
    }
    return names.size();
}

TEST(RecordedOnnx, EveryOperatorComputesWhatTheFrameworkComputed) { EXPECT_GT(compare_folder(golden("onnx")), 120U); }

TEST(RecordedOnnx, EveryExportComputesWhatTheFrameworkComputed) { EXPECT_GT(compare_folder(golden("exports")), 20U); }

TEST(RecordedTorch, EveryProgramComputesWhatPyTorchComputed) { EXPECT_EQ(compare_folder(golden("torch"), ".pt2"), 13U); }

TEST(RecordedSklearn, EveryEstimatorComputesWhatScikitLearnComputed) { EXPECT_EQ(compare_folder(golden("sklearn"), ".skops"), 26U); }

TEST(RecordedOnnx, NoticesAnOutputThatDiffers) {
    const fs::path folder = golden("onnx");
    EXPECT_NE(compare_with_record({folder / "relu.onnx", arrays_of(folder, "relu", 'x'), arrays_of(folder, "tanh", 'y'), 1e-5}), "");
}

}  // namespace
}  // namespace lutra
