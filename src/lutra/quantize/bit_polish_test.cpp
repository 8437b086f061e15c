#include "lutra/quantize/bit_polish.h"

#include <gtest/gtest.h>

#include "lutra/ops/layer_normalization.h"
#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/auto_precision.h"
#include "lutra/quantize/nets_for_tests.h"

namespace lutra {
namespace {

constexpr double budget = 0.01;
constexpr double much_work = 1e8;

/// A search of the small net that has started, on the even events, and a judge on the odd ones.
class PolishedNet : public testing::Test {
protected:
    void SetUp() override {
        std::vector<std::size_t> even;
        std::vector<std::size_t> odd;
        for (std::size_t event = 0; event < 400; ++event) {
            (event % 2 == 0 ? even : odd).push_back(event);
        }
        const Graph prepared = prepare_graph(float_net(), spec_).value();
        const auto lookup = PrecisionLookup::create(prepared, spec_).value();
        EventBatch events = select_events(data_, even);
        plan_ = make_plan(apply_given_types(prepared, lookup).value(), lookup, events, 1);
        searched_.emplace(evaluator(prepared, std::move(events)));
        held_back_.emplace(evaluator(prepared, select_events(data_, odd)));
        search_.emplace(plan_, *searched_, Progress{});
        ASSERT_TRUE(search_->start(budget));
    }

    CandidateEvaluator evaluator(const Graph& prepared, EventBatch events) const {
        auto values = evaluate_batch(prepared, events.inputs, events.num_events, 1);
        Batch expected = std::move(values[compared_output(prepared, true).node.index]);
        return {plan_, std::move(events), std::move(expected), 1};
    }

    bool both_are_content(const Assignment& assignment, double most_loss) {
        return is_within_budget(search_->evaluate(assignment), most_loss, search_->num_events()) &&
               is_within_budget(held_back_->evaluate(assignment), most_loss, held_back_->num_events());
    }

    const PrecisionSpec spec_ = parse_precision_spec(std::vector<std::string>{"auto"}).value();
    const CalibrationData data_ = float_net_data(400);
    PrecisionPlan plan_;
    std::optional<CandidateEvaluator> searched_;
    std::optional<CandidateEvaluator> held_back_;
    std::optional<BitSearch> search_;
};

TEST_F(PolishedNet, CostsLessAndContentsBothSets) {
    BitPolish polish(plan_, *search_, *held_back_, budget);
    const Assignment polished = polish.polish(search_->generous(), much_work);
    PrecisionCost cost(plan_);
    EXPECT_LT(cost(polished), 0.8 * cost(search_->generous()));
    EXPECT_TRUE(both_are_content(polished, budget));
}

TEST_F(PolishedNet, StaysAsItIsWithoutWork) {
    BitPolish polish(plan_, *search_, *held_back_, budget);
    EXPECT_EQ(polish.polish(search_->generous(), 0), search_->generous());
}

TEST_F(PolishedNet, GetsBitsBackUntilBothSetsAreContent) {
    Assignment few_bits = search_->generous();
    for (SlotType& type : few_bits) {
        type.fraction -= 6;
    }
    ASSERT_FALSE(both_are_content(few_bits, budget));
    BitPolish polish(plan_, *search_, *held_back_, budget);
    const auto repaired = polish.repair(few_bits);
    ASSERT_TRUE(repaired);
    EXPECT_TRUE(both_are_content(*repaired, budget));
    EXPECT_LT(PrecisionCost(plan_)(*repaired), PrecisionCost(plan_)(search_->generous()));
}

TEST_F(PolishedNet, IsGivenUpWhenNotEvenGenerousTypesContentBothSets) {
    BitPolish polish(plan_, *search_, *held_back_, 0);
    EXPECT_EQ(polish.repair(search_->generous()), std::nullopt);
}

TEST_F(PolishedNet, IsExpectedToErrMoreWithFewerBits) {
    double last = search_->predicted_error(search_->generous());
    EXPECT_EQ(last, 0);
    Assignment assignment = search_->generous();
    for (int less = 1; less < 6; ++less) {
        --assignment[1].fraction;
        EXPECT_GE(search_->predicted_error(assignment), last);
        last = search_->predicted_error(assignment);
    }
    EXPECT_GT(last, 0);
}

TEST(AutoPrecision, LosesNoMoreLabelsThanTheBudgetOnAllEvents) {
    const auto chosen = choose_precision(float_net(), parse_precision_spec(std::vector<std::string>{"auto"}).value(), float_net_data(400),
                                         {.accuracy_budget = budget, .num_threads = 1, .progress = {}});
    ASSERT_TRUE(chosen);
    const auto lost = [](const OutputLoss& loss, std::size_t num_events) { return (*loss.float_accuracy - *loss.accuracy) * static_cast<double>(num_events); };
    EXPECT_LE(lost(chosen->search, chosen->num_search_events) + lost(chosen->held_back, chosen->num_held_back_events), budget * 400 + 1e-6);
}

TEST(OutputLoss, DoesNotGiveUpProbabilitiesForDecisions) {
    const Batch expected{2, false, {0.6, 0.4, 0.9, 0.1, 0.2, 0.8}};
    const Batch coarse{2, false, {1, 0, 1, 0, 0, 1}};
    const OutputLoss probabilities = compare_outputs(OutputKind::Probabilities, expected, coarse, {}, 3);
    EXPECT_EQ(probabilities.expected_loss, 0);
    EXPECT_FALSE(is_within_budget(probabilities, 1, 3));
    EXPECT_TRUE(is_within_budget(compare_outputs(OutputKind::Scores, expected, coarse, {}, 3), 1, 3));
}

TEST(PrecisionPlan, GivesAFunctionATypeAlsoBeforeARelu) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{4}}, {}).value();
    const NodeId norm = graph.add("norm", LayerNormalization{}, {x}).value();
    const NodeId relu = graph.add("relu", Relu{}, {norm}).value();
    graph.add_output("y", graph.add("fc", Dense{random_tensor({4, 3}, 1, 1), random_tensor({3}, 1, 2)}, {relu}).value());
    const PrecisionSpec spec = parse_precision_spec(std::vector<std::string>{"auto"}).value();
    const auto lookup = PrecisionLookup::create(graph, spec).value();
    const PrecisionPlan plan = make_plan(graph, lookup, select_all_events({{random_tensor({50, 4}, 1, 3)}, {}}), 1);
    ASSERT_TRUE(plan.result_slot[norm.index]);
    Assignment assignment(plan.slots.size(), {3, 5});
    const double cost = PrecisionCost(plan)(assignment);
    --assignment[*plan.result_slot[norm.index]].fraction;
    EXPECT_LT(PrecisionCost(plan)(assignment), cost);
}

}  // namespace
}  // namespace lutra
