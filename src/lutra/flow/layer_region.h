#pragma once

/// The part of two designs that one comparison is about: some nets of both, as functions of pairs of nets that stand for free inputs.

#include <functional>
#include <map>
#include <optional>
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

/// How a region that is compared takes a pair of nets.
enum class PairUse : std::uint8_t {
    None,  ///< as any other nets
    Free,  ///< one free input of both sides
    Same,  ///< the net of the netlist, with all that it depends on, on both sides
};

/// One comparison. Input k of the designs is called i and k, a net of the netlist that is free v and its number, output k o and k.
class LayerRegion {
public:
    /// Compares the pairs `checks` (numbers in `pairs`). `use` says what is assumed of the others. Pairs that share a free net of the netlist are one input.
    /// Both references have to outlive the region.
    LayerRegion(const DesignPair& designs, const std::vector<NetPair>& pairs, std::vector<std::size_t> checks, const std::function<PairUse(std::size_t)>& use);

    const std::vector<std::size_t>& checks() const { return checks_; }
    /// The pairs whose equality is assumed: the Verilog's nets were replaced by the netlist's.
    const std::vector<std::size_t>& cuts() const { return cuts_; }
    /// True when no pair is free, so that inputs for which it differs are inputs of the designs for which a check or an assumed pair differs.
    bool is_from_inputs() const { return is_from_inputs_; }

    std::string gold_blif() const;
    std::string gate_blif() const;

    /// Which of the checks differ for these values of the inputs (those that are not named are 0) or for 63 others near them.
    std::vector<std::size_t> differences(const CecVerdict& verdict) const;
    /// Which of the checks differ for `num_words` times 64 random values of the inputs.
    std::vector<std::size_t> random_differences(std::size_t num_words) const;

private:
    /// The values of the inputs for 64 events, by their names.
    using InputWords = std::map<std::string_view, std::uint64_t>;

    /// A node that is an input of the region, or its inverse, or what a net of the netlist is.
    struct Leaf {
        LogicIndex node = 0;
        std::string name = {};
        bool is_inverted = false;
        std::optional<LogicIndex> gate = {};
    };
    struct Side {
        const LogicNetwork* network = nullptr;
        char prefix = 'n';  ///< of the names of its nodes
        std::vector<Leaf> leaves;
        std::vector<LogicIndex> inner;  ///< ascending
        std::vector<NetGuess> outputs;
    };

    void collect(Side& side, std::vector<LogicIndex> roots, const std::vector<const Leaf*>& leaf_of_node);
    std::string header() const;
    static std::string body(const Side& side);
    static std::string outputs(const Side& side);
    static void evaluate(const Side& side, const InputWords& words, const std::vector<std::uint64_t>& gate_values, std::vector<std::uint64_t>& values);
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
