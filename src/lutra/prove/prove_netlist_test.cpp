#include "lutra/prove/prove_netlist.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

TEST(ProveNetlist, ProvesAnAdderOfTwoBits) {
    CircuitBuilder builder;
    const Wire x = builder.input({false, 1, 0});
    const Wire y = builder.input({false, 1, 0});
    builder.add_input({"x", {2}, {x, y}});
    builder.add_output({"s", {1}, {builder.add(x, y)}});
    CellNetlist netlist{.num_nets = 6, .inputs = {2, 3}, .outputs = {4, 5}, .luts = {}, .muxes = {}, .chains = {}, .registers = {}, .origins = {""}};
    CellInputs both{{2, 3}, 2};
    netlist.luts.push_back({.inputs = both, .table = repeated_table(0x6, 2), .output = 4});
    netlist.luts.push_back({.inputs = both, .table = repeated_table(0x8, 2), .output = 5});
    const NetlistProof proof = prove_netlist(netlist, builder.finish());
    EXPECT_TRUE(proof.is_proved()) << proof.problem;
}

}  // namespace
}  // namespace lutra
