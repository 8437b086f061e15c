#include "lutra/prove/region_check.h"

#include <algorithm>

#include "lutra/prove/region_clauses.h"

namespace lutra {

RegionCheck::RegionCheck(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved)
    : circuit_(circuit),
      spec_(spec),
      netlist_(netlist),
      proved_(proved),
      node_mark_(spec.nodes().size(), 0),
      net_mark_(netlist.nets.size(), 0),
      node_values_(spec.nodes().size(), 0),
      net_values_(netlist.nets.size(), 0) {}

Region RegionCheck::collect(Bit bit, Net net, RegionDepth depth, bool stops_at_sums) {
    ++mark_;
    Region region;
    std::vector<std::uint32_t> node_stack = {bit.node()};
    std::vector<Net> net_stack = {net};
    const auto visit_net = [&](Net n) {
        if (net_mark_[n] == mark_) {
            return;
        }
        net_mark_[n] = mark_;
        region.nets.push_back(n);
        const NetSource& source = netlist_.nets[n];
        if (proved_.bit_of(n)) {
            node_stack.push_back(proved_.bit_of(n)->node());
        } else if (source.kind == NetSource::Kind::Function) {
            net_stack.insert(net_stack.end(), source.all().begin(), source.all().end());
        } else if (source.kind == NetSource::Kind::ChainSum) {
            region.has_sums = true;
            const FlatChain& chain = netlist_.chains[source.chain];
            net_stack.push_back(chain.carry_in);
            for (std::uint32_t c = 0; c <= source.place; ++c) {
                net_stack.push_back(chain.columns[c].propagate);
                net_stack.push_back(chain.columns[c].generate);
            }
        }
    };
    const auto visit_node = [&](std::uint32_t n) {
        if (node_mark_[n] == mark_) {
            return;
        }
        node_mark_[n] = mark_;
        const SpecNode& node = spec_.nodes()[n];
        const bool is_end = depth == RegionDepth::CutPoints || (depth == RegionDepth::Sums && node.kind != SpecNode::Kind::Choice);
        const bool is_leaf = node.kind == SpecNode::Kind::Input || (proved_.is_cut(n) && is_end);
        (is_leaf ? region.leaves : region.nodes).push_back(n);
        if (!is_leaf && node.kind == SpecNode::Kind::Choice) {
            node_stack.insert(node_stack.end(), {node.selector.node(), node.if_one.node(), node.if_zero.node()});
        } else if (const auto alias = proved_.alias_of(n); !is_leaf && alias && depth != RegionDepth::Inputs) {
            node_stack.push_back(alias->node());
        } else if (!is_leaf && node.kind == SpecNode::Kind::SumBit) {
            region.has_sums = true;
            for (const auto& [term, coefficient] : spec_.sums()[node.sum].high_terms) {
                node_stack.push_back(term);
            }
        }
    };
    while ((!node_stack.empty() || !net_stack.empty()) && !(stops_at_sums && region.has_sums)) {
        if (!net_stack.empty()) {
            const Net next = net_stack.back();
            net_stack.pop_back();
            visit_net(next);
        } else {
            const std::uint32_t next = node_stack.back();
            node_stack.pop_back();
            visit_node(next);
        }
    }
    std::ranges::sort(region.leaves);
    std::ranges::sort(region.nodes);
    for (const Wire wire : whole_wires(region)) {
        region.words.push_back({spec_.word(wire), circuit_.type(wire).is_signed, circuit_.interval(wire)});
    }
    return region;
}

RegionVerdict RegionCheck::decide(const Region& region, Bit bit, Net net, int max_conflicts) {
    if (!region.has_sums && region.leaves.size() <= max_tried_leaves) {
        return try_all(region, bit, net);
    }
    return decide_by_sat(spec_, netlist_, proved_, region, bit, net, max_conflicts);
}

RegionVerdict RegionCheck::try_all(const Region& region, Bit bit, Net net) {
    // Nets were collected in no order; evaluate each when it is needed.
    std::vector<Net> order;
    ++mark_;
    const auto place = [&](auto&& self, Net n) -> void {
        if (net_mark_[n] == mark_) {
            return;
        }
        net_mark_[n] = mark_;
        if (!proved_.bit_of(n)) {
            std::ranges::for_each(netlist_.nets[n].all(), [&](Net input) { self(self, input); });
        }
        order.push_back(n);
    };
    place(place, net);
    const std::size_t num_leaves = region.leaves.size();
    const std::size_t num_words = num_leaves <= max_table_inputs ? 1 : std::size_t{1} << (num_leaves - max_table_inputs);
    const auto node_value = [&](Bit b) { return node_values_[b.node()] ^ (b.is_inverted() ? ~std::uint64_t{0} : 0); };
    for (std::size_t word = 0; word < num_words; ++word) {
        for (std::size_t i = 0; i < num_leaves; ++i) {
            node_values_[region.leaves[i]] = i < max_table_inputs ? input_tables[i] : (word >> (i - max_table_inputs) & 1) != 0 ? ~std::uint64_t{0} : 0;
        }
        for (const std::uint32_t n : region.nodes) {
            const SpecNode& node = spec_.nodes()[n];
            if (const auto alias = proved_.alias_of(n)) {
                node_values_[n] = node_value(*alias);
                continue;
            }
            const std::uint64_t selector = node_value(node.selector);
            node_values_[n] = node.kind == SpecNode::Kind::Constant ? 0 : (selector & node_value(node.if_one)) | (~selector & node_value(node.if_zero));
        }
        for (const Net n : order) {
            const NetSource& source = netlist_.nets[n];
            std::array<std::uint64_t, max_table_inputs> operands{};
            for (std::size_t i = 0; i < source.num_inputs; ++i) {
                operands[i] = net_values_[source.inputs[i]];
            }
            net_values_[n] = proved_.bit_of(n)                          ? node_value(*proved_.bit_of(n))
                             : source.kind == NetSource::Kind::Constant ? (source.table != 0 ? ~std::uint64_t{0} : 0)
                                                                        : evaluate_table(source.table, operands.data(), source.num_inputs);
        }
        std::uint64_t different = net_values_[net] ^ node_value(bit);
        different = different == 0 ? 0 : different & can_occur(region);
        if (different != 0) {
            return {RegionVerdict::Kind::Refuted, assignment(region, std::countr_zero(different))};
        }
    }
    return {RegionVerdict::Kind::Tried, {}};
}

/// Wires of leaves that have all their bits in the region: their values are known.
std::vector<Wire> RegionCheck::whole_wires(const Region& region) const {
    std::vector<Wire> wires;
    for (const std::uint32_t leaf : region.leaves) {
        wires.push_back(spec_.nodes()[leaf].wire);
    }
    std::ranges::sort(wires);
    wires.erase(std::unique(wires.begin(), wires.end()), wires.end());
    std::erase_if(wires, [&](Wire wire) {
        return std::ranges::any_of(spec_.word(wire), [&](Bit bit) {
            return !bit.is_constant() && !std::ranges::binary_search(region.leaves, bit.node()) && !std::ranges::binary_search(region.nodes, bit.node());
        });
    });
    return wires;
}

std::uint64_t RegionCheck::can_occur(const Region& region) {
    std::uint64_t result = ~std::uint64_t{0};
    for (const BoundedWord& word : region.words) {
        for (int lane = 0; lane < 64; ++lane) {
            Integer value = 0;
            for (std::size_t b = 0; b < word.bits.size(); ++b) {
                const Bit bit = word.bits[b];
                const bool is_one = ((node_values_[bit.node()] >> lane & 1) != 0) != bit.is_inverted() && !bit.is_zero();
                const Integer weight = Integer::power_of_two(static_cast<int>(b));
                value += !is_one ? Integer(0) : word.is_signed && b + 1 == word.bits.size() ? -weight : weight;
            }
            result &= word.interval.contains(value) ? ~std::uint64_t{0} : ~(std::uint64_t{1} << lane);
        }
    }
    return result;
}

std::vector<bool> RegionCheck::assignment(const Region& region, int lane) const {
    std::vector<bool> values;
    for (const std::uint32_t leaf : region.leaves) {
        values.push_back((node_values_[leaf] >> lane & 1) != 0);
    }
    return values;
}

}  // namespace lutra
