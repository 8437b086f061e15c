#pragma once

/// What the nodes of two designs are for the same random events: nodes that may be equal, or one the inverse of the other.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "lutra/flow/logic_network.h"

namespace lutra {

/// A node or its inverse.
struct NetGuess {
    LogicIndex node = 0;
    bool is_inverted = false;

    friend bool operator==(const NetGuess&, const NetGuess&) = default;
};

/// The values of all nodes of a design, for the words of events that were given.
class NetSignatures {
public:
    explicit NetSignatures(const LogicNetwork& network) : network_(&network), values_(network.nodes.size()) {}

    /// Adds 64 events; inputs[i] holds those of input i.
    void add(std::span<const std::uint64_t> inputs);
    const std::vector<std::uint64_t>& of(LogicIndex node) const { return values_[node]; }
    /// Sorts the nodes so that equals can be found; to be called after events were added.
    void index();
    /// The nodes that were what `values` are, or their inverses.
    std::vector<NetGuess> all(const std::vector<std::uint64_t>& values) const;
    /// The only one. Nothing where several were: nets that rarely change seem to be each other.
    std::optional<NetGuess> find(const std::vector<std::uint64_t>& values) const;
    /// Whether this node or its inverse was what `values` are.
    std::optional<NetGuess> match(LogicIndex node, const std::vector<std::uint64_t>& values) const;

    /// The same for some of the events: those whose bits are set.
    NetSignatures selected(const std::vector<std::uint64_t>& events) const;

private:
    const LogicNetwork* network_;
    std::vector<std::vector<std::uint64_t>> values_;  ///< per node
    std::unordered_map<std::uint64_t, std::vector<LogicIndex>> nodes_by_hash_;
};

/// The bits of words that are set in `events`, close together; the rest of the last word repeats the first.
std::vector<std::uint64_t> select_events(const std::vector<std::uint64_t>& values, const std::vector<std::uint64_t>& events);

/// Words of random events for bits of ports: even, biased, and with runs of equal bits, which make small and large numbers of every width.
std::vector<std::vector<std::uint64_t>> random_words(std::size_t num_inputs, std::size_t num_words, std::uint64_t seed);

/// One event (its bits) and 63 others that differ from it in few bits.
std::vector<std::uint64_t> words_near(const std::vector<bool>& event, std::uint64_t seed);

}  // namespace lutra
