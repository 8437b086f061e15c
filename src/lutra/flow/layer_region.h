#pragma once

/// The part of two designs that one comparison is about: some nets of both, as functions of pairs of nets that stand for free inputs.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lutra/flow/abc_cec.h"
#include "lutra/flow/net_signatures.h"

namespace lutra {

/// A net of the Verilog and what it seems to be in the netlist.
struct NetPair {
    LogicIndex gold = 0;  ///< in the Verilog
    NetGuess gate;        ///< in the netlist
};

/// Two designs with the same inputs in the same order.
struct DesignPair {
    LogicNetwork gold;  ///< the Verilog
    LogicNetwork gate;  ///< the netlist
};

/// One comparison. Input k of the designs is called i and k, a net of the netlist that is free v and its number, output k o and k.
class LayerRegion {
public:
    /// Compares the pairs `checks` (numbers in `pairs`). Pairs for which `is_cut` holds are free inputs; of several with the same net of the netlist, all are
    /// that input. Both references have to outlive the region.
    LayerRegion(const DesignPair& designs, const std::vector<NetPair>& pairs, std::vector<std::size_t> checks, const std::function<bool(std::size_t)>& is_cut);

    const std::vector<std::size_t>& checks() const { return checks_; }
    /// The pairs whose equality is assumed: the Verilog's nets were replaced by the netlist's.
    const std::vector<std::size_t>& cuts() const { return cuts_; }
    /// True when nothing is assumed and all inputs are those of the designs, so that inputs for which it differs are inputs of the designs.
    bool is_from_inputs() const { return is_from_inputs_ && cuts_.empty(); }

    std::string gold_blif() const { return blif(gold_); }
    std::string gate_blif() const { return blif(gate_); }

    /// Which of the checks differ for these values of the inputs (those that are not named are 0) or for 63 others near them.
    std::vector<std::size_t> differences(const CecVerdict& verdict) const;
    /// Which of the checks differ for `num_words` times 64 random values of the inputs.
    std::vector<std::size_t> random_differences(std::size_t num_words) const;

private:
    /// The values of the inputs for 64 events, by their names.
    using InputWords = std::map<std::string_view, std::uint64_t>;

    /// A node that is an input of the region, or its inverse.
    struct Leaf {
        LogicIndex node = 0;
        std::string name;
        bool is_inverted = false;
    };
    struct Side {
        const LogicNetwork* network = nullptr;
        std::vector<Leaf> leaves;
        std::vector<LogicIndex> inner;  ///< ascending
        std::vector<NetGuess> outputs;
    };

    void collect(Side& side, const std::vector<const Leaf*>& leaf_of_node);
    std::string blif(const Side& side) const;
    static std::vector<std::uint64_t> evaluate(const Side& side, const InputWords& words);
    void add_differences(const InputWords& words, std::vector<bool>& differs) const;
    std::vector<std::size_t> checks_where(const std::vector<bool>& differs) const;

    std::vector<std::size_t> checks_;
    std::vector<std::size_t> cuts_;
    bool is_from_inputs_ = true;
    std::set<std::string> inputs_;
    Side gold_;
    Side gate_;
};

}  // namespace lutra
