#pragma once

/// Networks of bits: functions of a few bits, and rows of adders on a carry chain. What a circuit is before it becomes the cells of a device.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lutra/netlist/truth_table.h"

namespace lutra {

/// A node of a network, or its inverse.
class Bit {
public:
    Bit() = default;
    static Bit of(std::uint32_t node, bool is_inverted = false) { return Bit(2 * node + (is_inverted ? 1 : 0)); }
    static Bit constant(bool value) { return Bit(value ? 1 : 0); }

    std::uint32_t node() const { return code_ / 2; }
    bool is_inverted() const { return (code_ & 1) != 0; }
    bool is_constant() const { return code_ < 2; }
    bool is_zero() const { return code_ == 0; }
    bool is_one() const { return code_ == 1; }
    Bit operator~() const { return Bit(code_ ^ 1); }
    Bit inverted_if(bool condition) const { return condition ? ~*this : *this; }
    std::uint32_t code() const { return code_; }

    friend bool operator==(const Bit&, const Bit&) = default;
    friend auto operator<=>(const Bit&, const Bit&) = default;

private:
    explicit Bit(std::uint32_t code) : code_(code) {}
    std::uint32_t code_ = 0;
};

/// A word with its lowest bit first.
using BitWord = std::vector<Bit>;

/// What a node is.
struct BitNode {
    enum class Kind : std::uint8_t {
        Constant,  ///< node 0: the value 0
        Input,     ///< a bit from outside
        Function,  ///< table over inputs
        WideMux,   ///< inputs[2] ? inputs[1] : inputs[0], as a multiplexer behind LUTs; the first two are Functions, or WideMuxes of one level
        RowSum,    ///< a bit of the sum of a row
    };
    Kind kind = Kind::Constant;
    std::uint8_t num_inputs = 0;
    std::uint32_t origin = 0;                              ///< number of the layer that it belongs to
    std::array<std::uint32_t, max_table_inputs> inputs{};  ///< nodes, num_inputs of them; those of a Function ascend
    std::uint64_t table = 0;                               ///< of a Function: 0 where all inputs are 0, unless it was asked for by `uninverted`

    // Nodes without inputs have room there; networks have millions of them.
    static BitNode input(std::uint32_t place) { return {.kind = Kind::Input, .inputs = {0, place}}; }
    static BitNode row_sum(std::uint32_t row, std::uint32_t place) { return {.kind = Kind::RowSum, .inputs = {row, place}}; }
    /// The row of a RowSum.
    std::uint32_t row() const { return inputs[0]; }
    /// The number of an Input, the column of a RowSum.
    std::uint32_t place() const { return inputs[1]; }
};

/// The bits that a row adds in one column.
struct RowColumn {
    std::array<Bit, 3> bits{};
    int num_bits = 0;

    std::span<const Bit> all() const { return {bits.data(), static_cast<std::size_t>(num_bits)}; }
    void add(Bit bit) { bits[static_cast<std::size_t>(num_bits++)] = bit; }
};

/// A row of adders: sum = sum over c of 2^c * (the bits of column c), modulo 2^(number of columns). Column c of the sum is the node first_sum + c.
struct Row {
    std::vector<RowColumn> columns;
    std::uint32_t first_sum = 0;
    std::uint32_t origin = 0;
};

/// An acyclic list of nodes: inputs of a node stand before it. Equal functions are made once, constants and inversions are folded.
class BitNetwork {
public:
    BitNetwork();

    std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    const BitNode& operator[](std::uint32_t node) const { return nodes_[node]; }
    const std::vector<Row>& rows() const { return rows_; }
    std::uint32_t num_inputs() const { return num_inputs_; }
    const std::vector<Bit>& outputs() const { return outputs_; }
    const std::vector<std::string>& origins() const { return origins_; }

    /// Names the layer that the next nodes belong to.
    void set_origin(std::string_view origin);

    Bit input();
    /// table(inputs), at most six of them; any may be constant, inverted or equal to another.
    Bit function(std::span<const Bit> inputs, std::uint64_t table);
    /// A row of the columns; the bits of its sum, one per column.
    BitWord row(std::vector<RowColumn> columns);
    void add_output(Bit bit) { outputs_.push_back(bit); }
    /// The same bit as a node that is not inverted, or a constant.
    Bit uninverted(Bit bit);

    Bit logical_and(Bit a, Bit b) { return binary(a, b, 0x8); }
    Bit logical_or(Bit a, Bit b) { return binary(a, b, 0xE); }
    Bit logical_xor(Bit a, Bit b) { return binary(a, b, 0x6); }
    /// selector ? if_one : if_zero.
    Bit mux(Bit selector, Bit if_one, Bit if_zero);
    /// The same by a multiplexer behind LUTs, where both choices are LUTs, or multiplexers of one level (slices have no other wires); else a function.
    Bit wide_mux(Bit selector, Bit if_one, Bit if_zero);

    /// Takes back all nodes from this one on: functions and multiplexers that nothing reads yet.
    void forget_from(std::uint32_t node);

    /// Hands out the rows, of which none are left.
    std::vector<Row> take_rows() { return std::exchange(rows_, {}); }
    /// Frees the nodes, of which none are left; outputs and origins stay.
    void forget_nodes() {
        nodes_ = std::vector<BitNode>();
        known_ = std::unordered_multimap<std::uint64_t, std::uint32_t>();
    }

    static constexpr int no_level = -1;
    /// Wide multiplexers between a bit and its LUTs; no_level for what is no LUT.
    int mux_level(Bit bit) const;

private:
    Bit binary(Bit a, Bit b, std::uint64_t table);
    std::uint32_t add(const BitNode& node);
    Bit find_or_add(const BitNode& node);

    std::vector<BitNode> nodes_;
    std::vector<Row> rows_;
    std::vector<Bit> outputs_;
    std::uint32_t num_inputs_ = 0;
    std::vector<std::string> origins_ = {""};
    std::unordered_map<std::string, std::uint32_t> origin_numbers_ = {{"", 0}};
    std::uint32_t current_origin_ = 0;
    std::unordered_multimap<std::uint64_t, std::uint32_t> known_;  ///< hash of a function -> nodes with this hash
};

/// The outputs for 64 events at a time: inputs[i] holds input i of all of them, one bit each. For tests and proofs.
std::vector<std::uint64_t> evaluate(const BitNetwork& network, std::span<const std::uint64_t> inputs);

}  // namespace lutra
