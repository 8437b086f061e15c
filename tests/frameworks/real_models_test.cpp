// The fully connected ONNX files of the data folder (LUTRA_DATA), on real events, beside what onnxruntime and qonnx computed
// (record_real_models.py).

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>

#include "lutra/ir/reference.h"
#include "recorded_model.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const fs::path recorded = fs::path(LUTRA_SOURCE_DIR) / "tests/golden/real_models";

fs::path data_folder() {
    const char* folder = std::getenv("LUTRA_DATA");
    return folder != nullptr ? fs::path(folder) : fs::path(LUTRA_SOURCE_DIR) / "../shared/data";
}

/// The first events of the jets, and the first images of digits with pixels from 0 to 1 in float32.
EventArray jets(std::size_t num_events) {
    EventArray array = read_events(data_folder() / "jets/openml_test1000_x.npy").value();
    array.num_events = num_events;
    array.values.resize(num_events * array.event_size);
    return array;
}

EventArray digits(std::size_t num_events) {
    constexpr unsigned header_size = 16;
    EventArray array{num_events, 28 * 28, {}};
    std::vector<unsigned char> bytes(header_size + num_events * array.event_size);
    const gzFile file = gzopen((data_folder() / "mnist/t10k-images-idx3-ubyte.gz").c_str(), "rb");
    EXPECT_EQ(gzread(file, bytes.data(), static_cast<unsigned>(bytes.size())), static_cast<int>(bytes.size()));
    gzclose(file);
    for (std::size_t i = header_size; i < bytes.size(); ++i) {
        array.values.push_back(static_cast<float>(bytes[i]) / 255.0F);
    }
    return array;
}

class RealModels : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(data_folder() / "models/onnx")) {
            GTEST_SKIP() << "no data in " << data_folder() << "; set LUTRA_DATA";
        }
    }
    static fs::path model(const std::string& name) { return data_folder() / "models/onnx" / (name + ".onnx"); }
};

TEST_F(RealModels, FullyConnectedNetsComputeWhatTheFrameworksCompute) {
    for (const std::string name : {"three_layer_keras", "three_layer_pytorch", "three_layer_bn_keras", "qkeras_jettagging", "TFC_2W2A"}) {
        const auto y = read_events(recorded / (name + ".y.npy"));
        ASSERT_TRUE(y);
        const EventArray x = name == "TFC_2W2A" ? digits(y->num_events) : jets(y->num_events);
        EXPECT_EQ(compare_events(model(name), {x}, {*y}, 1e-4), "") << name;
    }
}

TEST_F(RealModels, QuantisersGiveTheIntegersOfQonnx) {
    for (const std::string name : {"qkeras_jettagging", "TFC_2W2A"}) {
        const auto imported = import_model(model(name));
        const auto theirs = read_events(recorded / (name + ".quant.npy"));
        ASSERT_TRUE(imported && theirs);
        const EventArray x = name == "TFC_2W2A" ? digits(theirs->num_events) : jets(theirs->num_events);
        for (std::size_t event = 0; event < x.num_events; ++event) {
            const auto inputs = event_of(imported->graph, {x}, event);
            ASSERT_TRUE(inputs);
            const auto values = evaluate_reference(imported->graph, *inputs);
            std::vector<double> ours;
            for (std::uint32_t i = 0; i < imported->graph.size(); ++i) {
                if (imported->graph.nodes()[i].op.name() == "quantize") {
                    ours.insert(ours.end(), values[i].values.begin(), values[i].values.end());
                }
            }
            const auto begin = theirs->values.begin() + static_cast<std::ptrdiff_t>(event * theirs->event_size);
            EXPECT_EQ(ours, std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(theirs->event_size))) << name << ", event " << event;
        }
    }
}

TEST_F(RealModels, ConvolutionsAreNamedAsNotSupportedYet) {
    for (const auto& [name, node, count] : {std::tuple("conv1d_small_keras", "Conv1D__", 3U), std::tuple("conv2d_small_keras", "Conv2D__", 1U)}) {
        const auto imported = import_model(model(name));
        ASSERT_FALSE(imported);
        ASSERT_EQ(imported.error().size(), count);
        EXPECT_EQ(imported.error()[0].id, DiagnosticId::OnnxUnsupportedOp);
        EXPECT_NE(imported.error()[0].place.find(node), std::string::npos);
        EXPECT_NE(imported.error()[0].advice.find("not supported yet"), std::string::npos);
    }
}

}  // namespace
}  // namespace lutra
