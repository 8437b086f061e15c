#include "lutra/map/separate_mux_inputs.h"

#include <unordered_map>

namespace lutra {

namespace {

class MuxInputs {
public:
    explicit MuxInputs(CellNetlist& netlist) : netlist_(netlist), readers_(netlist.num_nets, 0), is_taken_(netlist.num_nets, false) {
        visit_cells(netlist, [&](CellId cell) {
            visit_inputs(netlist, cell, [&](Net net) {
                if (net != no_net) {
                    ++readers_[net];
                }
            });
        });
        for (const Net net : netlist.outputs) {
            ++readers_[net];
        }
        for (std::uint32_t i = 0; i < netlist.luts.size(); ++i) {
            lut_of_[netlist.luts[i].output] = i;
        }
        for (std::uint32_t i = 0; i < netlist.muxes.size(); ++i) {
            mux_of_[netlist.muxes[i].output] = i;
        }
    }

    void run() {
        for (std::size_t i = 0; i < netlist_.muxes.size(); ++i) {  // copies are appended
            const Net if_zero = own(netlist_.muxes[i].if_zero);
            const Net if_one = own(netlist_.muxes[i].if_one);
            netlist_.muxes[i].if_zero = if_zero;
            netlist_.muxes[i].if_one = if_one;
        }
    }

private:
    /// The net itself, or that of a copy of its cell.
    Net own(Net net) {
        const bool is_shared = is_taken_[net] || (netlist_.style == CellStyle::Lut4 && readers_[net] > 1);
        if (!is_shared) {
            is_taken_[net] = true;
            return net;
        }
        --readers_[net];
        const Net copy = add_net();
        if (const auto lut = lut_of_.find(net); lut != lut_of_.end()) {
            LutCell cell = netlist_.luts[lut->second];
            cell.output = copy;
            add_reader(cell.inputs.all());
            lut_of_[copy] = static_cast<std::uint32_t>(netlist_.luts.size());
            netlist_.luts.push_back(cell);
        } else {
            MuxCell cell = netlist_.muxes[mux_of_.at(net)];
            cell.output = copy;
            const std::array read = {cell.if_zero, cell.if_one, cell.selector};
            add_reader(read);
            mux_of_[copy] = static_cast<std::uint32_t>(netlist_.muxes.size());
            netlist_.muxes.push_back(cell);
        }
        return copy;
    }

    Net add_net() {
        readers_.push_back(1);
        is_taken_.push_back(true);
        return netlist_.num_nets++;
    }

    void add_reader(std::span<const Net> nets) {
        for (const Net net : nets) {
            ++readers_[net];
        }
    }

    CellNetlist& netlist_;
    std::vector<int> readers_;
    std::vector<bool> is_taken_;  ///< by a multiplexer
    std::unordered_map<Net, std::uint32_t> lut_of_;
    std::unordered_map<Net, std::uint32_t> mux_of_;
};

}  // namespace

void separate_mux_inputs(CellNetlist& netlist) {
    if (!netlist.muxes.empty()) {
        MuxInputs(netlist).run();
    }
}

}  // namespace lutra
