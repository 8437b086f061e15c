// Kernels for machines with AVX2; CMakeLists.txt sets the compiler's flags for this file.

#if defined(LUTRA_HAS_X86_KERNELS)

#define LUTRA_VECTOR_BYTES 32
#define LUTRA_KERNELS avx2_kernels
#include "lutra/circuit/lanes/kernels.h"

#endif
