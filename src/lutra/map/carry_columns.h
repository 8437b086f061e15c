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
    /// `rows`: all those of the network. `readers`: how many cells other than rows read each node. Nodes have the nets node + 1; nets that are made are
    /// numbered from `num_nets`.
    CarryColumns(std::vector<Row> rows, const LutCover& cover, CellStyle style, std::vector<int> readers, Net& num_nets);

    /// Adds the lowest `num_columns` columns of a row.
    void add_row(std::uint32_t row, std::uint32_t num_columns);

    /// Makes LUTs part of the rows that read them, once all rows have been added.
    void absorb_luts();
    /// The LUT of this node has become part of all the rows that read it.
    bool is_absorbed(std::uint32_t node) const { return is_absorbed_[node]; }

    /// The chains, at last. LUTs for majorities that a Lut4 chain cannot hold are appended to `luts`.
    std::vector<CarryChain> finish(std::vector<LutCell>& luts) &&;

private:
    /// A column of a row; its bits and its sum are in the network.
    struct Column {
        bool takes_majority : 1 = false;  ///< of the column below
        bool gives_majority : 1 = false;
        bool is_read : 1 = false;  ///< the sum, by anything
    };
    struct ColumnId {
        std::uint32_t row = 0;  ///< number of its draft
        std::uint32_t column = 0;
    };
    struct RowDraft {
        Row* source = nullptr;
        std::vector<Column> columns;

        std::span<const Bit> bits(std::size_t column) const { return source->columns[column].all(); }
    };
    class Chain;

    bool can_absorb(ColumnId id, std::uint32_t node);
    /// The nets that the bits of a column read, absorbed ones through their LUTs; `also` is taken for absorbed.
    void collect_nets(std::span<const Bit> bits, std::uint32_t also, std::vector<Net>& nets) const;
    std::size_t num_nets_of(ColumnId id, std::uint32_t also) const;

    std::vector<Row> sources_;
    const LutCover& cover_;
    CellStyle style_;
    std::vector<int> readers_;
    Net& num_nets_;
    std::vector<RowDraft> rows_;
    std::vector<std::vector<ColumnId>> columns_of_;  ///< per root of the cover, the columns that read it
    std::vector<bool> is_absorbed_;
    std::vector<bool> is_row_operand_;  ///< read by a row, live or not
};

}  // namespace lutra
