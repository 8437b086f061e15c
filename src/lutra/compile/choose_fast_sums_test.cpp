#include "lutra/compile/choose_fast_sums.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/compile/choose_cells.h"
#include "lutra/map/pipeline_cells.h"

namespace lutra {
namespace {

/// A dense layer of `num_inputs` inputs and eight sums.
Circuit dense_layer(int num_inputs) {
    std::minstd_rand random(7);
    CircuitBuilder b;
    std::vector<Wire> values;
    for (int i = 0; i < num_inputs; ++i) {
        values.push_back(b.input({true, 6, 0}));
    }
    b.add_input({"x", {num_inputs}, values});
    b.set_origin("fc");
    std::vector<Wire> sums;
    for (int n = 0; n < 8; ++n) {
        std::vector<LinearTerm> terms;
        for (const Wire value : values) {
            terms.push_back({value, static_cast<int>(random() % 16) - 8});
        }
        sums.push_back(b.sum(terms, 3));
    }
    b.add_output({"y", {8}, sums});
    return b.finish();
}

struct Design {
    int num_luts = 0;
    int num_stages = 0;
};

Design design_for(const Circuit& circuit, CellStyle style, const ClockGoal& goal, bool may_be_fast) {
    const CellNetlist cells = choose_cells(circuit, style, usual_effort, 1, may_be_fast ? &goal : nullptr);
    const CostModel model(goal.device, static_cast<double>(occupied_luts(cells)));
    return {occupied_luts(cells), pipeline_for_delay(cells, model, goal.stage_ns(model)).latency_cycles};
}

TEST(ChooseFastSums, TakesMoreLutsOnlyForFewerStages) {
    int num_saved = 0;
    for (const CellStyle style : {CellStyle::Lut6, CellStyle::Lut4}) {
        for (const int num_inputs : {3, 6, 9}) {
            for (const double clock_ns : {2.5, 6.0}) {
                const ClockGoal goal{find_device(style == CellStyle::Lut6 ? "xcvu13p" : "ecp5-85").value(), std::nullopt, clock_ns};
                const Circuit circuit = dense_layer(num_inputs);
                const Design usual = design_for(circuit, style, goal, false);
                const Design fast = design_for(circuit, style, goal, true);
                EXPECT_LE(fast.num_stages, usual.num_stages);
                EXPECT_TRUE(fast.num_stages < usual.num_stages || fast.num_luts == usual.num_luts) << num_inputs << ' ' << clock_ns;
                EXPECT_LE(fast.num_luts, usual.num_luts * 1.1);
                num_saved += usual.num_stages - fast.num_stages;
            }
        }
    }
    EXPECT_GT(num_saved, 2);
}

TEST(ChooseFastSums, ShortensThePeriodOfOneStageButNotBelowTheClock) {
    const Device device = find_device("xcvu13p").value();
    const Circuit circuit = dense_layer(9);
    const auto time_for = [&](const CellNetlist& cells) {
        return timing_for_stages(cells, CostModel(device, static_cast<double>(occupied_luts(cells))), 1).slowest_ns;
    };
    const CellNetlist usual = choose_cells(circuit, CellStyle::Lut6, usual_effort);
    const ClockGoal shortest{device, 1, std::nullopt};
    EXPECT_LT(time_for(choose_cells(circuit, CellStyle::Lut6, usual_effort, 1, &shortest)), time_for(usual) - 0.3);
    const ClockGoal easy{device, 1, 20.0};
    EXPECT_EQ(occupied_luts(choose_cells(circuit, CellStyle::Lut6, usual_effort, 1, &easy)), occupied_luts(usual));
}

TEST(ChooseFastSums, DoesNotDependOnThreads) {
    const ClockGoal goal{find_device("ecp5-85").value(), std::nullopt, 6.0};
    const Circuit circuit = dense_layer(9);
    const CellNetlist one = choose_cells(circuit, CellStyle::Lut4, usual_effort, 1, &goal);
    const CellNetlist two = choose_cells(circuit, CellStyle::Lut4, usual_effort, 2, &goal);
    EXPECT_EQ(one.num_nets, two.num_nets);
    EXPECT_EQ(one.outputs, two.outputs);
}

}  // namespace
}  // namespace lutra
