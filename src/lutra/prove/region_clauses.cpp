#include "lutra/prove/region_clauses.h"

#include <algorithm>
#include <unordered_map>

#include "lutra/prove/sat.h"

namespace lutra {

namespace {

class ClauseWriter {
public:
    ClauseWriter(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, const Region& region)
        : spec_(spec), netlist_(netlist), proved_(proved) {
        one_ = solver_.new_variable();
        solver_.add_clause({one_});
        nodes_[0] = -one_;
        for (const std::uint32_t leaf : region.leaves) {
            nodes_[leaf] = solver_.new_variable();
        }
        for (const std::uint32_t node : region.nodes) {
            write_node(node);
        }
        for (const BoundedWord& word : region.words) {
            write_bounds(word);
        }
        std::vector<bool> is_in_region(netlist.nets.size(), false);
        for (const Net net : region.nets) {
            is_in_region[net] = true;
        }
        for (const Net net : netlist.order) {
            write_net(net, is_in_region);
        }
    }

    RegionVerdict decide(const Region& region, Bit bit, Net net, int max_conflicts) {
        solver_.add_clause({literal(bit), nets_.at(net)});
        solver_.add_clause({-literal(bit), -nets_.at(net)});
        switch (solver_.solve(max_conflicts)) {
            case SatSolver::Answer::Unsatisfied: return {RegionVerdict::Kind::Proved, {}};
            case SatSolver::Answer::GaveUp: return {RegionVerdict::Kind::GaveUp, {}};
            case SatSolver::Answer::Satisfied: break;
        }
        RegionVerdict verdict{RegionVerdict::Kind::Satisfied, {}};
        for (const std::uint32_t leaf : region.leaves) {
            verdict.leaf_values.push_back(solver_.value(nodes_.at(leaf)));
        }
        return verdict;
    }

private:
    int literal(Bit bit) const { return bit.is_inverted() ? -nodes_.at(bit.node()) : nodes_.at(bit.node()); }

    int table(std::span<const int> inputs, std::uint64_t entries) {
        const int output = solver_.new_variable();
        std::vector<int> clause;
        for (std::size_t a = 0; a < std::size_t{1} << inputs.size(); ++a) {
            clause.clear();
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                clause.push_back((a >> i & 1) != 0 ? -inputs[i] : inputs[i]);
            }
            clause.push_back((entries >> a & 1) != 0 ? output : -output);
            solver_.add_clause(clause);
        }
        return output;
    }

    int choice(int selector, int if_one, int if_zero) {
        const std::array inputs = {if_zero, if_one, selector};
        return table(inputs, 0xCA);
    }

    /// Where the bits above are those of a bound, or beyond, a bit cannot go past it. The order of two's complement is that of its bits with the sign inverted.
    void write_bounds(const BoundedWord& word) {
        const auto width = static_cast<int>(word.bits.size());
        const Integer half = word.is_signed && width > 0 ? Integer::power_of_two(width - 1) : Integer(0);
        const Integer low = word.interval.low + half;
        const Integer high = word.interval.high + half;
        std::vector<int> below;  // one of the bits above is 0 where that of the upper bound is 1
        std::vector<int> above;  // one of the bits above is 1 where that of the lower bound is 0
        for (int i = width; i-- > 0;) {
            const int bit = literal(word.bits[static_cast<std::size_t>(i)].inverted_if(word.is_signed && i + 1 == width));
            below.push_back(-bit);
            above.push_back(bit);
            if (!high.bit(i)) {
                solver_.add_clause(below);
                below.pop_back();
            }
            if (low.bit(i)) {
                solver_.add_clause(above);
                above.pop_back();
            }
        }
    }

    void write_node(std::uint32_t n) {
        const SpecNode& node = spec_.nodes()[n];
        if (const auto alias = proved_.alias_of(n); alias && nodes_.contains(alias->node())) {
            nodes_[n] = literal(*alias);
        } else if (node.kind == SpecNode::Kind::Choice) {
            nodes_[n] = choice(literal(node.selector), literal(node.if_one), literal(node.if_zero));
        } else if (node.kind == SpecNode::Kind::SumBit && !nodes_.contains(n)) {
            write_sum(spec_.sums()[node.sum]);
        }
    }

    /// Full adders, the terms one after the other.
    void write_sum(const SpecSum& sum) {
        std::vector<int> total;
        Integer constant = sum.high_constant;
        for (const auto& [node, coefficient] : sum.high_terms) {
            constant += coefficient.sign() < 0 ? coefficient : Integer(0);
        }
        for (int i = 0; i < sum.num_bits; ++i) {
            total.push_back(constant.bit(i) ? one_ : -one_);
        }
        for (const auto& [node, coefficient] : sum.high_terms) {
            const bool is_negative = coefficient.sign() < 0;
            for (int place = 0; place < sum.num_bits; ++place) {
                if (coefficient.abs().bit(place)) {
                    add(total, place, is_negative ? -nodes_.at(node) : nodes_.at(node));
                }
            }
        }
        for (int i = 0; i < sum.num_bits; ++i) {
            const auto n = sum.first_node + static_cast<std::uint32_t>(i);
            const auto [place, is_new] = nodes_.try_emplace(n, total[static_cast<std::size_t>(i)]);
            if (!is_new) {  // a leaf
                solver_.add_clause({-place->second, total[static_cast<std::size_t>(i)]});
                solver_.add_clause({place->second, -total[static_cast<std::size_t>(i)]});
            }
        }
    }

    void add(std::vector<int>& total, int place, int carry) {
        for (auto i = static_cast<std::size_t>(place); i < total.size(); ++i) {
            const std::array inputs = {total[i], carry};
            const int next = table(inputs, 0x8);
            total[i] = table(inputs, 0x6);
            carry = next;
        }
    }

    void write_net(Net net, const std::vector<bool>& is_in_region) {
        const NetSource& source = netlist_.nets[net];
        if (source.kind == NetSource::Kind::ChainSum) {
            write_chain(netlist_.chains[source.chain], is_in_region);
            return;
        }
        if (!is_in_region[net]) {
            return;
        }
        const auto known = proved_.bit_of(net);
        if (known && nodes_.contains(known->node())) {
            nets_[net] = literal(*known);
        } else if (source.kind == NetSource::Kind::Constant) {
            nets_[net] = source.table != 0 ? one_ : -one_;
        } else if (source.kind == NetSource::Kind::Function) {
            std::vector<int> inputs;
            std::ranges::transform(source.all(), std::back_inserter(inputs), [&](Net input) { return nets_.at(input); });
            nets_[net] = table(inputs, source.table);
        }
    }

    void write_chain(const FlatChain& chain, const std::vector<bool>& is_in_region) {
        const auto is_open = [&](Net sum) { return is_in_region[sum] && !(proved_.bit_of(sum) && nodes_.contains(proved_.bit_of(sum)->node())); };
        std::size_t end = 0;
        for (std::size_t c = 0; c < chain.columns.size(); ++c) {
            const Net sum = chain.columns[c].sum;
            if (is_open(sum)) {
                end = c + 1;
            } else if (is_in_region[sum]) {
                nets_[sum] = literal(*proved_.bit_of(sum));
            }
        }
        int carry = end > 0 ? nets_.at(chain.carry_in) : 0;
        for (std::size_t c = 0; c < end; ++c) {
            const FlatColumn& column = chain.columns[c];
            const std::array inputs = {nets_.at(column.propagate), carry};
            if (is_open(column.sum)) {
                nets_[column.sum] = table(inputs, 0x6);
            }
            carry = choice(inputs[0], carry, nets_.at(column.generate));
        }
    }

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    SatSolver solver_;
    int one_ = 0;
    std::unordered_map<std::uint32_t, int> nodes_;
    std::unordered_map<Net, int> nets_;
};

}  // namespace

RegionVerdict decide_by_sat(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, const Region& region, Bit bit, Net net,
                            int max_conflicts) {
    return ClauseWriter(spec, netlist, proved, region).decide(region, bit, net, max_conflicts);
}

}  // namespace lutra
