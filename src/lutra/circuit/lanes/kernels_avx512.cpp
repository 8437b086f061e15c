// Kernels for machines with AVX512; CMakeLists.txt sets the compiler's flags for this file.

#if defined(LUTRA_HAS_X86_KERNELS)

#define LUTRA_VECTOR_BYTES 64
#define LUTRA_KERNELS avx512_kernels
#include "lutra/circuit/lanes/kernels.h"

#endif
