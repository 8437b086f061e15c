#include "lutra/circuit/lanes/isa.h"

#include "lutra/base/assert.h"

namespace lutra {

bool is_supported(Isa isa) {
    switch (isa) {
        case Isa::Baseline: return true;
#if defined(LUTRA_HAS_X86_KERNELS)
        case Isa::Avx2: return __builtin_cpu_supports("avx2") != 0;
        case Isa::Avx512:
            return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
                   __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vnni") != 0;
#else
        case Isa::Avx2:
        case Isa::Avx512: return false;
#endif
    }
    LUTRA_UNREACHABLE("instruction set");
}

Isa best_isa() {
    if (is_supported(Isa::Avx512)) {
        return Isa::Avx512;
    }
    return is_supported(Isa::Avx2) ? Isa::Avx2 : Isa::Baseline;
}

const LaneKernels& kernels_of(Isa isa) {
    LUTRA_ASSERT(is_supported(isa));
    switch (isa) {
        case Isa::Baseline: return baseline_kernels;
#if defined(LUTRA_HAS_X86_KERNELS)
        case Isa::Avx2: return avx2_kernels;
        case Isa::Avx512: return avx512_kernels;
#else
        case Isa::Avx2:
        case Isa::Avx512: break;
#endif
    }
    LUTRA_UNREACHABLE("instruction set");
}

}  // namespace lutra
