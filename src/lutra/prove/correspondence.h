#pragma once

/// Which net is which bit of the specification: the cut points between which a netlist is proved piece by piece.

#include <optional>
#include <unordered_map>
#include <vector>

#include "lutra/prove/flat_netlist.h"
#include "lutra/prove/spec_network.h"

namespace lutra {

/// What has been proved so far: a net equals a bit for all inputs. A node that some net stands for is a cut: proofs of later parts take it for a variable.
class Correspondence {
public:
    Correspondence(std::size_t num_nets, const SpecNetwork& spec) : bits_(num_nets), is_cut_(spec.nodes().size(), false) {
        for (std::size_t n = 0; n < spec.nodes().size(); ++n) {
            is_cut_[n] = spec.nodes()[n].kind == SpecNode::Kind::Input;
        }
    }

    std::optional<Bit> bit_of(Net net) const { return bits_[net]; }
    bool is_cut(std::uint32_t node) const { return is_cut_[node]; }
    /// How much has been proved: grows with every net.
    std::uint64_t count() const { return count_; }
    void add_proved(Net net, Bit bit) {
        ++count_;
        bits_[net] = bit;
        is_cut_[bit.node()] = !bit.is_constant() && !aliases_.contains(bit.node());
    }
    /// A bit of a sum that was found to be a bit of an earlier node.
    void add_alias(std::uint32_t node, Bit bit) {
        ++count_;
        aliases_.try_emplace(node, bit);
    }
    std::optional<Bit> alias_of(std::uint32_t node) const {
        const auto found = aliases_.find(node);
        return found == aliases_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::vector<std::optional<Bit>> bits_;
    std::vector<bool> is_cut_;
    std::unordered_map<std::uint32_t, Bit> aliases_;
    std::uint64_t count_ = 0;
};

}  // namespace lutra
