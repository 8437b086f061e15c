#include "lutra/map/bit_times.h"

#include <algorithm>

namespace lutra {

namespace {

constexpr int absorbed_leaves = 2;

}  // namespace

double BitTimes::at(Bit bit) {
    extend();
    return times_[bit.node()].node;
}

double BitTimes::at_row(Bit bit) {
    extend();
    return row_time(bit.node());
}

double BitTimes::row_time(std::uint32_t node) const {
    const Times& times = times_[node];
    return network_[node].kind == BitNode::Kind::Function && times.num_leaves <= absorbed_leaves ? times.leaves : times.node;
}

void BitTimes::extend() {
    for (auto n = static_cast<std::uint32_t>(times_.size()); n < network_.size(); ++n) {
        const BitNode& node = network_[n];
        switch (node.kind) {
            case BitNode::Kind::Constant:
            case BitNode::Kind::Input: times_.emplace_back(); break;
            case BitNode::Kind::Function: times_.push_back(of_function(node)); break;
            case BitNode::Kind::WideMux: {
                Times times;
                times.node = std::max({times_[node.inputs[0]].node, times_[node.inputs[1]].node, times_[node.inputs[2]].node}) + delays_.wide_mux_delay_ns();
                times_.push_back(times);
                break;
            }
            case BitNode::Kind::RowSum: times_.push_back(node.place() == 0 ? of_row(network_.rows()[node.row()]) : times_.back()); break;
        }
    }
}

bool BitTimes::insert(Times& times, std::uint32_t node, bool looks_through) const {
    if (looks_through && network_[node].kind == BitNode::Kind::Function) {
        const Times& inner = times_[node];
        return std::all_of(inner.nodes.begin(), inner.nodes.begin() + inner.num_leaves, [&](std::uint32_t leaf) { return insert(times, leaf, false); });
    }
    const auto end = times.nodes.begin() + times.num_leaves;
    if (std::find(times.nodes.begin(), end, node) != end) {
        return true;
    }
    if (times.num_leaves >= lut_inputs_) {
        return false;
    }
    times.nodes[static_cast<std::size_t>(times.num_leaves++)] = node;
    times.leaves = std::max(times.leaves, times_[node].node);
    return true;
}

BitTimes::Times BitTimes::of_function(const BitNode& node) const {
    for (const bool looks_through : {true, false}) {
        Times times;
        bool fits = true;
        for (int i = 0; i < node.num_inputs && fits; ++i) {
            fits = insert(times, node.inputs[static_cast<std::size_t>(i)], looks_through);
        }
        if (fits) {
            times.node = times.leaves + delays_.gate_delay_ns(times.num_leaves);
            return times;
        }
    }
    // More inputs than a LUT has: several, one behind the other.
    Times times;
    for (int i = 0; i < node.num_inputs; ++i) {
        times.leaves = std::max(times.leaves, times_[node.inputs[static_cast<std::size_t>(i)]].node);
    }
    times.num_leaves = max_table_inputs;
    times.nodes = node.inputs;
    times.node = times.leaves + delays_.table_delay_ns(node.num_inputs);
    return times;
}

BitTimes::Times BitTimes::of_row(const Row& row) const {
    Times times;
    for (const RowColumn& column : row.columns) {
        for (const Bit bit : column.all()) {
            times.node = std::max(times.node, row_time(bit.node()));
        }
    }
    times.node += delays_.adder_delay_ns(static_cast<int>(row.columns.size()));
    return times;
}

}  // namespace lutra
