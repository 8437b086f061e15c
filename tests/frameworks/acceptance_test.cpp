// The files of the data folder (LUTRA_DATA) through the exact circuit, on every given event, beside what onnxruntime, qonnx and QKeras computed
// (record_real_models.py, record_real_keras.py).

#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <cmath>

#include "lutra/compile/accuracy.h"
#include "lutra/compile/compile_model.h"
#include "lutra/compile/import_any.h"
#include "lutra/compile/load_model.h"
#include "lutra/compile/model_runner.h"
#include "lutra/import/import_model.h"
#include "lutra/passes/decide.h"
#include "lutra/passes/pipeline.h"
#include "lutra/quantize/apply_precision.h"
#include "real_data.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Outputs of a circuit for all events, event-major.
struct Outputs {
    std::size_t num_per_event = 0;
    std::vector<double> values;
};

Outputs emulate(const Graph& graph, const EventArray& events) {
    const auto runner = ModelRunner::create(graph);
    EXPECT_TRUE(runner);
    if (!runner) {
        return {};
    }
    return {runner->num_outputs(), runner->to_values(runner->run(runner->quantize({events.values}, events.num_events, 0), 0), 0)};
}

/// A file's graph whose outputs are what each of its quantisers of the event gives, in their order; typed and simplified.
Graph graph_of_quantisers(const fs::path& file, const std::string& input_type) {
    const Graph graph = import_model(file).value().graph;
    Graph wanted;
    for (const Node& node : graph.nodes()) {
        const NodeId copy = wanted.add_copy(node, node.inputs);
        if (node.op.name() == "quantize") {
            wanted.add_output(node.name, copy);
        }
    }
    return run_passes(apply_precision(wanted, parse_precision_spec({}, input_type).value()).value()).value();
}

/// CRC-32 of the float32 of one event's values, as record_real_models.py computes it.
std::uint32_t checksum(std::span<const double> values) {
    uLong crc = crc32(0, nullptr, 0);
    for (const double value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value) + 0.0F);
        const std::array bytes = {static_cast<Bytef>(bits), static_cast<Bytef>(bits >> 8U), static_cast<Bytef>(bits >> 16U), static_cast<Bytef>(bits >> 24U)};
        crc = crc32(crc, bytes.data(), bytes.size());
    }
    return static_cast<std::uint32_t>(crc);
}

/// How many events there are for which some quantiser of the circuit gives another integer than the framework's.
std::size_t num_different(const fs::path& file, const std::string& input_type, const EventArray& events) {
    const EventArray theirs = read_events(recorded_folder() / (file.stem().string() + ".crc.npy")).value();
    EXPECT_EQ(theirs.num_events, events.num_events);
    const Outputs ours = emulate(graph_of_quantisers(file, input_type), events);
    std::size_t count = 0;
    for (std::size_t event = 0; event < theirs.num_events; ++event) {
        const auto values = std::span(ours.values).subspan(event * ours.num_per_event, ours.num_per_event);
        count += checksum(values) == static_cast<std::uint32_t>(theirs.values[event]) ? 0 : 1;
    }
    return count;
}

/// Accuracy of the exact decision: the lowest of the largest scores, without the final softmax.
double accuracy_of(const std::string& name, const std::string& input_type, const EventArray& events, const std::vector<std::int64_t>& labels) {
    const Graph scores = import_model(onnx_file(name)).value().graph;
    const Graph decision = apply_precision(decide_argmax(scores).value(), parse_precision_spec({}, input_type).value()).value();
    const Outputs outputs = emulate(run_passes(decision).value(), events);
    return measure_accuracy(outputs.values, outputs.num_per_event, labels, {}).value().accuracy;
}

class Acceptance : public RealData {};

TEST_F(Acceptance, JetTaggerGivesTheIntegersOfQonnxOnAllJets) { EXPECT_EQ(num_different(onnx_file("qkeras_jettagging"), "fixed<48,12>", jets()), 0U); }

TEST_F(Acceptance, JetTaggerIsAsAccurateAsWithQonnx) { EXPECT_EQ(accuracy_of("qkeras_jettagging", "fixed<48,12>", jets(), jet_labels()), 0.774); }

TEST_F(Acceptance, KerasNetsGiveTheIntegersOfQKerasOnAllJets) {
    for (const std::string name : {"qkeras_3layer.json", "qkeras-v3_3layer.keras", "KERAS_3layer_ternary_small.json"}) {
        EXPECT_EQ(num_different(data_folder() / "models/keras" / name, "fixed<48,12>", jets()), 0U) << name;
    }
}

TEST_F(Acceptance, DigitNetGivesTheIntegersOfQonnxOnAllImages) { EXPECT_EQ(num_different(onnx_file("TFC_2W2A"), "", digits()), 0U); }

TEST_F(Acceptance, DigitNetIsAsAccurateAsPublished) { EXPECT_EQ(accuracy_of("TFC_2W2A", "", digits(), digit_labels()), 0.966); }

/// The bound: what the final table states for itself, and what the roundings of 2^-20 on the way can add up to.
TEST_F(Acceptance, FloatNetsStayWithinTheStatedBoundOfOnnxruntime) {
    constexpr double roundings = 2e-5;
    for (const std::string name : {"three_layer_keras", "three_layer_pytorch", "three_layer_bn_keras"}) {
        CompileOptions options;
        options.model = onnx_file(name);
        options.precision = {"fixed<36,16,RND_CONV,SAT>"};
        options.input_type = "fixed<36,16>";
        const auto model = load_model(options);
        ASSERT_TRUE(model) << name;
        double stated = 0;
        const LoweredGraph lowered = lower_graph(model->graph).value();
        for (const LoweredLayer& layer : lowered.layers) {
            stated = std::max(stated, layer.error_bound);
        }
        EXPECT_LT(stated, 1e-3) << name;
        const EventArray theirs = read_events(recorded_folder() / (name + ".y.npy")).value();
        const Outputs ours = emulate(model->graph, jets());
        ASSERT_EQ(ours.values.size(), theirs.values.size()) << name;
        double worst = 0;
        for (std::size_t i = 0; i < ours.values.size(); ++i) {
            worst = std::max(worst, std::abs(ours.values[i] - theirs.values[i]));
        }
        EXPECT_LE(worst, stated + roundings) << name;
    }
}

/// How many of the 1,000 jets that types were chosen on the float model decides right more than those types; and their estimated look-up tables.
struct AutoResult {
    long lost_events = 0;
    double luts = 0;
};

AutoResult choose_types(CompileOptions options) {
    options.precision = {"auto"};
    options.calibration = data_folder() / "jets/openml_test1000_x.npy";
    options.labels = data_folder() / "jets/openml_test1000_y.npy";
    options.class_order = {0, 1, 4, 2, 3};
    options.device = "xcvu13p";
    options.combinational = true;
    const auto model = compile_model(options);
    EXPECT_TRUE(model) << to_string(model.error()[0]);
    const Graph real = import_any(options.model, {.weights = options.weights, .format = {}}).value().graph;
    const auto accuracy = [&](const std::vector<double>& scores) { return measure_accuracy(scores, 5, jet_labels(), options.class_order).value().accuracy; };
    const double exact = accuracy(emulate(model->graph, jets()).values);
    const double real_accuracy = accuracy(run_reference(real, {jets().values}, jets().num_events, 0));
    return {std::lround(1000 * (real_accuracy - exact)), static_cast<double>(model->report.estimate->counts.at("lut"))};
}

TEST_F(Acceptance, ChosenTypesKeepTheAccuracyOfFloatNets) {
    CompileOptions keras;
    keras.model = data_folder() / "models/keras/KERAS_3layer.json";
    keras.weights = data_folder() / "models/keras/KERAS_3layer_70pruned_retrained_weights.h5";
    const AutoResult pruned = choose_types(keras);
    EXPECT_LE(pruned.lost_events, 2);
    EXPECT_LE(pruned.luts, 11'300);
    CompileOptions onnx;
    onnx.model = onnx_file("three_layer_bn_keras");
    const AutoResult normalised = choose_types(onnx);
    EXPECT_LE(normalised.lost_events, 2);
    EXPECT_LE(normalised.luts, 23'500);
}

}  // namespace
}  // namespace lutra
