#pragma once

/// Which net is which bit of the specification: the cut points between which a netlist is proved piece by piece.

#include <optional>
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
    void add_proved(Net net, Bit bit) {
        bits_[net] = bit;
        is_cut_[bit.node()] = !bit.is_constant();
    }

private:
    std::vector<std::optional<Bit>> bits_;
    std::vector<bool> is_cut_;
};

}  // namespace lutra
