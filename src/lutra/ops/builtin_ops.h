#pragma once

#include "lutra/ir/op_registry.h"

namespace lutra {

/// All layer ops of Lutra.
OpRegistry builtin_ops();

}  // namespace lutra
