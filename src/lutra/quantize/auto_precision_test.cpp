#include "lutra/quantize/auto_precision.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lutra/ir/reference.h"
#include "lutra/ops/argmax.h"
#include "lutra/ops/quantize.h"
#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/nets_for_tests.h"
#include "lutra/quantize/precision_cost.h"

namespace lutra {
namespace {

PrecisionSpec spec_of(const std::vector<std::string>& texts) { return parse_precision_spec(texts).value(); }

AutoPrecision chosen_for(const std::vector<std::string>& texts, const CalibrationData& data, double budget) {
    auto chosen = choose_precision(float_net(), spec_of(texts), data, {.accuracy_budget = budget, .num_threads = 1, .progress = {}});
    EXPECT_TRUE(chosen) << to_string(chosen.error()[0]);
    return *std::move(chosen);
}

/// The loss of the chosen types on other data, through the graph that they give.
OutputLoss loss_on(const AutoPrecision& chosen, const CalibrationData& data) {
    const Graph graph = float_net();
    const Graph typed = apply_precision(graph, chosen.spec).value();
    const EventBatch events = select_all_events(data);
    const auto expected = evaluate_batch(graph, events.inputs, events.num_events, 1);
    const auto actual = evaluate_batch(typed, events.inputs, events.num_events, 1);
    const ComparedOutput output = compared_output(graph, true);
    return compare_outputs(output.kind, expected[output.node.index], actual[compared_output(typed, true).node.index], events.labels, events.num_events);
}

TEST(Batch, GivesTheDoublesOfTheReference) {
    const Graph typed = apply_precision(float_net(), spec_of({"fixed<12,5>", "relu1=ufixed<6,3,RND,SAT>"})).value();
    const CalibrationData data = float_net_data(50);
    const EventBatch events = select_all_events(data);
    const auto values = evaluate_batch(typed, events.inputs, events.num_events, 2);
    for (std::size_t event = 0; event < events.num_events; ++event) {
        const auto x = events.inputs[0].event(event);
        const std::vector<RealTensor> inputs = {RealTensor({4}, {x.begin(), x.end()})};
        const auto expected = evaluate_reference(typed, inputs);
        for (std::size_t node = 0; node < typed.size(); ++node) {
            ASSERT_TRUE(std::ranges::equal(values[node].event(event), expected[node].values)) << typed.nodes()[node].name;
        }
    }
}

TEST(Calibration, RefusesDataThatDoNotFit) {
    CalibrationData data = float_net_data(10);
    data.labels[3] = 3;
    EXPECT_EQ(check_calibration(float_net(), data)[0].id, DiagnosticId::LabelsMismatch);
    data.labels.pop_back();
    EXPECT_EQ(check_calibration(float_net(), data).size(), 2U);
    data.inputs[0].values[5] = std::nan("");
    EXPECT_EQ(check_calibration(float_net(), data)[0].id, DiagnosticId::CalibrationData);
    data.inputs[0].shape = {8, 5};
    EXPECT_EQ(check_calibration(float_net(), data)[0].id, DiagnosticId::CalibrationData);
    EXPECT_FALSE(check_calibration(float_net(), {}).empty());
    EXPECT_FALSE(check_calibration(float_net(), {{RealTensor({0, 4}, {})}, {}}).empty());
}

TEST(Calibration, ProfilesEveryTensor) {
    const auto profiles = profile_graph(float_net(), float_net_data(2000), 1);
    EXPECT_NEAR(profiles[0].mean, 0, 0.05);
    EXPECT_NEAR(profiles[0].deviation, 1, 0.05);
    EXPECT_NEAR(profiles[0].high_quantile, 3.1, 0.4);
    EXPECT_GE(profiles[0].max, profiles[0].high_quantile);
    EXPECT_EQ(profiles[3].min, 0);
}

TEST(PrecisionCost, CountsCanonicalSignedDigits) {
    for (std::int64_t value = -600; value <= 600; ++value) {
        std::int64_t rest = value < 0 ? -value : value;
        int digits = 0;
        while (rest != 0) {
            if (rest % 2 != 0) {
                rest -= rest % 4 == 1 ? 1 : -1;
                ++digits;
            }
            rest /= 2;
        }
        EXPECT_EQ(num_signed_digits(value), digits) << value;
    }
}

TEST(OutputLoss, CountsWhatTheFloatModelWouldLose) {
    const Batch expected{2, false, {0.6, 0.4, 0.9, 0.1}};
    const Batch actual{2, false, {0.4, 0.6, 0.8, 0.2}};
    const std::vector<std::int64_t> labels = {1, 0};
    const OutputLoss loss = compare_outputs(OutputKind::Probabilities, expected, actual, labels, 2);
    EXPECT_DOUBLE_EQ(loss.expected_loss, 0.1);
    EXPECT_EQ(loss.agreement, 0.5);
    EXPECT_EQ(loss.float_accuracy, 0.5);
    EXPECT_EQ(loss.accuracy, 1.0);
    EXPECT_EQ(compare_outputs(OutputKind::Values, expected, expected, {}, 2).expected_loss, 0);
}

TEST(OutputLoss, LooksBehindAnArgmax) {
    EXPECT_EQ(compared_output(float_net(), false).kind, OutputKind::Probabilities);
    Graph scores;
    const NodeId x = scores.add("x", Input{{3}}, {}).value();
    scores.add_output("y", scores.add("argmax", Argmax{}, {x}).value());
    EXPECT_EQ(compared_output(scores, false).kind, OutputKind::Scores);
    EXPECT_EQ(compared_output(scores, false).node, x);
}

TEST(AutoPrecision, KeepsTheBudgetOnOtherEvents) {
    const AutoPrecision chosen = chosen_for({"auto"}, float_net_data(800), 0.005);
    EXPECT_TRUE(chosen.warnings.empty()) << to_string(chosen.warnings[0]);
    EXPECT_LE(chosen.held_back.expected_loss, 0.005);
    EXPECT_LE(chosen.search.expected_loss, 0.005);
    CalibrationData others = float_net_data(3000);
    EXPECT_LE(loss_on(chosen, others).expected_loss, 0.0075);
}

TEST(AutoPrecision, SpendsLessWithALargerBudget) {
    const CalibrationData data = float_net_data(400);
    EXPECT_LT(chosen_for({"auto"}, data, 0.03).cost, 0.8 * chosen_for({"auto"}, data, 0.001).cost);
}

TEST(AutoPrecision, GivesTheGraphThatItMeasured) {
    const CalibrationData data = float_net_data(400);
    const AutoPrecision chosen = chosen_for({"auto"}, data, 0.01);
    CalibrationData held_back{{RealTensor({200, 4}, {})}, {}};
    for (std::size_t event = 1; event < 400; event += 2) {
        const auto first = data.inputs[0].values.begin() + static_cast<std::ptrdiff_t>(4 * event);
        held_back.inputs[0].values.insert(held_back.inputs[0].values.end(), first, first + 4);
        held_back.labels.push_back(data.labels[event]);
    }
    const OutputLoss loss = loss_on(chosen, held_back);
    EXPECT_NEAR(loss.expected_loss, chosen.held_back.expected_loss, 1e-12);  // the float model is folded there
    EXPECT_NEAR(loss.relative_error, chosen.held_back.relative_error, 1e-12);
    EXPECT_EQ(loss.accuracy, chosen.held_back.accuracy);
}

TEST(AutoPrecision, IsDeterministicOnAnyNumberOfThreads) {
    const CalibrationData data = float_net_data(200);
    const auto one = choose_precision(float_net(), spec_of({"auto"}), data, {.accuracy_budget = 0.02, .num_threads = 1, .progress = {}});
    const auto three = choose_precision(float_net(), spec_of({"auto"}), data, {.accuracy_budget = 0.02, .num_threads = 3, .progress = {}});
    EXPECT_EQ(one->spec, three->spec);
    EXPECT_EQ(one->layers, three->layers);
}

TEST(AutoPrecision, KeepsTypesThatAreGiven) {
    const AutoPrecision chosen = chosen_for({"auto", "fc2.weight=fixed<9,3>", "input=fixed<10,4>"}, float_net_data(400), 0.01);
    const Graph typed = apply_precision(float_net(), chosen.spec).value();
    EXPECT_EQ(typed[*typed.find("x.result")].op.as<Quantize>()->width, RealTensor(10.0));
    const auto fc2 = std::ranges::find(chosen.layers, "fc2", &LayerPrecision::name);
    ASSERT_NE(fc2, chosen.layers.end());
    EXPECT_EQ(fc2->weight->type, (FixedPointType{true, 9, 6}));
}

TEST(AutoPrecision, WorksWithoutLabels) {
    CalibrationData data = float_net_data(400);
    data.labels.clear();
    const AutoPrecision chosen = chosen_for({"auto"}, data, 0.01);
    EXPECT_LE(chosen.held_back.expected_loss, 0.01);
    EXPECT_FALSE(chosen.held_back.accuracy);
}

TEST(AutoPrecision, WarnsWhenTheBudgetCannotBeMet) {
    const AutoPrecision chosen = chosen_for({"auto", "fc1.weight=fixed<2,1>"}, float_net_data(100), 0.001);
    ASSERT_EQ(chosen.warnings.size(), 1U);
    EXPECT_EQ(chosen.warnings[0].id, DiagnosticId::AccuracyBudgetMissed);
    EXPECT_TRUE(apply_precision(float_net(), chosen.spec));
}

TEST(AutoPrecision, PrintsATable) {
    const AutoPrecision chosen = chosen_for({"auto"}, float_net_data(100), 0.02);
    const auto lines = to_lines(chosen);
    ASSERT_EQ(lines.size(), 10 + std::min<std::size_t>(chosen.front.size(), 16));
    EXPECT_TRUE(lines[0].starts_with("layer    weight"));
    EXPECT_TRUE(lines[1].starts_with("x        -"));
}

TEST(ParetoFront, KeepsWhatNothingBeatsInBoth) {
    EXPECT_EQ(pareto_front({{10, 0.5}, {20, 0.1}, {15, 0.6}, {20, 0.2}, {30, 0.1}, {5, 0.9}}), (std::vector<FrontPoint>{{20, 0.1}, {10, 0.5}, {5, 0.9}}));
    EXPECT_TRUE(pareto_front({}).empty());
}

TEST(AutoPrecision, ShowsTheFrontThatItWalked) {
    const auto chosen = choose_precision(float_net(), spec_of({"auto"}), float_net_data(400), {.num_threads = 1, .progress = {}});
    ASSERT_TRUE(chosen);
    ASSERT_GE(chosen->front.size(), 2U);
    EXPECT_GT(chosen->front.front().cost, chosen->cost);
    EXPECT_TRUE(std::ranges::any_of(chosen->front, [&](const FrontPoint& point) { return point.cost <= chosen->cost; }));
    const auto lines = to_lines(*chosen);
    EXPECT_NE(std::ranges::find(lines, "the front that the search walked, on its own events:"), lines.end());
}

}  // namespace
}  // namespace lutra
