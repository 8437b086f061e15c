#include "lutra/prove/prove_netlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/prove/guesses.h"
#include "lutra/prove/region_check.h"
#include "lutra/prove/sum_check.h"

namespace lutra {

namespace {

class NetlistProver {
public:
    NetlistProver(const FlatNetlist& netlist, const Circuit& circuit, SpecNetwork spec, const ProofOptions& options)
        : netlist_(netlist),
          circuit_(circuit),
          options_(options),
          spec_(std::move(spec)),
          guesses_(circuit, spec_, netlist, static_cast<std::size_t>(options.num_words)),
          proved_(netlist.nets.size(), spec_),
          sums_(circuit, spec_, netlist, proved_, deadline_),
          regions_(circuit, spec_, netlist, proved_) {}

    NetlistProof run() {
        proof_.latency = netlist_.latency;
        proof_.counts.all_outputs = static_cast<std::int64_t>(spec_.outputs().size());
        for (std::size_t i = 0; i < netlist_.inputs.size(); ++i) {
            proved_.add_proved(netlist_.inputs[i], spec_.inputs()[i]);
        }
        find_cuts();
        proved_.add_proved(0, Bit::constant(false));
        proved_.add_proved(1, Bit::constant(true));
        for (std::uint32_t n = 1; n < spec_.nodes().size() && !is_late(); ++n) {
            if (options_.progress) {
                options_.progress({"proving", n, spec_.nodes().size()});
            }
            const SpecNode& node = spec_.nodes()[n];
            if (node.kind == SpecNode::Kind::SumBit && node.place == 0) {
                prove_sum(spec_.sums()[node.sum]);
            } else if (node.kind == SpecNode::Kind::Choice) {
                prove_choice(n);
            }
        }
        has_difference_ = guesses_.find_difference().has_value();
        for (std::size_t i = 0; i < spec_.outputs().size(); ++i) {
            prove_output(i);
        }
        if (const auto difference = proof_.counterexample ? std::nullopt : guesses_.find_difference()) {
            confirm(guesses_.event(difference->event));
        }
        if (proof_.counts.outputs < proof_.counts.all_outputs) {
            proof_.problem = proof_.counterexample ? "the netlist differs from the circuit" : is_late() ? "not proved (time limit)" : "not proved (limit)";
        }
        proof_.sums = std::move(sums_.certificate());
        std::ranges::transform(netlist_.chains, std::back_inserter(proof_.chains), [](const FlatChain& chain) { return chain.columns[0].sum; });
        return std::move(proof_);
    }

private:
    bool is_late() const { return std::chrono::steady_clock::now() > deadline_; }

    /// Functions may become cut points, unless only carries of chains read them: those are copies of what the column's own LUT holds.
    void find_cuts() {
        can_be_cut_.assign(netlist_.nets.size(), false);
        for (const NetSource& source : netlist_.nets) {
            std::ranges::for_each(source.all(), [&](Net net) { can_be_cut_[net] = true; });
        }
        for (const FlatChain& chain : netlist_.chains) {
            for (const FlatColumn& column : chain.columns) {
                can_be_cut_[column.propagate] = true;
            }
            can_be_cut_[chain.carry_in] = true;
        }
        for (const Net net : netlist_.outputs) {
            can_be_cut_[net] = true;
        }
        for (Net net = 0; net < netlist_.nets.size(); ++net) {
            can_be_cut_[net] = can_be_cut_[net] && netlist_.nets[net].kind == NetSource::Kind::Function;
        }
    }

    ProofCounts& layer_of(Wire wire) { return proof_.layers[std::string(circuit_.origin(wire))]; }

    /// Every chain that seems to be the sum is tried: it may have been made more than once.
    void prove_sum(const SpecSum& sum) {
        constexpr std::size_t max_candidates = 4;
        const BitWord& word = spec_.word(sum.wire);
        std::vector<Guesses::ChainPlace> places = guesses_.chains_of_sum(sum, word);
        places.resize(std::min(places.size(), max_candidates));
        bool is_proved = false;
        for (const Guesses::ChainPlace& place : places) {
            const auto proof = sums_.prove(sum, place.chain, place.offset);
            if (!proof) {
                continue;
            }
            is_proved = true;
            for (const ProvedAlias& alias : proof->aliases) {
                if (!proved_.is_cut(alias.node)) {
                    proved_.add_alias(alias.node, alias.bit);
                }
            }
            for (const ProvedBit& proved : proof->bits) {
                const auto known = proved_.bit_of(proved.net);
                if (!known) {
                    proved_.add_proved(proved.net, proved.bit);
                } else if (proved.bit.node() >= sum.first_node && !proved_.is_cut(proved.bit.node())) {  // equal to a bit that was proved before
                    proved_.add_alias(proved.bit.node(), known->inverted_if(proved.bit.is_inverted()));
                }
            }
        }
        proof_.counts.sums += is_proved ? 1 : 0;
        layer_of(sum.wire).sums += is_proved ? 1 : 0;
    }

    void count_region(Wire wire, const RegionVerdict& verdict, const Region& region) {
        const bool is_tried = verdict.kind == RegionVerdict::Kind::Tried;
        for (ProofCounts* counts : {&proof_.counts, &layer_of(wire)}) {
            ++(is_tried ? counts->tried : counts->by_sat);
            if (!is_tried) {
                counts->largest_region = std::max(counts->largest_region, static_cast<std::int64_t>(region.leaves.size()));
            }
        }
    }

    /// Nets that seem to be the choice become cut points when it is so.
    void prove_choice(std::uint32_t n) {
        if (sums_.local().support_of_node(n) != nullptr) {
            return;
        }
        constexpr std::size_t max_candidates = 4;
        std::size_t num_tried = 0;
        for (const Net net : guesses_.nets_like(Bit::of(n))) {
            if (!proved_.bit_of(net) && can_be_cut_[net] && num_tried++ < max_candidates) {
                prove_pair(Bit::of(n), net);
            }
        }
        for (const Net net : guesses_.nets_like(Bit::of(n, true))) {
            if (!proved_.bit_of(net) && can_be_cut_[net] && num_tried++ < max_candidates) {
                prove_pair(Bit::of(n, true), net);
            }
        }
    }

    void prove_pair(Bit bit, Net net) {
        constexpr int max_hard_pairs = 8;  // after so many guesses that were beyond the limit others get less of it
        constexpr int hurry = 50;
        for (const RegionDepth depth : {RegionDepth::CutPoints, RegionDepth::Sums}) {
            const Region region = regions_.collect(bit, net, depth, true);
            if (region.has_sums) {
                return;
            }
            const RegionVerdict verdict =
                regions_.decide(region, bit, net, num_hard_pairs_ < max_hard_pairs ? options_.region_conflicts : options_.region_conflicts / hurry);
            num_hard_pairs_ += verdict.kind == RegionVerdict::Kind::GaveUp ? 1 : 0;
            if (verdict.is_equal()) {
                count_region(spec_.nodes()[bit.node()].wire, verdict, region);
                proved_.add_proved(net, bit);
                return;
            }
        }
    }

    /// What registers and buffers pass on.
    Net driver_of(Net net) const {
        while (!proved_.bit_of(net) && netlist_.nets[net].kind == NetSource::Kind::Function && netlist_.nets[net].num_inputs == 1 &&
               netlist_.nets[net].table == input_tables[0]) {
            net = netlist_.nets[net].inputs[0];
        }
        return net;
    }

    /// Regions with a sum that was not proved are too hard for SAT as a rule, and of no use in a netlist that differs.
    bool is_promising(const Region& region) const {
        constexpr int max_given_up = 4;
        return !region.has_sums || (num_given_up_ < max_given_up && !has_difference_);
    }

    void prove_output(std::size_t i) {
        const Bit bit = spec_.outputs()[i];
        const Net net = driver_of(netlist_.outputs[i]);
        if (proved_.bit_of(net) == bit) {
            ++proof_.counts.outputs;
            return;
        }
        if (sums_.local_equal(bit, net)) {
            ++proof_.counts.tried;
            ++layer_of(spec_.output_wires()[i]).tried;
            ++proof_.counts.outputs;
            return;
        }
        for (const RegionDepth depth : {RegionDepth::CutPoints, RegionDepth::Sums}) {
            const Region region = regions_.collect(bit, net, depth);
            if (is_late() || !is_promising(region)) {
                continue;
            }
            const RegionVerdict verdict = regions_.decide(region, bit, net, options_.region_conflicts);
            if (verdict.is_equal()) {
                count_region(spec_.output_wires()[i], verdict, region);
                ++proof_.counts.outputs;
                return;
            }
            num_given_up_ += verdict.kind == RegionVerdict::Kind::GaveUp ? 1 : 0;
        }
        if (proof_.layer.empty()) {
            proof_.layer = circuit_.origin(first_unproved(bit));
        }
        if (!has_searched_ && !has_difference_ && !is_late()) {
            has_searched_ = true;
            search_counterexample(i);
        }
    }

    /// From the inputs on: the answer is final, if there is one.
    void search_counterexample(std::size_t i) {
        const Bit bit = spec_.outputs()[i];
        const Region region = regions_.collect(bit, netlist_.outputs[i], RegionDepth::Inputs);
        constexpr std::size_t usual_size = 5'000;  // conflicts of larger regions take longer
        const std::size_t size = std::max(region.nodes.size() + region.nets.size(), usual_size);
        const auto conflicts = static_cast<int>(static_cast<std::size_t>(options_.search_conflicts) * usual_size / size);
        const RegionVerdict verdict = regions_.decide(region, bit, netlist_.outputs[i], conflicts);
        if (verdict.is_equal()) {
            count_region(spec_.output_wires()[i], verdict, region);
            ++proof_.counts.outputs;
            return;
        }
        if (verdict.kind == RegionVerdict::Kind::GaveUp) {
            return;
        }
        std::vector<bool> bits(spec_.nodes().size(), false);
        for (std::size_t leaf = 0; leaf < region.leaves.size(); ++leaf) {
            bits[region.leaves[leaf]] = verdict.leaf_values[leaf];
        }
        std::vector<Integer> inputs;
        std::size_t next = 0;
        for (const Wire wire : flat_wires(circuit_.inputs())) {
            Integer value = 0;
            for (int b = 0; b < circuit_.type(wire).width; ++b, ++next) {
                const Bit input = spec_.inputs()[next];
                const bool is_one = bits[input.node()] != input.is_inverted();
                value += is_one ? Integer::power_of_two(b) : Integer(0);
            }
            value = circuit_.type(wire).is_signed ? value.low_bits_signed(circuit_.type(wire).width) : value;
            inputs.push_back(std::clamp(value, circuit_.interval(wire).low, circuit_.interval(wire).high));
        }
        confirm(inputs);
    }

    /// Evaluates both sides, the circuit by its own yardstick.
    void confirm(std::span<const Integer> inputs) {
        std::vector<std::uint64_t> bits;
        const std::vector<Wire> wires = flat_wires(circuit_.inputs());
        for (std::size_t i = 0; i < wires.size(); ++i) {
            for (int b = 0; b < circuit_.type(wires[i]).width; ++b) {
                bits.push_back(inputs[i].bit(b) ? 1 : 0);
            }
        }
        const std::vector<std::uint64_t> values = evaluate_nets(netlist_, bits, 1);
        const std::vector<Integer> expected = evaluate_scalar(circuit_, inputs);
        std::size_t next = 0;
        const std::vector<Wire> outputs = flat_wires(circuit_.outputs());
        for (std::size_t o = 0; o < outputs.size(); ++o) {
            const FixedPointType& type = circuit_.type(outputs[o]);
            Integer found = 0;
            for (int b = 0; b < type.width; ++b) {
                found += (values[netlist_.outputs[next++]] & 1) != 0 ? Integer::power_of_two(b) : Integer(0);
            }
            found = type.is_signed ? found.low_bits_signed(type.width) : found;
            if (found != expected[o]) {
                proof_.counterexample = Counterexample{{inputs.begin(), inputs.end()}, o, expected[o], found};
                return;
            }
        }
    }

    /// Behind an output that is not proved, the first part all of whose operands are proved.
    Wire first_unproved(Bit output) const {
        std::uint32_t n = output.node();
        while (true) {
            const SpecNode& node = spec_.nodes()[n];
            std::vector<std::uint32_t> operands;
            if (node.kind == SpecNode::Kind::Choice) {
                operands = {node.selector.node(), node.if_one.node(), node.if_zero.node()};
            } else if (node.kind == SpecNode::Kind::SumBit) {
                for (const auto& [term, coefficient] : spec_.sums()[node.sum].high_terms) {
                    operands.push_back(term);
                }
            }
            const auto open = std::ranges::find_if(operands, [&](std::uint32_t operand) { return leads_to_open_sum(operand); });
            if (open == operands.end()) {
                return node.wire;
            }
            n = *open;
        }
    }

    /// Whether a sum that is not proved stands behind the node, before any cut.
    bool leads_to_open_sum(std::uint32_t root) const {
        std::vector<std::uint32_t> stack = {root};
        std::set<std::uint32_t> seen;
        while (!stack.empty()) {
            const std::uint32_t n = stack.back();
            stack.pop_back();
            const SpecNode& node = spec_.nodes()[n];
            if (proved_.is_cut(n) || !seen.insert(n).second) {
                continue;
            }
            if (node.kind == SpecNode::Kind::SumBit) {
                return true;
            }
            if (node.kind == SpecNode::Kind::Choice) {
                stack.insert(stack.end(), {node.selector.node(), node.if_one.node(), node.if_zero.node()});
            }
        }
        return false;
    }

    const FlatNetlist& netlist_;
    const Circuit& circuit_;
    ProofOptions options_;
    ChainValues::Deadline deadline_ = std::chrono::steady_clock::now() + options_.time_limit;
    SpecNetwork spec_;
    Guesses guesses_;
    Correspondence proved_;
    std::vector<bool> can_be_cut_;
    SumCheck sums_;
    RegionCheck regions_;
    NetlistProof proof_;
    bool has_searched_ = false;
    bool has_difference_ = false;  ///< in a random event
    int num_given_up_ = 0;
    int num_hard_pairs_ = 0;
};

}  // namespace

NetlistProof prove_netlist(const CellNetlist& netlist, const Circuit& circuit, const ProofOptions& options) {
    NetlistProof proof;
    const auto flat = flatten(netlist);
    if (!flat) {
        proof.problem = flat.error();
        return proof;
    }
    SpecNetwork spec = SpecNetwork::of(circuit);
    if (flat->inputs.size() != spec.inputs().size() || flat->outputs.size() != spec.outputs().size()) {
        proof.problem = fmt::format("the netlist has {} input and {} output bits, the circuit {} and {}", flat->inputs.size(), flat->outputs.size(),
                                    spec.inputs().size(), spec.outputs().size());
        return proof;
    }
    return NetlistProver(*flat, circuit, std::move(spec), options).run();
}

}  // namespace lutra
