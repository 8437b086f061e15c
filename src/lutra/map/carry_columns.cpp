#include "lutra/map/carry_columns.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

Net net_of(std::uint32_t node) { return node == 0 ? 0 : node + 1; }

void insert(std::vector<Net>& nets, Net net) {
    if (net > 1 && std::ranges::find(nets, net) == nets.end()) {
        nets.push_back(net);
    }
}

std::uint64_t parity(const std::vector<std::uint64_t>& tables) {
    return std::accumulate(tables.begin(), tables.end(), std::uint64_t{0}, [](std::uint64_t a, std::uint64_t b) { return a ^ b; });
}

/// What two or three bits carry.
std::uint64_t majority(const std::vector<std::uint64_t>& tables) {
    const std::uint64_t a = tables[0];
    const std::uint64_t b = tables[1];
    const std::uint64_t c = tables.size() > 2 ? tables[2] : 0;
    return (a & b) | (a & c) | (b & c);
}

}  // namespace

CarryColumns::CarryColumns(std::vector<Row> rows, const LutCover& cover, CellStyle style, std::vector<int> readers, Net& num_nets)
    : sources_(std::move(rows)),
      cover_(cover),
      style_(style),
      readers_(std::move(readers)),
      num_nets_(num_nets),
      columns_of_(cover.num_roots()),
      is_absorbed_(readers_.size(), false),
      is_row_operand_(readers_.size(), false) {
    for (const Row& row : sources_) {
        for (const RowColumn& column : row.columns) {
            for (const Bit bit : column.all()) {
                is_row_operand_[bit.node()] = true;
            }
        }
    }
}

void CarryColumns::add_row(std::uint32_t row, std::uint32_t num_columns) {
    Row& source = sources_[row];
    RowDraft draft{&source, {}};
    draft.columns.reserve(num_columns);
    for (std::uint32_t c = 0; c < num_columns; ++c) {
        const std::span<const Bit> bits = draft.bits(c);
        Column column;
        column.takes_majority = c > 0 && draft.columns.back().gives_majority;
        const std::size_t num_items = bits.size() + (column.takes_majority ? 1 : 0);
        column.gives_majority = c + 1 < num_columns && (bits.size() == 3 || num_items == 3);
        column.is_read = readers_[source.first_sum + c] > 0 || is_row_operand_[source.first_sum + c];
        for (const Bit bit : bits) {
            if (cover_.is_root(bit.node())) {
                columns_of_[cover_.number_of_root(bit.node())].push_back({static_cast<std::uint32_t>(rows_.size()), c});
            }
        }
        draft.columns.push_back(column);
    }
    if (num_columns > 0) {
        rows_.push_back(std::move(draft));
    }
}

void CarryColumns::collect_nets(std::span<const Bit> bits, std::uint32_t also, std::vector<Net>& nets) const {
    for (const Bit bit : bits) {
        if (is_absorbed_[bit.node()] || bit.node() == also) {
            for (const std::uint32_t leaf : cover_.cut(bit.node()).all()) {
                insert(nets, net_of(leaf));
            }
        } else {
            insert(nets, net_of(bit.node()));
        }
    }
}

/// Inputs that the LUT of a column needs. On Lut6 the majority of the column below is one net, on Lut4 it is computed again.
std::size_t CarryColumns::num_nets_of(ColumnId id, std::uint32_t also) const {
    const RowDraft& row = rows_[id.row];
    std::vector<Net> nets;
    collect_nets(row.bits(id.column), also, nets);
    if (!row.columns[id.column].takes_majority) {
        return nets.size();
    }
    if (style_ == CellStyle::Lut6) {
        return nets.size() + 1;
    }
    collect_nets(row.bits(id.column - 1), also, nets);
    return nets.size();
}

bool CarryColumns::can_absorb(ColumnId id, std::uint32_t node) {
    if (style_ == CellStyle::Lut6) {
        return num_nets_of(id, node) <= 5;
    }
    // A generate of Lut4 reads two inputs: one plain bit must be left to give it, and no majority may cross.
    const Column& column = rows_[id.row].columns[id.column];
    const std::span<const Bit> bits = rows_[id.row].bits(id.column);
    const auto is_plain = [&](Bit bit) { return !bit.is_constant() && bit.node() != node && !is_absorbed_[bit.node()]; };
    return !column.takes_majority && !column.gives_majority && bits.size() == 2 && std::ranges::any_of(bits, is_plain) && num_nets_of(id, node) <= 3;
}

void CarryColumns::absorb_luts() {
    const auto columns_of = [&](std::uint32_t n) -> const std::vector<ColumnId>& { return columns_of_[cover_.number_of_root(n)]; };
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t n = 0; n < readers_.size(); ++n) {
        if (cover_.is_root(n) && !columns_of(n).empty() && readers_[n] == 0) {
            candidates.push_back(n);
        }
    }
    std::ranges::stable_sort(candidates, {}, [&](std::uint32_t n) { return columns_of(n).size() * 8 + static_cast<std::size_t>(cover_.cut(n).num_leaves); });
    for (const std::uint32_t n : candidates) {
        if (std::ranges::all_of(columns_of(n), [&](ColumnId id) { return can_absorb(id, n); })) {
            is_absorbed_[n] = true;
        }
    }
}

/// Makes the cells of one row.
class CarryColumns::Chain {
public:
    Chain(CarryColumns& owner, const RowDraft& row, std::vector<LutCell>& luts) : owner_(owner), row_(row), luts_(luts) {}

    CarryChain run() {
        CarryChain chain;
        chain.origin = row_.source->origin;
        chain.cells.reserve(row_.columns.size());
        std::size_t first = 0;
        if (const std::optional<Bit> carry = only_carry()) {
            chain.carry_in = net_of(carry->node());
            first = 1;
        }
        for (std::size_t c = first; c < row_.columns.size(); ++c) {
            chain.cells.push_back(owner_.style_ == CellStyle::Lut6 ? lut6_cell(c) : lut4_cell(c));
        }
        return chain;
    }

private:
    bool is_last(std::size_t c) const { return c + 1 == row_.columns.size(); }

    /// What the lowest column carries, when that is one bit, a net, and nothing reads the column's sum: x + 1 carries x.
    std::optional<Bit> only_carry() const {
        const Column& lowest = row_.columns[0];
        const std::span<const Bit> bits = row_.bits(0);
        if (owner_.style_ != CellStyle::Lut6 || lowest.is_read || bits.size() != 2 || row_.columns.size() < 2 || !bits[1].is_one()) {
            return std::nullopt;
        }
        const Bit bit = bits[0];
        const bool is_net = !bit.is_inverted() && !bit.is_constant() && !owner_.is_absorbed_[bit.node()];
        return is_net ? std::optional(bit) : std::nullopt;
    }

    /// The function of a bit over the inputs, which take the nets that it reads.
    std::uint64_t table_of(Bit bit, CellInputs& inputs) const {
        std::uint64_t table = 0;
        if (bit.is_constant()) {
            return bit.is_one() ? ~std::uint64_t{0} : 0;
        }
        if (owner_.is_absorbed_[bit.node()]) {
            const LutCut& cut = owner_.cover_.cut(bit.node());
            std::array<std::uint64_t, max_table_inputs> operands{};
            for (int i = 0; i < cut.num_leaves; ++i) {
                operands[static_cast<std::size_t>(i)] =
                    input_tables[static_cast<std::size_t>(inputs.place_of(net_of(cut.leaves[static_cast<std::size_t>(i)])))];
            }
            table = evaluate_table(cut.table, operands.data(), cut.num_leaves);
        } else {
            table = input_tables[static_cast<std::size_t>(inputs.place_of(net_of(bit.node())))];
        }
        return bit.is_inverted() ? ~table : table;
    }

    /// The net of a column's sum.
    Net sum(std::size_t column) const { return net_of(row_.source->first_sum + static_cast<std::uint32_t>(column)); }

    std::vector<std::uint64_t> tables_of(std::size_t column, CellInputs& inputs) const {
        std::vector<std::uint64_t> tables;
        for (const Bit bit : row_.bits(column)) {
            tables.push_back(table_of(bit, inputs));
        }
        return tables;
    }

    CarryCell lut6_cell(std::size_t c) {
        const Column& column = row_.columns[c];
        CarryCell cell;
        cell.sum = sum(c);
        const std::vector<std::uint64_t> bits = tables_of(c, cell.inputs);
        cell.propagate = parity(bits);
        cell.generate_net = 0;
        if (column.takes_majority) {
            cell.propagate ^= input_tables[static_cast<std::size_t>(cell.inputs.place_of(majority_net_))];
            cell.generate_net = is_last(c) || (bits.empty() && !column.gives_majority) ? 0 : majority_net_;
        } else if (bits.size() == 2 && !is_last(c)) {
            set_generate(cell, row_.bits(c), bits);
        }
        if (column.gives_majority) {
            cell.generate = majority(bits);
            cell.second_output = owner_.num_nets_++;
        }
        majority_net_ = cell.second_output;
        return cell;
    }

    /// propagate = a ^ b: the carry is a or b, whichever is a net.
    static void set_generate(CarryCell& cell, std::span<const Bit> bits, const std::vector<std::uint64_t>& tables) {
        for (const Bit bit : bits) {
            if (bit.is_constant()) {
                cell.generate_net = bit.is_one() ? 1 : 0;
                return;
            }
        }
        for (const std::uint64_t table : tables) {
            for (int i = 0; i < cell.inputs.num_inputs; ++i) {
                if (table == input_tables[static_cast<std::size_t>(i)]) {
                    cell.generate_net = cell.inputs.nets[static_cast<std::size_t>(i)];
                    return;
                }
            }
        }
        cell.generate = tables[0];
        cell.generates_second = true;
    }

    /// The items x and y of a column: propagate = x ^ y, and where they agree they are the carry.
    CarryCell lut4_cell(std::size_t c) {
        const Column& column = row_.columns[c];
        CarryCell cell;
        const std::vector<std::uint64_t> bits = tables_of(c, cell.inputs);
        std::uint64_t x = 0;
        std::uint64_t y = 0;
        if (column.gives_majority || column.takes_majority || bits.size() == 3) {
            x = parity(bits);
            if (column.takes_majority) {
                y = majority(tables_of(c - 1, cell.inputs));
            }
        } else {
            x = bits.empty() ? 0 : bits[0];
            y = bits.size() < 2 ? 0 : bits[1];
        }
        if (cell.inputs.num_inputs > 4 || !fit_pins(cell, x, y, is_last(c))) {
            // The majority becomes a net of its own.
            cell.inputs = {};
            x = parity(tables_of(c, cell.inputs));
            y = input_tables[static_cast<std::size_t>(cell.inputs.place_of(majority_lut(c - 1)))];
            const bool fits = fit_pins(cell, x, y, is_last(c));
            LUTRA_ASSERT(fits);
        }
        cell.sum = sum(c);
        return cell;
    }

    Net majority_lut(std::size_t column) {
        LutCell lut;
        lut.table = majority(tables_of(column, lut.inputs));
        lut.output = owner_.num_nets_++;
        lut.origin = row_.source->origin;
        luts_.push_back(lut);
        return lut.output;
    }

    /// Orders the inputs so that the first two give the carry where propagate is 0; unused pins are 1, so that entries for inputs 2 and 3 at 0 are free if
    /// one of them is.
    static bool fit_pins(CarryCell& cell, std::uint64_t x, std::uint64_t y, bool is_last) {
        const int num_inputs = cell.inputs.num_inputs;
        std::array<int, 4> order = {0, 1, 2, 3};
        do {
            // place_in_x[i]: the pin of input i. Only the choice of the first two pins matters.
            if (order[0] > order[1] || order[2] > order[3]) {
                continue;
            }
            if (try_pins(cell, x, y, order, num_inputs, is_last)) {
                return true;
            }
        } while (std::ranges::next_permutation(order).found);
        return false;
    }

    /// order[p]: the input on pin p; inputs beyond num_inputs are the constant 1.
    static bool try_pins(CarryCell& cell, std::uint64_t x, std::uint64_t y, const std::array<int, 4>& order, int num_inputs, bool is_last) {
        std::uint64_t table = 0;
        std::uint64_t generate = 0;  // per values of pins 0 and 1
        std::uint64_t generate_is_known = 0;
        for (int pins = 0; pins < 16; ++pins) {
            int address = 0;
            bool occurs = true;
            for (int p = 0; p < 4; ++p) {
                const bool value = (pins >> p & 1) != 0;
                const int input = order[static_cast<std::size_t>(p)];
                occurs = occurs && (input < num_inputs || value);
                address |= input < num_inputs && value ? 1 << input : 0;
            }
            const bool x_is_one = (x >> address & 1) != 0;
            const bool y_is_one = (y >> address & 1) != 0;
            if (!occurs) {
                continue;
            }
            table |= std::uint64_t{x_is_one != y_is_one} << pins;
            if (x_is_one == y_is_one && !is_last) {
                const std::uint64_t place = std::uint64_t{1} << (pins & 3);
                if ((generate_is_known & place) != 0 && ((generate & place) != 0) != x_is_one) {
                    return false;
                }
                generate_is_known |= place;
                generate |= x_is_one ? place : 0;
            }
        }
        const bool low_entries_are_free = order[2] >= num_inputs || order[3] >= num_inputs;
        if (low_entries_are_free) {
            table |= generate;
        } else if (((table ^ generate) & generate_is_known & 0xF) != 0) {
            return false;
        }
        CellInputs inputs;
        for (int p = 0; p < 4; ++p) {
            const int input = order[static_cast<std::size_t>(p)];
            inputs.nets[static_cast<std::size_t>(p)] = input < num_inputs ? cell.inputs.nets[static_cast<std::size_t>(input)] : 1;
        }
        inputs.num_inputs = 4;
        cell.inputs = inputs;
        cell.propagate = repeated_table(table, 4);
        return true;
    }

    CarryColumns& owner_;
    const RowDraft& row_;
    std::vector<LutCell>& luts_;
    Net majority_net_ = no_net;
};

std::vector<CarryChain> CarryColumns::finish(std::vector<LutCell>& luts) && {
    readers_ = std::vector<int>();
    std::vector<CarryChain> chains;
    chains.reserve(rows_.size());
    for (RowDraft& row : rows_) {
        chains.push_back(Chain(*this, row, luts).run());
        // What a chain was made of takes more memory than its cells.
        row.source->columns = std::vector<RowColumn>();
        row.columns = std::vector<Column>();
    }
    return chains;
}

}  // namespace lutra
