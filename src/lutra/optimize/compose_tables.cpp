#include "lutra/optimize/compose_tables.h"

#include <algorithm>
#include <map>
#include <optional>

#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// The domain of a composed table, before its low bits that change nothing are left out.
constexpr std::int64_t max_domain = std::int64_t{1} << 14;

/// A table behind a sum, and the primitives from the sum on to it.
struct TableAtEnd {
    Wire table;
    std::vector<Wire> way;
};

/// A table over a wire of the source without its `shift` low bits.
struct ComposedTable {
    Wire root;
    int shift = 0;
    LookupTable table;
};

class TableComposition {
public:
    TableComposition(const Circuit& circuit, const CircuitSize& size)
        : source_(circuit),
          size_(size),
          rewriter_(circuit),
          is_live_(live_wires(circuit)),
          readers_(live_readers(circuit, is_live_)),
          is_output_(output_wires(circuit)) {}

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            if (source_[wire].kind == Sum && is_live_[wire.index]) {
                compose_behind(wire);
            }
        }
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            const auto composed = composed_.find(wire);
            if (composed == composed_.end()) {
                rewriter_.copy(wire);
            } else {
                rewriter_.follow_origin(wire);
                rewriter_.replace(wire, append(rewriter_.builder(), rewriter_.now(composed->second.root), composed->second, source_.type(wire)));
            }
        }
        return rewriter_.finish();
    }

private:
    /// Decides about the tables that read a sum of one wire.
    void compose_behind(Wire sum) {
        const Interval& domain = source_.interval(source_.operands(sum)[0]);
        if (source_.operands(sum).size() != 1 || domain.is_constant() || domain.high - domain.low >= Integer(max_domain)) {
            return;
        }
        std::vector<Wire> path = {sum};
        std::vector<TableAtEnd> tables;
        if (!find_tables(path, tables) || tables.empty()) {
            return;
        }
        std::vector<ComposedTable> composed;
        for (const TableAtEnd& table : tables) {
            composed.push_back(compose(table));
        }
        if (size_(sample(tables, nullptr)) > size_(sample(tables, &composed))) {
            for (std::size_t i = 0; i < tables.size(); ++i) {
                composed_.insert_or_assign(tables[i].table, std::move(composed[i]));
            }
        }
    }

    /// The tables alone, each added to something, as they are or composed.
    Circuit sample(const std::vector<TableAtEnd>& tables, const std::vector<ComposedTable>* composed) const {
        CircuitBuilder builder;
        const Wire source_root = source_.operands(tables[0].way.front())[0];
        const Wire root = builder.input(source_.type(source_root), source_.interval(source_root));
        Port inputs{"x", {}, {root}};
        Port outputs{"y", {}, {}};
        std::map<Wire, Wire> copies = {{source_root, root}};
        const auto copy = [&](Wire wire) {
            const auto [place, is_new] = copies.try_emplace(wire);
            if (is_new) {
                place->second = append_copy(builder, source_, wire, std::array{copies.at(source_.operands(wire)[0])});
            }
            return place->second;
        };
        for (std::size_t i = 0; i < tables.size(); ++i) {
            Wire value;
            if (composed != nullptr) {
                value = append(builder, root, (*composed)[i], source_.type(tables[i].table));
            } else {
                std::ranges::for_each(tables[i].way, copy);
                value = copy(tables[i].table);
            }
            inputs.wires.push_back(builder.input(source_.type(tables[i].table)));
            outputs.wires.push_back(builder.add(value, inputs.wires.back()));
        }
        inputs.shape = {static_cast<std::int64_t>(inputs.wires.size())};
        outputs.shape = {static_cast<std::int64_t>(outputs.wires.size())};
        builder.add_input(std::move(inputs));
        builder.add_output(std::move(outputs));
        return builder.finish();
    }

    /// Follows all readers of the last of `path`; false when one of them is neither a table nor unary.
    bool find_tables(std::vector<Wire>& path, std::vector<TableAtEnd>& tables) const {
        const Wire last = path.back();
        if (is_output_[last.index]) {
            return false;
        }
        for (const Wire reader : readers_[last.index]) {
            const PrimitiveKind kind = source_[reader].kind;
            if (kind == Table) {
                tables.push_back({reader, path});
                continue;
            }
            if (kind != ShiftRight && kind != ShiftLeft && kind != Wrap && kind != MovePoint) {
                return false;
            }
            path.push_back(reader);
            const bool all_are_tables = find_tables(path, tables);
            path.pop_back();
            if (!all_are_tables) {
                return false;
            }
        }
        return true;
    }

    Integer apply(Wire wire, const Integer& a) const {
        const Primitive& p = source_[wire];
        const auto amount = static_cast<int>(p.amount);
        switch (p.kind) {
            case Sum: return wrapped(source_.coefficients(wire)[0] * a + source_.constant(wire), p.type);
            case ShiftRight: return wrapped(a >> amount, p.type);
            case ShiftLeft: return wrapped(a << amount, p.type);
            case Wrap: return wrapped(a, p.type);
            default: return a;  // MovePoint
        }
    }

    static Integer wrapped(const Integer& value, const FixedPointType& type) {
        return type.is_signed ? value.low_bits_signed(type.width) : value.low_bits(type.width);
    }

    ComposedTable compose(const TableAtEnd& at_end) const {
        const Wire root = source_.operands(at_end.way.front())[0];
        const Interval& domain = source_.interval(root);
        const LookupTable& outer = source_.table(at_end.table);
        LookupTable composed{.first = domain.low, .entries = {}};
        for (Integer raw = domain.low; raw <= domain.high; raw += 1) {
            Integer value = raw;
            for (const Wire wire : at_end.way) {
                value = apply(wire, value);
            }
            composed.entries.push_back(outer.entries[static_cast<std::size_t>((value - outer.first).to_int64())]);
        }
        int shift = 0;
        while (composed.entries.size() > 1 && low_bit_is_unread(composed)) {
            composed = without_low_bit(composed);
            ++shift;
        }
        return {root, shift, std::move(composed)};
    }

    static bool low_bit_is_unread(const LookupTable& table) {
        for (std::size_t i = 0; i + 1 < table.entries.size(); ++i) {
            if (!(table.first + Integer(static_cast<std::int64_t>(i))).bit(0) && table.entries[i] != table.entries[i + 1]) {
                return false;
            }
        }
        return true;
    }

    static LookupTable without_low_bit(const LookupTable& table) {
        LookupTable half{.first = table.first >> 1, .entries = {}};
        for (std::size_t i = table.first.bit(0) ? 0 : 1;; i += 2) {
            half.entries.push_back(table.entries[std::min(i, table.entries.size() - 1)]);
            if (i + 1 >= table.entries.size()) {
                return half;
            }
        }
    }

    static Wire append(CircuitBuilder& builder, Wire root, const ComposedTable& composed, const FixedPointType& type) {
        Wire address = root;
        if (composed.shift > 0) {
            FixedPointType shifted = builder.type(address);
            shifted.width -= composed.shift;
            shifted.fraction -= composed.shift;
            address =
                builder.append({.kind = ShiftRight, .type = shifted, .operands = std::array{address}, .amount = static_cast<std::uint32_t>(composed.shift)});
        }
        return builder.append({.kind = Table, .type = type, .operands = std::array{address}, .amount = builder.add_table(composed.table)});
    }

    const Circuit& source_;
    const CircuitSize& size_;
    CircuitRewriter rewriter_;
    std::vector<bool> is_live_;
    std::vector<std::vector<Wire>> readers_;
    std::vector<bool> is_output_;
    std::map<Wire, ComposedTable> composed_;  ///< per table of the source
};

}  // namespace

Circuit compose_tables(const Circuit& circuit, const CircuitSize& size) { return TableComposition(circuit, size).run(); }

}  // namespace lutra
