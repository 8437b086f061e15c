#pragma once

/// What every circuit pass is made of: a circuit copied primitive by primitive into a new one, in which some are replaced.

#include <vector>

#include "lutra/circuit/builder.h"

namespace lutra {

/// Builds the circuit that replaces `source`. Visit its wires in order; then finish() copies the ports.
class CircuitRewriter {
public:
    explicit CircuitRewriter(const Circuit& source) : source_(source), now_(source.size()) {}

    CircuitBuilder& builder() { return builder_; }
    /// The wire of the new circuit that stands for one of the source.
    Wire now(Wire wire) const { return now_[wire.index]; }
    void replace(Wire wire, Wire replacement) { now_[wire.index] = replacement; }
    /// Copies a primitive with its origin, operands as they are now.
    void copy(Wire wire);
    /// Names the layer of the wire for what is appended next.
    void follow_origin(Wire wire) { builder_.set_origin(source_.origin(wire)); }
    /// The new circuit with the ports of the source.
    Circuit finish();

private:
    const Circuit& source_;
    CircuitBuilder builder_;
    std::vector<Wire> now_;
};

/// Appends a copy of a primitive of `source` on other operands.
Wire append_copy(CircuitBuilder& builder, const Circuit& source, Wire wire, std::span<const Wire> operands);

/// For each wire, whether an output port depends on it, or it belongs to an input port.
std::vector<bool> live_wires(const Circuit& circuit);

/// How many live primitives and output elements read each wire.
std::vector<int> count_uses(const Circuit& circuit, const std::vector<bool>& is_live);

/// The live primitives that read each wire.
std::vector<std::vector<Wire>> live_readers(const Circuit& circuit, const std::vector<bool>& is_live);

/// For each wire, whether an output port gives it.
std::vector<bool> output_wires(const Circuit& circuit);

}  // namespace lutra
