#pragma once

/// Proves that a netlist of cells computes a circuit, for all inputs within their intervals.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/circuit/circuit.h"
#include "lutra/netlist/cell_netlist.h"
#include "lutra/prove/sum_certificate.h"

namespace lutra {

/// How much was proved, and how.
struct ProofCounts {
    std::int64_t sums = 0;            ///< by exact linear forms
    std::int64_t tried = 0;           ///< bits, over all values of what they depend on
    std::int64_t by_sat = 0;          ///< bits
    std::int64_t largest_region = 0;  ///< inputs of the largest region that SAT decided
    std::int64_t outputs = 0;         ///< bits of the outputs that are proved
    std::int64_t all_outputs = 0;
};

/// Inputs for which the sides differ, confirmed by evaluating both.
struct Counterexample {
    std::vector<Integer> inputs;  ///< raw values of the elements of the input ports
    std::size_t output = 0;       ///< element of the output ports that differs
    Integer expected;             ///< its raw value
    Integer found;
};

struct NetlistProof {
    ProofCounts counts;
    std::map<std::string, ProofCounts> layers;  ///< by the origin in the circuit; `outputs` stay 0
    int latency = 0;                            ///< registers from the inputs to the outputs
    std::string problem;                        ///< why it is not proved; empty when it is
    std::string layer;                          ///< the first layer, in the circuit, that is not proved
    std::optional<Counterexample> counterexample;
    SumCertificate sums;      ///< how sums were proved
    std::vector<Net> chains;  ///< that it speaks of, by the net of their first sum bit

    bool is_proved() const { return problem.empty(); }
};

struct ProofOptions {
    int region_conflicts = 5'000;                                    ///< SAT gives up on a region after so many
    int search_conflicts = 15'000;                                   ///< and on the search for a counterexample
    int num_words = 16;                                              ///< of 64 random events each, by which cut points are guessed
    std::chrono::milliseconds time_limit = std::chrono::minutes(2);  ///< after which the rest counts as not proved; a part that has begun is ended
    Progress progress{};
};

/// Inputs and outputs of the netlist are the bits of the elements of the circuit's ports, in order, lowest bit first. Registers of either side are taken for
/// wires, those of the netlist once they are found to be balanced.
NetlistProof prove_netlist(const CellNetlist& netlist, const Circuit& circuit, const ProofOptions& options = {});

}  // namespace lutra
