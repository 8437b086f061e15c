// The fully connected ONNX files of the data folder (LUTRA_DATA), on real events, beside what onnxruntime and qonnx computed
// (record_real_models.py).

#include <gtest/gtest.h>

#include <set>

#include "lutra/ir/reference.h"
#include "real_data.h"

namespace lutra {
namespace {

class RealModels : public RealData {};

TEST_F(RealModels, FullyConnectedNetsComputeWhatTheFrameworksCompute) {
    for (const std::string name : {"three_layer_keras", "three_layer_pytorch", "three_layer_bn_keras", "qkeras_jettagging", "TFC_2W2A"}) {
        const auto y = read_events(recorded_folder() / (name + ".y.npy"));
        ASSERT_TRUE(y);
        const EventArray x = name == "TFC_2W2A" ? digits(y->num_events) : jets(y->num_events);
        EXPECT_EQ(compare_events(onnx_file(name), {x}, {*y}, 1e-4), "") << name;
    }
}

TEST_F(RealModels, QuantisersGiveTheIntegersOfQonnx) {
    for (const std::string name : {"qkeras_jettagging", "TFC_2W2A"}) {
        const auto imported = import_model(onnx_file(name));
        const auto theirs = read_events(recorded_folder() / (name + ".quant.npy"));
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

/// Every file of the folder is in a test of this folder, or holds the weights of one that is.
TEST_F(RealModels, NoFileIsWithoutATest) {
    const std::set<std::string> tested = {"TFC_2W2A.onnx",
                                          "conv1d_small_keras.onnx",
                                          "conv2d_small_keras.onnx",
                                          "qkeras_jettagging.onnx",
                                          "three_layer_bn_keras.onnx",
                                          "three_layer_keras.onnx",
                                          "three_layer_pytorch.onnx",
                                          "KERAS_3layer.json",
                                          "KERAS_3layer_batch_norm.json",
                                          "KERAS_3layer_ternary_small.json",
                                          "KERAS_conv1d_small.json",
                                          "KERAS_conv2d_model.json",
                                          "qkeras-v3_3layer.keras",
                                          "qkeras_3layer.json",
                                          "jsc_openml_val0.743_ebops598.keras",
                                          "jsc_openml_val0.758_ebops2571.keras",
                                          "jsc_openml_val0.770_ebops6604.keras",
                                          "jsc_openml_val0.771_ebops13285.keras"};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data_folder() / "models")) {
        const std::string name = entry.path().filename().string();
        const bool is_weights = name.ends_with("weights.h5") && std::ranges::any_of(tested, [&](const std::string& model) {
                                    return name.starts_with(std::filesystem::path(model).stem().string());
                                });
        EXPECT_TRUE(entry.is_directory() || is_weights || tested.contains(name)) << entry.path();
    }
}

TEST_F(RealModels, ConvolutionsAreNamedAsNotSupportedYet) {
    for (const auto& [name, node, count] : {std::tuple("conv1d_small_keras", "Conv1D__", 3U), std::tuple("conv2d_small_keras", "Conv2D__", 1U)}) {
        const auto imported = import_model(onnx_file(name));
        ASSERT_FALSE(imported);
        ASSERT_EQ(imported.error().size(), count);
        EXPECT_EQ(imported.error()[0].id, DiagnosticId::OnnxUnsupportedOp);
        EXPECT_NE(imported.error()[0].place.find(node), std::string::npos);
        EXPECT_NE(imported.error()[0].advice.find("not supported yet"), std::string::npos);
    }
}

}  // namespace
}  // namespace lutra
