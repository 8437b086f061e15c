#pragma once

/// The instruction sets that the batch evaluator has kernels for. All give the same bits.

#include <cstdint>

namespace lutra {

struct LaneKernels;

/// Baseline is what every machine of the architecture has: SSE2 on x86-64.
enum class Isa : std::uint8_t { Baseline, Avx2, Avx512 };

inline constexpr Isa all_isas[] = {Isa::Baseline, Isa::Avx2, Isa::Avx512};

/// True when this build has kernels for the instruction set and this machine runs them.
bool is_supported(Isa isa);

/// The widest supported one.
Isa best_isa();

/// The kernels of a supported instruction set.
const LaneKernels& kernels_of(Isa isa);

extern const LaneKernels baseline_kernels;
extern const LaneKernels avx2_kernels;
extern const LaneKernels avx512_kernels;

}  // namespace lutra
