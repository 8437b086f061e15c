#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y[..., o] = sum over i of table[i, o][x[..., i, o]]: a layer whose edges are functions of one variable, each a table (HGQ-LUT, KAN).
///
/// The table of edge (i, o) has counts[i, o] entries, the first of them for x in [lows * steps, (lows + 1) * steps); x below the first entry
/// takes the first, x above the last takes the last. An edge of no entries adds nothing. Tables stand one after the other in `entries`, edges
/// row-major.
struct TableSum {
    static constexpr OpInfo info{.name = "table_sum",
                                 .summary = "y[o] = sum_i table[i, o][floor(x[i, o] / steps[i, o]) - lows[i, o]], the index brought into the table"};
    RealTensor steps{{1, 1}, {1.0}};   ///< shape (inputs, outputs), > 0: how far the entries of a table are apart
    RealTensor lows{{1, 1}, {0.0}};    ///< shape (inputs, outputs): floor(x / step) of the first entry
    RealTensor counts{{1, 1}, {0.0}};  ///< shape (inputs, outputs): number of entries, 0..2^20
    RealTensor entries{{0}, {}};       ///< of all tables

    static constexpr auto fields =
        std::tuple{Field{"steps", &TableSum::steps}, Field{"lows", &TableSum::lows}, Field{"counts", &TableSum::counts}, Field{"entries", &TableSum::entries}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
