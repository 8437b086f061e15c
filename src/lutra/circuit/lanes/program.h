#pragma once

/// The flat program that the batch evaluator runs: what a circuit becomes when it is compiled for lanes of events.
///
/// A block of 64 events is evaluated at a time. Every live value has a slot of 64 lanes in the block's memory. A chain is a small
/// accumulator program on one kind of lane: it loads, applies steps in registers, and stores one value. Only plain data here: the kernels
/// of every instruction set include this header, and must not emit inline functions that the linker could give to others.

#include <cstddef>
#include <cstdint>

namespace lutra {

/// Number of events in a block.
inline constexpr int lane_block = 64;

/// What holds one event's value of a wire: the smallest that holds its proved interval.
enum class Lane : std::uint8_t { Int32, Int64, Wide };

/// One step of a chain on the accumulator a; x is the value in `slot`. All arithmetic is modulo 2^32 or 2^64, as the chain's lane says.
enum class LaneStepKind : std::uint8_t {
    Load,               ///< a = x
    LoadConverted,      ///< a = x of the other kind of lane: extended, or its low bits
    LoadConstant,       ///< a = immediate
    Add,                ///< a = a + x
    Subtract,           ///< a = a - x
    SubtractFrom,       ///< a = x - a
    Negate,             ///< a = -a
    Multiply,           ///< a = a * x
    MultiplyAdd,        ///< a = a + coefficient * term, for `count` terms from `slot` in the list of the lane
    MultiplyAddPairs,   ///< the same for packed terms: each half of a 32-bit lane is a 16-bit factor
    MultiplyAddHalves,  ///< the same on 64-bit lanes, for terms and coefficients that fit in 32 bits
    PackHigh,           ///< a = the low 16 bits of a, and above them those of x
    Not,                ///< a = ~a
    And,                ///< a = a & x
    Or,                 ///< a = a | x
    Xor,                ///< a = a ^ x
    Equal,              ///< a = a == x
    Less,               ///< a = a < x
    Greater,            ///< a = a > x
    Min,                ///< a = min(a, x)
    Max,                ///< a = max(a, x)
    Select,             ///< a = a ? x : the value in `other`
    ShiftLeft,          ///< a = a << other
    ShiftRight,         ///< a = a >> other, copying the sign
    SignExtend,         ///< a = the low `other` bits of a, read as two's complement
    Mask,               ///< a = a & immediate
    Table,              ///< a = entry a - immediate of the table that begins at `slot` in the list of the lane
};

/// `slot` and `other` are numbers of values while a program is made, places in the block's memory once it has slots.
struct LaneStep {
    LaneStepKind kind = LaneStepKind::Load;
    std::uint32_t slot = 0;
    std::uint32_t other = 0;  ///< a second slot, a bit count, or a number of terms
    std::int64_t immediate = 0;
};

struct LaneTerm32 {
    std::uint32_t slot = 0;
    std::int32_t coefficient = 0;  ///< of a pair: the low half's factor in the low 16 bits, the high half's above
};

struct LaneTerm64 {
    std::uint32_t slot = 0;
    std::int64_t coefficient = 0;
};

/// Steps that make one value on lanes of one kind, Int32 or Int64.
struct LaneChain {
    Lane lane = Lane::Int32;
    std::uint32_t first_step = 0;
    std::uint32_t num_steps = 0;
    std::uint32_t result = 0;
};

/// What a kernel sees of a program.
struct LaneProgramView {
    const LaneChain* chains;
    const LaneStep* steps;
    const LaneTerm32* terms_32;
    const LaneTerm64* terms_64;
    const std::int32_t* tables_32;
    const std::int64_t* tables_64;
};

/// The code for one instruction set.
struct LaneKernels {
    /// Runs chains [first, last) on a block's memory, which is aligned to 64 bytes.
    void (*run_chains)(const LaneProgramView& program, std::uint32_t first, std::uint32_t last, std::byte* memory);
    /// True when row after row of `num_columns` integers lies within the bounds of its columns.
    bool (*is_within)(const std::int64_t* rows, std::size_t num_rows, std::size_t num_columns, const std::int64_t* low, const std::int64_t* high);
    /// Copies a column of 64 rows, `stride` integers apart, to a slot; and back.
    void (*load_column)(const std::int64_t* column, std::size_t stride, Lane lane, std::byte* slot);
    void (*store_column)(const std::byte* slot, Lane lane, std::int64_t* column, std::size_t stride, std::size_t num_rows);
};

}  // namespace lutra
