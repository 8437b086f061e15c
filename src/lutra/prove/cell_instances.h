#pragma once

/// Instances of the cells that emit/verilog/cells.h prints, one by one, as cells of a netlist.

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// What stands behind the pins and the parameters of an instance.
struct CellInstance {
    struct Pin {
        std::string_view name;
        std::size_t first = 0;  ///< of its bits, in `nets`
        std::size_t width = 0;
    };
    struct Parameter {
        std::string_view name;
        std::string_view value;
    };
    std::string_view cell;
    std::vector<Pin> pins;
    std::vector<Parameter> parameters;
    std::vector<Net> nets;

    /// Nothing when there is no such pin.
    std::span<const Net> bits_of(std::string_view name) const;
    /// Empty when it is not given.
    std::string_view parameter(std::string_view name) const;
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
