#pragma once

/// Instances of the cells that emit/verilog/cells.h prints, one by one, as cells of a netlist.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// What stands behind the pins and the parameters of an instance.
struct CellInstance {
    std::string_view cell;
    std::map<std::string_view, std::vector<Net>> pins;
    std::map<std::string_view, std::string_view> parameters;
};

/// Adds cells to a netlist; carry cells join those whose carry they take.
class CellInstances {
public:
    /// The netlist must outlive this.
    explicit CellInstances(CellNetlist& netlist) : netlist_(netlist) {}

    /// What is wrong with the instance; nothing when it has been added.
    std::string add(const CellInstance& instance);

private:
    class Reading;

    CellNetlist& netlist_;
    std::unordered_map<Net, std::size_t> open_chains_;  ///< by the carry that the next cell takes
};

}  // namespace lutra
