#include "lutra/passes/fold_constants.h"

#include <gtest/gtest.h>

#include "lutra/passes/graph_for_tests.h"

namespace lutra {
namespace {

const std::string source = "%0 = input \"x\" { shape = [2] }\n%1 = quantize \"in\" (%0)\n";

TEST(FoldConstants, ComputesWhatDependsOnNoInput) {
    expect_rewrite(fold_constants,
                   source +
                       "%2 = constant \"a\" { value = tensor [2] { 0.3 -7 } }\n%3 = quantize \"q\" (%2) { scale = 0.5, width = 4 }\n"
                       "%4 = constant \"b\" { value = 2.0 }\n%5 = multiply \"m\" (%3, %4)\n%6 = add \"s\" (%1, %5)\noutput \"y\" = %6",
                   source + "%2 = constant \"m\" { value = tensor [2] { 1 -8 } }\n%3 = add \"s\" (%1, %2)\noutput \"y\" = %3");
}

TEST(FoldConstants, LeavesWhatIsNoDoubleAndWhatDependsOnAnInput) {
    const std::string product = "%2 = constant \"a\" { value = 0.1 }\n%3 = multiply \"m\" (%2, %2)\n%4 = add \"s\" (%1, %3)\noutput \"y\" = %4";
    expect_unchanged(fold_constants, source + product);
    expect_unchanged(fold_constants, source + "%2 = relu \"r\" (%1)\noutput \"y\" = %2");
}

}  // namespace
}  // namespace lutra
