#include "lutra/quantize/hls4ml_config.h"

#include <gtest/gtest.h>

#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {
namespace {

Graph two_layers() {
    return parse_graph(
               "lutra graph 1\n"
               "%0 = input \"x\" { shape = [2] }\n"
               "%1 = dense \"fc1\" (%0) { weights = tensor [2, 2] { 1 2 3 4 } }\n"
               "%2 = relu \"relu1\" (%1)\n"
               "%3 = dense \"fc2\" (%2) { weights = tensor [2, 1] { 1 2 } }\n"
               "output \"y\" = %3\n",
               "test", builtin_ops())
        .value();
}

/// The entries of a configuration as the user would write them, or the messages of its failure.
std::string specs_of(std::string_view text) {
    const auto config = parse_hls4ml_config(text, "config.yml", two_layers());
    std::string result;
    if (!config) {
        for (const Diagnostic& problem : config.error()) {
            result += to_string(problem) + "\n";
        }
        return result;
    }
    for (const PrecisionEntry& entry : config->spec.entries) {
        result += to_string(entry) + "\n";
    }
    return result;
}

std::string notes_of(std::string_view text) {
    std::string result;
    const Hls4mlConfig config = parse_hls4ml_config(text, "config.yml", two_layers()).value();
    for (const Diagnostic& note : config.notes) {
        result += note.message + "\n";
    }
    return result;
}

TEST(Hls4mlConfig, ReadsTypesOfModelTypesAndNames) {
    EXPECT_EQ(specs_of("HLSConfig:\n"
                       "  Model:\n    Precision: ap_fixed<16,6>\n    ReuseFactor: 1\n"
                       "  LayerType:\n    Dense:\n      Precision:\n        weight: ap_fixed<8,2>\n"
                       "  LayerName:\n    fc1:\n      Precision:\n        result: fixed<12,4,RND,SAT>\n        bias: fixed<9,3>\n"),
              "fixed<16,6>\nDense.weight=fixed<8,2>\nfc1.result=fixed<12,4,RND,SAT>\nfc1.bias=fixed<9,3>\n");
}

TEST(Hls4mlConfig, ReadsADictAsJson) {
    EXPECT_EQ(specs_of(R"({"Model": {"Precision": {"default": "fixed<16,6>"}}, "LayerName": {"relu1": {"Precision": "ufixed<8,4>"}}})"),
              "fixed<16,6>\nrelu1=ufixed<8,4>\n");
}

TEST(Hls4mlConfig, TakesAutoAsHls4mlDoes) {
    EXPECT_EQ(specs_of("LayerName:\n  fc1: {Precision: {weight: auto, bias: auto, result: auto}}\n"), "fc1.result=exact\n");
}

TEST(Hls4mlConfig, TakesTheLinearActivationForTheResultOfItsLayer) {
    EXPECT_EQ(specs_of("LayerName:\n  fc2_linear: {Precision: 'fixed<10,3>'}\n"), "fc2.result=fixed<10,3>\n");
}

TEST(Hls4mlConfig, NotesWhatHasNoMeaning) {
    EXPECT_EQ(notes_of("Model: {Precision: 'fixed<16,6>', Strategy: Latency, ReuseFactor: 4}\n"
                       "LayerName:\n  fc1: {Precision: {accum: 'fixed<20,8>'}, Trace: true}\n  conv1: {Precision: 'fixed<8,1>'}\n  relu1: {Precision: {weight: "
                       "'fixed<8,1>'}}\n"),
              "Model.Strategy, Model.ReuseFactor are left out: every layer is fully parallel, a new event every cycle\n"
              "LayerName.fc1.Trace is left out: it says how hls4ml works, not what the model computes\n"
              "LayerName.fc1.Precision.accum is left out: sums are exact\n"
              "LayerName.relu1.Precision.weight is left out: the layer has no such variable\n"
              "LayerName.conv1 is left out: the model has no such layer\n");
}

TEST(Hls4mlConfig, RefusesWhatIsNoConfiguration) {
    EXPECT_NE(specs_of("Model: {Precision: 'float16'}\n").find("config.yml: Model.Precision.default: 'float16' is no type"), std::string::npos);
    EXPECT_NE(specs_of("Model: 7\n").find("Model: it is no mapping"), std::string::npos);
    EXPECT_NE(specs_of("[1, 2").find("it is no YAML"), std::string::npos);
    EXPECT_NE(specs_of("a: b").find("neither Model nor LayerType nor LayerName"), std::string::npos);
    EXPECT_NE(specs_of(std::string(std::size_t{1} << 21, ' ')).find("at most 1048576 are read"), std::string::npos);
    EXPECT_NE(specs_of(std::string(100000, '[')).find("E0327"), std::string::npos);
}

}  // namespace
}  // namespace lutra
