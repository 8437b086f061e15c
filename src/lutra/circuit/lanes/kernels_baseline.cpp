// Kernels for what every machine of the architecture has.

#define LUTRA_VECTOR_BYTES 16
#define LUTRA_KERNELS baseline_kernels
#include "lutra/circuit/lanes/kernels.h"
