#pragma once

/// Circuits: lists of primitives in static single assignment form.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lutra/circuit/primitive.h"
#include "lutra/num/dyadic.h"

namespace lutra {

/// A table of raw integers: the entry for operand a is entries[a - first].
struct LookupTable {
    Integer first = 0;
    std::vector<Integer> entries;

    friend bool operator==(const LookupTable&, const LookupTable&) = default;
};

/// A named tensor at the border of a circuit. Element i (row-major) is wires[i]; its value is scale * raw * 2^-fraction + offset.
struct Port {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<Wire> wires;
    Dyadic scale = 1;
    Dyadic offset = 0;

    friend bool operator==(const Port&, const Port&) = default;
};

/// What has to be said to append a primitive.
struct PrimitiveSpec {
    PrimitiveKind kind = PrimitiveKind::Constant;
    FixedPointType type;
    std::span<const Wire> operands = {};
    std::span<const Integer> integers = {};  ///< Constant: {value}; Sum: coefficients, then the constant; Input: {low, high} or none
    std::uint32_t amount = 0;
};

/// An acyclic list of primitives: operands stand before their users. Values only grow: primitives are appended, never changed.
class Circuit {
public:
    std::uint32_t size() const { return static_cast<std::uint32_t>(primitives_.size()); }
    const Primitive& operator[](Wire wire) const { return primitives_[wire.index]; }
    const FixedPointType& type(Wire wire) const { return primitives_[wire.index].type; }
    const Interval& interval(Wire wire) const { return primitives_[wire.index].interval; }
    std::span<const Wire> operands(Wire wire) const;
    /// The coefficients of a Sum, one per operand.
    std::span<const Integer> coefficients(Wire wire) const;
    /// The value of a Constant, or the constant of a Sum.
    const Integer& constant(Wire wire) const;
    const LookupTable& table(Wire wire) const { return tables_[primitives_[wire.index].amount]; }
    const std::vector<LookupTable>& tables() const { return tables_; }
    std::string_view origin(Wire wire) const { return origins_[primitives_[wire.index].origin]; }
    const std::vector<std::string>& origins() const { return origins_; }
    /// The origin that the next primitive gets.
    std::string_view current_origin() const { return origins_[current_origin_]; }

    const std::vector<Port>& inputs() const { return inputs_; }
    const std::vector<Port>& outputs() const { return outputs_; }

    /// Says which rule of its kind a primitive would break if appended; nothing when it is valid.
    std::optional<std::string> broken_rule(const PrimitiveSpec& spec) const;
    /// Appends a valid primitive and proves its interval.
    Wire append(const PrimitiveSpec& spec);
    /// Adds a table and gives its number; an equal table is shared.
    std::uint32_t add_table(LookupTable table);
    /// Sets the origin of the primitives appended from now on.
    void set_origin(std::string_view origin);
    void add_input(Port port) { inputs_.push_back(std::move(port)); }
    void add_output(Port port) { outputs_.push_back(std::move(port)); }

    /// Equality of structure: primitives, tables, ports and origins.
    friend bool operator==(const Circuit& a, const Circuit& b);

private:
    Interval infer_interval(const PrimitiveSpec& spec) const;

    std::vector<Primitive> primitives_;
    std::vector<Wire> operands_;
    std::vector<Integer> integers_;
    std::vector<LookupTable> tables_;
    std::unordered_multimap<std::size_t, std::uint32_t> tables_by_hash_;
    std::vector<std::string> origins_ = {""};
    std::unordered_map<std::string, std::uint32_t> origin_numbers_ = {{"", 0}};
    std::uint32_t current_origin_ = 0;
    std::vector<Port> inputs_;
    std::vector<Port> outputs_;
};

/// The ports of a circuit as one flat list of wires.
std::vector<Wire> flat_wires(const std::vector<Port>& ports);

}  // namespace lutra
