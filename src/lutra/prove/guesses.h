#pragma once

/// Guesses which nets are which bits of the specification, from the values of both for random events. Guesses are only that: each is proved.

#include <span>
#include <vector>

#include "lutra/prove/flat_netlist.h"
#include "lutra/prove/spec_network.h"

namespace lutra {

class Guesses {
public:
    /// Runs `num_words` * 64 random events through both.
    Guesses(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, std::size_t num_words);

    /// Nets that had the value of the bit in every event, in the order of computation.
    std::vector<Net> nets_like(Bit bit) const;
    bool is_like(Net net, Bit bit) const;
    /// Chains whose bits seem to be those of a sum's word from some place on: the most likely first.
    struct ChainPlace {
        std::uint32_t chain = 0;
        int offset = 0;
    };
    std::vector<ChainPlace> chains_of_sum(const SpecSum& sum, const BitWord& word) const;
    /// An event for which an output differs, and which output bit; nothing when there was none.
    struct Difference {
        std::size_t event = 0;
        std::size_t output = 0;
    };
    std::optional<Difference> find_difference() const;
    /// Raw inputs of an event.
    std::span<const Integer> event(std::size_t number) const;

private:
    /// A net by the hash of its values: one that starts with 1 by that of its inverse.
    struct NetOfValue {
        std::uint64_t hash = 0;
        Net net = 0;
    };

    std::uint64_t hash_of(const std::uint64_t* words) const;

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    std::size_t num_words_;
    std::vector<Integer> events_;
    std::size_t inputs_per_event_ = 0;
    std::vector<std::uint64_t> node_values_;
    std::vector<std::uint64_t> net_values_;
    std::vector<NetOfValue> nets_by_value_;  ///< by their hashes, in the order of computation where those are equal
};

}  // namespace lutra
