#include "lutra/map/pair_luts.h"

#include <algorithm>
#include <map>
#include <set>

namespace lutra {

namespace {

constexpr int max_pair_inputs = 5;

int num_joint_inputs(const CellInputs& a, const CellInputs& b) {
    int num_inputs = a.num_inputs;
    for (const Net net : b.all()) {
        num_inputs += a.contains(net) ? 0 : 1;
    }
    return num_inputs;
}

/// The table of a LUT over more inputs.
std::uint64_t over_inputs(const LutCell& lut, CellInputs& inputs) {
    std::array<std::uint64_t, max_table_inputs> operands{};
    for (int i = 0; i < lut.inputs.num_inputs; ++i) {
        operands[static_cast<std::size_t>(i)] = input_tables[static_cast<std::size_t>(inputs.place_of(lut.inputs.nets[static_cast<std::size_t>(i)]))];
    }
    return evaluate_table(lut.table, operands.data(), lut.inputs.num_inputs);
}

void join(LutCell& lut, const LutCell& other) {
    CellInputs inputs = lut.inputs;
    lut.second_table = over_inputs(other, inputs);
    lut.second_output = other.output;
    lut.inputs = inputs;
}

/// LUTs that wait for a partner, found by an input that they share or, for want of one, by their number of inputs.
class Waiting {
public:
    Waiting(const std::vector<LutCell>& luts, const std::vector<int>& levels) : luts_(luts), levels_(levels) {}

    void add(std::uint32_t index) {
        for (const Net net : luts_[index].inputs.all()) {
            by_input_[net].insert(index);
        }
        by_size_[size_key(index)].insert(index);
    }

    void remove(std::uint32_t index) {
        for (const Net net : luts_[index].inputs.all()) {
            by_input_[net].erase(index);
        }
        by_size_[size_key(index)].erase(index);
    }

    /// The LUT with the most inputs that fits beside this one; of those, the one that shares the most.
    std::uint32_t find_partner(std::uint32_t index) {
        const CellInputs& inputs = luts_[index].inputs;
        std::uint32_t best = none;
        std::pair<int, int> best_rank = {-1, 0};
        for (const Net net : inputs.all()) {
            std::size_t num_tried = 0;
            for (const std::uint32_t other : by_input_[net]) {
                const int joint = num_joint_inputs(inputs, luts_[other].inputs);
                const std::pair rank = {luts_[other].inputs.num_inputs, -joint};
                if (other != index && level_of(other) == level_of(index) && joint <= max_pair_inputs && rank > best_rank) {
                    best_rank = rank;
                    best = other;
                }
                if (++num_tried == max_tried) {
                    break;
                }
            }
        }
        if (best != none) {
            return best;
        }
        for (int size = max_pair_inputs - inputs.num_inputs; size > 0; --size) {
            for (const std::uint32_t other : by_size_[{level_of(index), size}]) {
                if (other != index) {
                    return other;
                }
            }
        }
        return none;
    }

    static constexpr std::uint32_t none = ~0U;

private:
    static constexpr std::size_t max_tried = 200;

    int level_of(std::uint32_t index) const { return levels_[luts_[index].output]; }
    std::pair<int, int> size_key(std::uint32_t index) const { return {level_of(index), luts_[index].inputs.num_inputs}; }

    const std::vector<LutCell>& luts_;
    const std::vector<int>& levels_;
    std::map<Net, std::set<std::uint32_t>> by_input_;
    std::map<std::pair<int, int>, std::set<std::uint32_t>> by_size_;  ///< level and number of inputs
};

}  // namespace

void pair_luts(CellNetlist& netlist) {
    std::vector<LutCell>& luts = netlist.luts;
    const std::vector<int> levels = net_levels(netlist);
    std::vector<bool> keeps_alone(netlist.num_nets, false);
    for (const MuxCell& mux : netlist.muxes) {
        keeps_alone[mux.if_zero] = keeps_alone[mux.if_one] = true;
    }
    Waiting waiting(luts, levels);
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < luts.size(); ++i) {
        if (luts[i].inputs.num_inputs <= max_pair_inputs && !keeps_alone[luts[i].output]) {
            waiting.add(i);
            order.push_back(i);
        }
    }
    std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t i) { return luts[i].inputs.num_inputs; });
    std::vector<bool> is_paired(luts.size(), false);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const std::uint32_t i : order) {
        if (is_paired[i]) {
            continue;
        }
        const std::uint32_t partner = waiting.find_partner(i);
        waiting.remove(i);
        if (partner == Waiting::none) {
            continue;
        }
        waiting.remove(partner);
        is_paired[i] = is_paired[partner] = true;
        pairs.emplace_back(i, partner);
    }
    std::vector<bool> is_joined(luts.size(), false);
    for (const auto& [i, partner] : pairs) {
        join(luts[i], luts[partner]);
        is_joined[partner] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < luts.size(); ++i) {
        if (!is_joined[i]) {
            luts[kept++] = luts[i];
        }
    }
    luts.resize(kept);
}

}  // namespace lutra
