#include "lutra/quantize/precision_lookup.h"

#include <gtest/gtest.h>

#include "lutra/ops/flatten.h"
#include "lutra/ops/quantize.h"
#include "lutra/quantize/nets_for_tests.h"

namespace lutra {
namespace {

PrecisionSpec spec_of(const std::vector<std::string>& texts) { return parse_precision_spec(texts).value(); }

/// The width that the specs give to a variable of a layer; 0 for none.
int width_of(const Graph& graph, const std::vector<std::string>& texts, std::string_view layer, PrecisionVariable variable) {
    const auto lookup = PrecisionLookup::create(graph, spec_of(texts));
    EXPECT_TRUE(lookup);
    const auto match = lookup->find(graph[*graph.find(layer)], variable);
    return match ? match->type.type.type.width : 0;
}

TEST(PrecisionLookup, LetsTheMostSpecificWinInAnyOrder) {
    const Graph graph = float_net();
    std::vector<std::string> specs = {"fixed<10,1>",     "*.weight=fixed<11,1>",  "dense=fixed<12,1>", "Dense.weight=fixed<13,1>",
                                      "fc1=fixed<14,1>", "fc1.weight=fixed<15,1>"};
    for (int order = 0; order < 2; ++order) {
        for (int width = 15; width >= 10; --width) {
            std::vector<std::string> first;
            for (const std::string& spec : specs) {
                if (std::stoi(spec.substr(spec.find('<') + 1)) <= width) {
                    first.push_back(spec);
                }
            }
            EXPECT_EQ(width_of(graph, first, "fc1", PrecisionVariable::Weight), width);
        }
        std::ranges::reverse(specs);
    }
}

TEST(PrecisionLookup, LetsTheLaterOfEqualsWin) { EXPECT_EQ(width_of(float_net(), {"fc1=fixed<9,1>", "fc1=fixed<7,1>"}, "fc1", PrecisionVariable::Bias), 7); }

TEST(PrecisionLookup, KnowsTheLayerTypesOfOtherTools) {
    const Graph graph = float_net();
    for (const std::string type : {"Dense", "dense", "QDense", "Linear", "Gemm", "MatMul"}) {
        EXPECT_EQ(width_of(graph, {type + "=fixed<9,1>"}, "fc2", PrecisionVariable::Weight), 9) << type;
    }
    for (const std::string type : {"Activation", "ReLU", "relu"}) {
        EXPECT_EQ(width_of(graph, {type + "=fixed<9,1>"}, "relu1", PrecisionVariable::Result), 9) << type;
    }
    EXPECT_EQ(width_of(graph, {"BatchNormalization=fixed<9,1>"}, "bn1", PrecisionVariable::Weight), 9);
    EXPECT_EQ(width_of(graph, {"InputLayer=fixed<9,1>"}, "x", PrecisionVariable::Result), 9);
}

TEST(PrecisionLookup, TakesTheNameOfALayerBeforeAType) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId first = graph.add("dense", Dense{{{2, 2}, {1, 2, 3, 4}}, 0.0}, {x}).value();
    graph.add_output("y", graph.add("dense_1", Dense{{{2, 2}, {1, 2, 3, 4}}, 0.0}, {first}).value());
    EXPECT_EQ(width_of(graph, {"dense=fixed<9,1>"}, "dense", PrecisionVariable::Weight), 9);
    EXPECT_EQ(width_of(graph, {"dense=fixed<9,1>"}, "dense_1", PrecisionVariable::Weight), 0);
    EXPECT_EQ(width_of(graph, {"Dense=fixed<9,1>"}, "dense_1", PrecisionVariable::Weight), 9);
}

TEST(PrecisionLookup, RoundsInputsToEvenAndSaturatesUnlessToldOtherwise) {
    const Graph graph = float_net();
    const auto type_of = [&](const std::string& text) {
        return PrecisionLookup::create(graph, spec_of({text}))->find(graph[*graph.find("x")], PrecisionVariable::Result)->type.type;
    };
    EXPECT_EQ(type_of("fixed<8,2>"), (Quantization{{true, 8, 6}, Rounding::HalfToEven, Overflow::Saturate}));
    EXPECT_EQ(type_of("input=fixed<8,2,TRN,WRAP>"), (Quantization{{true, 8, 6}, Rounding::Truncate, Overflow::Wrap}));
    EXPECT_EQ(type_of("input=fixed<8,2,TRN>"), (Quantization{{true, 8, 6}, Rounding::Truncate, Overflow::Saturate}));
}

TEST(PrecisionLookup, NamesTheNearestLayers) {
    const auto lookup = PrecisionLookup::create(float_net(), spec_of({"fc3.weight=fixed<8,2>", "dens=fixed<8,2>"}));
    ASSERT_FALSE(lookup);
    ASSERT_EQ(lookup.error().size(), 2U);
    EXPECT_EQ(lookup.error()[0].id, DiagnosticId::PrecisionNoSuchLayer);
    EXPECT_NE(lookup.error()[0].advice.find("'fc1', 'fc2'"), std::string::npos) << lookup.error()[0].advice;
    EXPECT_NE(lookup.error()[1].advice.find("'dense'"), std::string::npos) << lookup.error()[1].advice;
}

TEST(PrecisionLookup, RefusesAVariableThatALayerDoesNotHave) {
    const auto lookup = PrecisionLookup::create(float_net(), spec_of({"relu1.weight=fixed<8,2>"}));
    ASSERT_FALSE(lookup);
    EXPECT_EQ(lookup.error()[0].message, "relu 'relu1' has no weight");
}

TEST(PrecisionLookup, LeavesAModelThatQuantisesItselfAlone) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId fc = graph.add("fc", Dense{{{2, 2}, {1, 2, 3, 4}}, 0.0}, {x}).value();
    graph.add_output("y", graph.add("q", Quantize{}, {fc}).value());
    EXPECT_EQ(width_of(graph, {"fixed<9,1>"}, "fc", PrecisionVariable::Weight), 0);
    EXPECT_EQ(width_of(graph, {"fixed<9,1>"}, "x", PrecisionVariable::Result), 9);
    EXPECT_EQ(width_of(graph, {"fc=fixed<9,1>"}, "fc", PrecisionVariable::Weight), 9);
    const auto lookup = PrecisionLookup::create(graph, spec_of({"q=fixed<9,1>"}));
    ASSERT_FALSE(lookup);
    EXPECT_EQ(lookup.error()[0].message, "'q' is a quantiser of the model itself");
}

TEST(PrecisionLookup, GivesOpsThatMoveElementsNoTypeOfTheModel) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2, 2}}, {}).value();
    graph.add_output("y", graph.add("flat", Flatten{}, {x}).value());
    EXPECT_EQ(width_of(graph, {"fixed<9,1>"}, "flat", PrecisionVariable::Result), 0);
    EXPECT_EQ(width_of(graph, {"flat=fixed<9,1>"}, "flat", PrecisionVariable::Result), 9);
}

}  // namespace
}  // namespace lutra
