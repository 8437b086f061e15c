#pragma once

/// Compiles a circuit to the flat program that the batch evaluator runs.

#include <cstdint>
#include <utility>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/circuit/lanes/program.h"

namespace lutra {

/// Where a value lives. Before slots are assigned `slot` is the number of the value.
struct LaneValue {
    Lane lane = Lane::Int32;
    std::uint32_t slot = 0;  ///< Int32, Int64: byte offset in the block's memory; Wide: number of a row of 64 integers
};

/// An operation on big integers, event by event.
struct WideOperation {
    Wire wire;
    bool is_conversion = false;  ///< not the primitive, but the low bits of its value for a narrower lane
    std::vector<LaneValue> operands;
    LaneValue result;
};

struct LaneConstant {
    LaneValue value;
    Integer raw;
};

/// A compiled circuit. A chain whose lane is Wide stands for wide_operations[first_step].
struct LaneProgram {
    std::vector<LaneChain> chains;
    std::vector<LaneStep> steps;
    std::vector<LaneTerm32> terms_32;
    std::vector<LaneTerm64> terms_64;
    std::vector<std::int32_t> tables_32;
    std::vector<std::int64_t> tables_64;
    std::vector<WideOperation> wide_operations;
    std::vector<LaneConstant> constants;
    std::vector<std::pair<std::size_t, LaneValue>> inputs;  ///< number of the ports' element, and where it is put
    std::vector<LaneValue> outputs;                         ///< one per element of the output ports
    std::size_t memory_size = 0;                            ///< bytes of a block
    std::uint32_t num_wide_slots = 0;

    LaneProgramView view() const { return {chains.data(), steps.data(), terms_32.data(), terms_64.data(), tables_32.data(), tables_64.data()}; }
};

/// Compiles what the outputs depend on. Every Input that they depend on must stand in an input port.
LaneProgram compile_lanes(const Circuit& circuit);

/// Replaces numbers of values (0 to num_values) by slots; values that are not alive together share one.
void assign_slots(LaneProgram& program, std::uint32_t num_values);

}  // namespace lutra
