#include "lutra/passes/commute_quantize.h"

#include <gtest/gtest.h>

#include "lutra/passes/graph_for_tests.h"

namespace lutra {
namespace {

const std::string source =
    "%0 = input \"x\" { shape = [2] }\n"
    "%1 = quantize \"in\" (%0) { scale = 0.25 }\n"
    "%2 = dense \"fc\" (%1) { weights = tensor [2, 2] { 1 -2 3 0.5 }, bias = 0 }\n";

TEST(CommuteQuantize, MergesReluIntoASignedQuantiserThatLosesItsSign) {
    expect_rewrite(commute_quantize, source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%3) { scale = 0.3, width = 6 }\noutput \"y\" = %4",
                   source + "%3 = quantize \"q\" (%2) { scale = 0.3, width = 5, signed = 0 }\noutput \"y\" = %3");
}

TEST(CommuteQuantize, DropsReluBeforeAQuantiserWithoutNegativeValues) {
    expect_rewrite(commute_quantize, source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%3) { scale = 0.3, zero_point = -128 }\noutput \"y\" = %4",
                   source + "%3 = quantize \"q\" (%2) { scale = 0.3, zero_point = -128 }\noutput \"y\" = %3");
}

TEST(CommuteQuantize, KeepsReluForItsOtherReaders) {
    expect_rewrite(commute_quantize, source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%3) { signed = 0 }\noutput \"y\" = %4\noutput \"z\" = %3",
                   source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%2) { signed = 0 }\noutput \"y\" = %4\noutput \"z\" = %3");
}

TEST(CommuteQuantize, LeavesWrappingAndShiftedQuantisersAlone) {
    expect_unchanged(commute_quantize, source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%3) { overflow = \"WRAP\" }\noutput \"y\" = %4");
    expect_unchanged(commute_quantize, source + "%3 = relu \"r\" (%2)\n%4 = quantize \"q\" (%3) { zero_point = 3 }\noutput \"y\" = %4");
}

TEST(CommuteQuantize, MovesAClipBehindTheQuantiser) {
    expect_rewrite(commute_quantize,
                   source + "%3 = clip \"c\" (%2) { min = 0.0, max = 6.0 }\n%4 = quantize \"q\" (%3) { scale = 0.5, width = 8 }\noutput \"y\" = %4",
                   source + "%3 = quantize \"q\" (%2) { scale = 0.5, width = 8 }\n%4 = clip \"c\" (%3) { min = 0.0, max = 6.0 }\noutput \"y\" = %4");
}

TEST(CommuteQuantize, DropsBoundsOutsideOfTheQuantisersRange) {
    expect_rewrite(commute_quantize,
                   source +
                       "%3 = clip \"c\" (%2) { min = 0.0, max = 6.0 }\n%4 = quantize \"q\" (%3) { scale = 0.5, width = 3, signed = 0 "
                       "}\noutput \"y\" = %4",
                   source + "%3 = quantize \"q\" (%2) { scale = 0.5, width = 3, signed = 0 }\noutput \"y\" = %3");
}

TEST(CommuteQuantize, LeavesClipsWithOtherReadersAndSeveralScalesAlone) {
    expect_unchanged(commute_quantize,
                     source + "%3 = clip \"c\" (%2) { min = 0.0, max = 6.0 }\n%4 = quantize \"q\" (%3)\noutput \"y\" = %4\noutput \"z\" = %3");
    expect_unchanged(commute_quantize,
                     source + "%3 = clip \"c\" (%2) { min = 0.0 }\n%4 = quantize \"q\" (%3) { scale = tensor [2] { 1 2 } }\noutput \"y\" = %4");
}

}  // namespace
}  // namespace lutra
