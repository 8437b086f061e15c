#pragma once

/// Rows of a network as carry chains, column by column.

#include <span>
#include <vector>

#include "lutra/map/cover_luts.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// Collects rows, then makes their chains. In the cells of a chain a column is the sum of two items and the carry: two bits; or the parity of three, and
/// the majority of the three in the column below.
class CarryColumns {
public:
    /// `readers`: how many cells other than rows read each node. Nodes have the nets node + 1; nets that are made are numbered from `num_nets`.
    CarryColumns(const BitNetwork& network, const LutCover& cover, CellStyle style, std::vector<int> readers, Net& num_nets);

    /// Adds the lowest `num_columns` columns of a row.
    void add_row(std::uint32_t row, std::uint32_t num_columns);

    /// The chains. LUTs for majorities that a Lut4 chain cannot hold are appended to `luts`.
    std::vector<CarryChain> finish(std::vector<LutCell>& luts);

    /// The LUT of this node has become part of all the rows that read it.
    bool is_absorbed(std::uint32_t node) const { return is_absorbed_[node]; }

private:
    struct Column {
        std::span<const Bit> bits;    ///< of the network; constants too
        bool takes_majority = false;  ///< of the column below
        bool gives_majority = false;
        bool is_read = false;  ///< the sum, by anything
        Net sum = no_net;
    };
    struct ColumnId {
        std::uint32_t row = 0;
        std::uint32_t column = 0;
    };
    struct RowDraft {
        std::vector<Column> columns;
        std::uint32_t origin = 0;
    };
    class Chain;

    void absorb_luts();
    bool can_absorb(ColumnId id, std::uint32_t node);
    /// The nets that the bits of a column read, absorbed ones through their LUTs; `also` is taken for absorbed.
    void collect_nets(const Column& column, std::uint32_t also, std::vector<Net>& nets) const;
    std::size_t num_nets_of(ColumnId id, std::uint32_t also) const;

    const BitNetwork& network_;
    const LutCover& cover_;
    CellStyle style_;
    std::vector<int> readers_;
    Net& num_nets_;
    std::vector<RowDraft> rows_;
    std::vector<std::vector<ColumnId>> columns_of_;  ///< per node that is a LUT, the columns that read it
    std::vector<bool> is_absorbed_;
    std::vector<bool> is_row_operand_;  ///< read by a row, live or not
};

}  // namespace lutra
