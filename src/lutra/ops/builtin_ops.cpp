#include "lutra/ops/builtin_ops.h"

#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"
#include "lutra/ops/quantize.h"
#include "lutra/ops/relu.h"

namespace lutra {

OpRegistry builtin_ops() {
    OpRegistry registry;
    registry.add<Constant>();
    registry.add<Dense>();
    registry.add<Input>();
    registry.add<Quantize>();
    registry.add<Relu>();
    return registry;
}

}  // namespace lutra
