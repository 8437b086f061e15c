#include "lutra/import/keras/model_importer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "lutra/ops/builtin_ops.h"

namespace lutra::keras {
namespace {

/// What the import of a configuration says: every problem, or that there is none.
std::string said_of(const std::string& config, Hdf5File weights = {}) {
    weights.groups.insert("layers");
    Diagnostics problems;
    const auto model = read_model_config(parse_json(config, "net.json").value(), "net.json", problems);
    if (model) {
        check_classes(*model, "net.json", problems);
    }
    if (model && problems.empty()) {
        const WeightStore store(std::move(weights));
        const ImportOptions options;
        Translation translation{.weights = store, .options = options, .file = "net.json", .ops = builtin_ops()};
        import_layers(translation, *model);
        problems = translation.problems;
    }
    std::string text;
    for (const Diagnostic& problem : problems) {
        text += to_string(problem) + "\n";
    }
    return text.empty() ? "imported" : text;
}

std::string layer(const std::string& class_name, const std::string& name, const std::string& options, const std::string& more = "") {
    return fmt::format(R"({{"class_name": "{}", "config": {{"name": "{}"{}}}{}}})", class_name, name, options.empty() ? "" : ", " + options, more);
}

/// A Sequential of an input and one layer.
std::string net(const std::string& layer, const std::string& shape = "4") {
    return fmt::format(
        R"({{"class_name": "Sequential", "config": {{"layers": [{{"class_name": "InputLayer", "config": {{"name": "x", "batch_shape": [null, {}]}}}}, {}]}}}})",
        shape, layer);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(ModelImporter, ImportsALayer) { EXPECT_EQ(said_of(net(layer("ReLU", "r", ""))), "imported"); }

TEST(ModelImporter, EndsWhereNestedModelsCallEachOtherWithoutEnd) {
    // Each of 12 models calls the one inside of it ten times, one call behind the other.
    std::string inner = layer("Dropout", "d0", R"("rate": 0.5)");
    for (int depth = 0; depth < 12; ++depth) {
        std::string calls;
        for (int call = 0; call < 10; ++call) {
            calls += fmt::format(R"({}[["{}", {}, 0, {{}}]])", call == 0 ? "" : ", ", call == 0 ? fmt::format("x{}", depth) : fmt::format("d{}", depth),
                                 std::max(call - 1, 0));
        }
        inner.back() = ',';
        inner += fmt::format(R"( "name": "d{}", "inbound_nodes": [{}]}})", depth, calls);
        const std::string input = layer("InputLayer", fmt::format("x{}", depth), R"("batch_shape": [null, 4])", R"(, "inbound_nodes": [])");
        inner = layer("Functional", fmt::format("d{}", depth + 1),
                      fmt::format(R"("layers": [{}, {}], "input_layers": [["x{}", 0, 0]], "output_layers": [["d{}", 9, 0]])", input, inner, depth, depth));
    }
    EXPECT_TRUE(contains(said_of(inner), "more than 100000 calls of layers")) << said_of(inner);
}

TEST(ModelImporter, RefusesAxesBeyondAllNumbers) {
    const std::string said = said_of(net(layer("MultiHeadAttention", "a", R"("num_heads": 1, "key_dim": 2, "attention_axes": [9223372036854775807])"), "3, 4"));
    EXPECT_TRUE(contains(said, "its attention runs over axis 9223372036854775807")) << said;
}

TEST(ModelImporter, RefusesMasksLargerThanAnEvent) {
    const std::string call =
        R"("inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {"use_causal_mask": true}}])";
    const std::string layers = layer("InputLayer", "x", R"("batch_shape": [null, 1000000, 1])", R"(, "inbound_nodes": [])") + ", " +
                               layer("MultiHeadAttention", "a", R"("num_heads": 1, "key_dim": 2)", ", " + call);
    const std::string said =
        said_of(layer("Functional", "net", fmt::format(R"("layers": [{}], "input_layers": [["x", 0, 0]], "output_layers": [["a", 0, 0]])", layers)));
    EXPECT_TRUE(contains(said, "at most 1048576 pairs are supported")) << said;
}

TEST(ModelImporter, CountsTheEntriesOfTablesBeforeItMakesThem) {
    constexpr std::int64_t num_inputs = 257;
    Hdf5File weights;
    const auto bits = [](double value) { return Hdf5Numbers{{1, num_inputs}, std::vector<double>(num_inputs, value), false, 4}; };
    for (const std::string quantizer : {"iq", "oq"}) {
        const std::string path = fmt::format("layers/q_unary_function_lut/{}/quantizer/vars", quantizer);
        weights.datasets.emplace(path + "/0", bits(8));
        weights.datasets.emplace(path + "/1", bits(8));
        weights.datasets.emplace(path + "/2", bits(0));
    }
    const std::string config = R"({"class_name": "QuantizerConfig", "config": {"q_type": "kif", "round_mode": "RND", "overflow_mode": "SAT"}})";
    const std::string options = fmt::format(R"("activation": "relu", "iq_conf": {0}, "oq_conf": {0})", config);
    const std::string said = said_of(net(layer("QUnaryFunctionLUT", "f", options, R"(, "module": "hgq.layers")"), "257"), std::move(weights));
    EXPECT_TRUE(contains(said, "its tables have more than 16777216 entries together")) << said;
}

TEST(ModelImporter, ReadsQuantizersWithSpacesAroundThem) {
    EXPECT_EQ(said_of(net(layer("QActivation", "q", R"("activation": "                         quantized_bits(4, 1, alpha=1)  ")"))), "imported");
    EXPECT_TRUE(contains(said_of(net(layer("QActivation", "q", R"("activation": "                 quantized_bits( ")"))), "cannot be read"));
}

TEST(ModelImporter, RefusesAnEmptyAlpha) {
    const std::string said =
        said_of(net(layer("QActivation", "q", R"("activation": {"class_name": "quantized_bits", "config": {"bits": 4, "integer": 1, "alpha": []}})")));
    EXPECT_FALSE(said == "imported");
}

TEST(ModelImporter, RefusesNumbersThatAreNotFinite) {
    for (const std::string options : {R"("scale": Infinity)", R"("offset": NaN)"}) {
        EXPECT_TRUE(said_of(net(layer("Rescaling", "r", options))) != "imported") << options;
    }
    EXPECT_TRUE(said_of(net(layer("Normalization", "n", R"("mean": [NaN, 1, 1, 1], "variance": [1, 1, 1, 1])"))) != "imported");
}

}  // namespace
}  // namespace lutra::keras
