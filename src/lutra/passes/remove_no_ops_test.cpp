#include "lutra/passes/remove_no_ops.h"

#include <gtest/gtest.h>

#include "lutra/passes/graph_for_tests.h"
#include "lutra/passes/pipeline.h"

namespace lutra {
namespace {

const std::string source = "%0 = input \"x\" { shape = [2, 3] }\n%1 = quantize \"in\" (%0) { scale = 0.5 }\n";
const std::string only_source = source + "output \"y\" = %1";

TEST(RemoveNoOps, DropsLayersThatGiveTheirInput) {
    const std::vector<std::string> layers = {
        "quantize \"l\" (%1) { scale = 0.5 }",
        "clip \"l\" (%1)",
        "reshape \"l\" (%1) { shape = [2, 3] }",
        "transpose \"l\" (%1) { permutation = [0, 1] }",
        "slice \"l\" (%1) { starts = [0], ends = [9], axes = [1], steps = [1] }",
        "concat \"l\" (%1)",
    };
    for (const std::string& layer : layers) {
        expect_rewrite(remove_no_ops, source + "%2 = " + layer + "\noutput \"y\" = %2", only_source);
    }
}

TEST(RemoveNoOps, JoinsReshapesAndTransposes) {
    expect_rewrite(remove_no_ops,
                   source +
                       "%2 = transpose \"a\" (%1) { permutation = [1, 0] }\n%3 = transpose \"b\" (%2) { permutation = [1, 0] }\n%4 = relu "
                       "\"r\" (%3)\n%5 = relu \"s\" (%4)\noutput \"y\" = %5",
                   source + "%2 = relu \"r\" (%1)\noutput \"y\" = %2");
    expect_rewrite(remove_no_ops, source + "%2 = flatten \"a\" (%1)\n%3 = reshape \"b\" (%2) { shape = [3, 2] }\noutput \"y\" = %3",
                   source + "%2 = reshape \"b\" (%1) { shape = [3, 2] }\noutput \"y\" = %2");
}

TEST(RemoveNoOps, LeavesLayersThatChangeSomething) {
    const std::vector<std::string> layers = {
        "quantize \"l\" (%1) { scale = 0.25 }",
        "clip \"l\" (%1) { max = 1.0 }",
        "reshape \"l\" (%1) { shape = [3, 2] }",
        "flatten \"l\" (%1)",
        "slice \"l\" (%1) { starts = [9], ends = [-9], axes = [1], steps = [-1] }",
        "concat \"l\" (%1, %1)",
    };
    for (const std::string& layer : layers) {
        expect_unchanged(remove_no_ops, source + "%2 = " + layer + "\noutput \"y\" = %2");
    }
}

TEST(RunPasses, GoesOnUntilNothingChanges) {
    expect_rewrite(run_passes,
                   source +
                       "%2 = transpose \"a\" (%1) { permutation = [1, 0] }\n%3 = transpose \"b\" (%2) { permutation = [1, 0] }\n%4 = relu "
                       "\"r\" (%3)\n%5 = relu \"s\" (%4)\n"
                       "%6 = quantize \"q\" (%5) { scale = 0.5 }\noutput \"y\" = %6",
                   source + "%2 = quantize \"q\" (%1) { scale = 0.5, width = 7, signed = 0 }\noutput \"y\" = %2");
}

}  // namespace
}  // namespace lutra
