#include "lutra/map/map_cells.h"

#include <algorithm>
#include <map>

#include "lutra/base/assert.h"
#include "lutra/map/carry_columns.h"
#include "lutra/map/cover_luts.h"
#include "lutra/map/pair_luts.h"
#include "lutra/map/separate_mux_inputs.h"

namespace lutra {

namespace {

class CellMapping {
public:
    CellMapping(BitNetwork network, CellStyle style) : network_(std::move(network)), style_(style) {}

    CellNetlist run() {
        const bool is_lut6 = style_ == CellStyle::Lut6;
        cover_ = cover_luts(network_, {.lut_inputs = is_lut6 ? 6 : 4, .full = 1, .small = is_lut6 ? 0.6 : 1.0});
        result_.style = style_;
        result_.num_nets = network_.size() + 1;
        result_.origins = network_.origins();
        for (std::uint32_t n = 0; n < network_.size(); ++n) {
            if (network_[n].kind == BitNode::Kind::Input) {
                result_.inputs.push_back(net_of(n));
            }
        }
        find_live();
        make_cells();
        for (const Bit bit : network_.outputs()) {
            result_.outputs.push_back(output_net(bit));
        }
        network_ = {};
        separate_mux_inputs(result_);
        if (is_lut6) {
            pair_luts(result_);
        }
        return std::move(result_);
    }

private:
    static Net net_of(std::uint32_t node) { return node == 0 ? 0 : node + 1; }

    /// Rows and nodes that outputs need, through the cuts of the cover.
    void find_live() {
        is_live_.assign(network_.size(), false);
        for (const Bit bit : network_.outputs()) {
            is_live_[bit.node()] = true;
        }
        row_end_.assign(network_.rows().size(), 0);
        for (std::uint32_t n = network_.size(); n-- > 0;) {
            const BitNode& node = network_[n];
            if (node.kind == BitNode::Kind::RowSum) {
                if (is_live_[n]) {
                    row_end_[node.row()] = std::max(row_end_[node.row()], node.place() + 1);
                }
                if (node.place() == 0) {
                    for (std::uint32_t c = 0; c < row_end_[node.row()]; ++c) {
                        for (const Bit bit : network_.rows()[node.row()].columns[c].all()) {
                            is_live_[bit.node()] = true;
                        }
                    }
                }
            } else if (is_live_[n] && cover_.is_root(n)) {
                for (const std::uint32_t leaf : cover_.cut(n).all()) {
                    is_live_[leaf] = true;
                }
            } else if (is_live_[n] && node.kind == BitNode::Kind::WideMux) {
                for (int i = 0; i < 3; ++i) {
                    is_live_[node.inputs[static_cast<std::size_t>(i)]] = true;
                }
            }
        }
    }

    /// How many cells read each node, rows counted per column.
    std::vector<int> count_readers() const {
        std::vector<int> readers(network_.size(), 0);
        for (const Bit bit : network_.outputs()) {
            ++readers[bit.node()];
        }
        for (std::uint32_t n = 0; n < network_.size(); ++n) {
            const BitNode& node = network_[n];
            if (is_live_[n] && cover_.is_root(n)) {
                for (const std::uint32_t leaf : cover_.cut(n).all()) {
                    ++readers[leaf];
                }
            } else if (is_live_[n] && node.kind == BitNode::Kind::WideMux) {
                for (int i = 0; i < 3; ++i) {
                    ++readers[node.inputs[static_cast<std::size_t>(i)]];
                }
            }
        }
        return readers;
    }

    void make_cells() {
        std::vector<int> readers = count_readers();
        CarryColumns columns(network_.take_rows(), cover_, style_, std::move(readers), result_.num_nets);
        for (std::uint32_t r = 0; r < row_end_.size(); ++r) {
            columns.add_row(r, row_end_[r]);
        }
        columns.absorb_luts();
        const std::vector<LutCell> luts = make_luts(columns);
        make_muxes();
        for (const Bit bit : network_.outputs()) {
            if (bit.is_inverted() && !bit.is_constant()) {
                inverter_origins_.try_emplace(bit.node(), network_[bit.node()].origin);
            }
        }
        network_.forget_nodes();
        result_.chains = std::move(columns).finish(result_.luts);
        result_.luts.insert(result_.luts.end(), luts.begin(), luts.end());
    }

    std::vector<LutCell> make_luts(const CarryColumns& columns) const {
        std::vector<LutCell> luts;
        for (std::uint32_t n = 0; n < network_.size(); ++n) {
            if (is_live_[n] && cover_.is_root(n) && !columns.is_absorbed(n)) {
                LutCell lut;
                const LutCut& cut = cover_.cut(n);
                for (const std::uint32_t leaf : cut.all()) {
                    lut.inputs.place_of(net_of(leaf));
                }
                lut.table = cut.table;
                lut.output = net_of(n);
                lut.origin = network_[n].origin;
                luts.push_back(lut);
            }
        }
        return luts;
    }

    void make_muxes() {
        for (std::uint32_t n = 0; n < network_.size(); ++n) {
            if (is_live_[n] && network_[n].kind == BitNode::Kind::WideMux) {
                const BitNode& node = network_[n];
                result_.muxes.push_back({.if_zero = net_of(node.inputs[0]),
                                         .if_one = net_of(node.inputs[1]),
                                         .selector = net_of(node.inputs[2]),
                                         .output = net_of(n),
                                         .level = network_.mux_level(Bit::of(n)) - 1,
                                         .origin = node.origin});
            }
        }
    }

    /// An inverted output takes the inverse of its LUT where nothing else reads that, and an inverter elsewhere.
    Net output_net(Bit bit) {
        if (bit.is_constant()) {
            return bit.is_one() ? 1 : 0;
        }
        if (!bit.is_inverted()) {
            return net_of(bit.node());
        }
        const auto [place, is_new] = inverse_.try_emplace(bit.node(), no_net);
        if (is_new) {
            place->second = result_.num_nets++;
            LutCell lut;
            lut.inputs.place_of(net_of(bit.node()));
            lut.table = ~input_tables[0];
            lut.output = place->second;
            lut.origin = inverter_origins_.at(bit.node());
            result_.luts.push_back(lut);
        }
        return place->second;
    }

    BitNetwork network_;
    CellStyle style_;
    LutCover cover_;
    CellNetlist result_;
    std::vector<bool> is_live_;
    std::vector<std::uint32_t> row_end_;  ///< columns of each row that are needed
    std::map<std::uint32_t, Net> inverse_;
    std::map<std::uint32_t, std::uint32_t> inverter_origins_;  ///< of nodes whose inverse is an output
};

}  // namespace

CellNetlist map_cells(BitNetwork network, CellStyle style) { return CellMapping(std::move(network), style).run(); }

}  // namespace lutra
