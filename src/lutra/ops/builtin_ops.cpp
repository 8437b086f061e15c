#include "lutra/ops/builtin_ops.h"

#include "lutra/ops/abs.h"
#include "lutra/ops/add.h"
#include "lutra/ops/argmax.h"
#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/bipolar.h"
#include "lutra/ops/broadcast.h"
#include "lutra/ops/clip.h"
#include "lutra/ops/concat.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/einsum.h"
#include "lutra/ops/elu.h"
#include "lutra/ops/embedding.h"
#include "lutra/ops/erf.h"
#include "lutra/ops/exp.h"
#include "lutra/ops/flatten.h"
#include "lutra/ops/gelu.h"
#include "lutra/ops/input.h"
#include "lutra/ops/layer_normalization.h"
#include "lutra/ops/leaky_relu.h"
#include "lutra/ops/less.h"
#include "lutra/ops/log.h"
#include "lutra/ops/log_softmax.h"
#include "lutra/ops/maximum.h"
#include "lutra/ops/minimum.h"
#include "lutra/ops/mish.h"
#include "lutra/ops/multiply.h"
#include "lutra/ops/prelu.h"
#include "lutra/ops/quantize.h"
#include "lutra/ops/reciprocal.h"
#include "lutra/ops/reduce_max.h"
#include "lutra/ops/reduce_min.h"
#include "lutra/ops/relu.h"
#include "lutra/ops/reshape.h"
#include "lutra/ops/rms_normalization.h"
#include "lutra/ops/rsqrt.h"
#include "lutra/ops/sigmoid.h"
#include "lutra/ops/silu.h"
#include "lutra/ops/slice.h"
#include "lutra/ops/softmax.h"
#include "lutra/ops/softplus.h"
#include "lutra/ops/softsign.h"
#include "lutra/ops/sqrt.h"
#include "lutra/ops/subtract.h"
#include "lutra/ops/table_sum.h"
#include "lutra/ops/tanh.h"
#include "lutra/ops/ternary.h"
#include "lutra/ops/thresholded_relu.h"
#include "lutra/ops/transpose.h"
#include "lutra/ops/where.h"

namespace lutra {

OpRegistry builtin_ops() {
    OpRegistry registry;
    registry.add<Abs>();
    registry.add<Add>();
    registry.add<Argmax>();
    registry.add<BatchNormalization>();
    registry.add<Bipolar>();
    registry.add<Broadcast>();
    registry.add<Clip>();
    registry.add<Concat>();
    registry.add<Constant>();
    registry.add<Dense>();
    registry.add<Einsum>();
    registry.add<Elu>();
    registry.add<Embedding>();
    registry.add<Erf>();
    registry.add<Exp>();
    registry.add<Flatten>();
    registry.add<Gelu>();
    registry.add<Input>();
    registry.add<LayerNormalization>();
    registry.add<LeakyRelu>();
    registry.add<Less>();
    registry.add<Log>();
    registry.add<LogSoftmax>();
    registry.add<Maximum>();
    registry.add<Minimum>();
    registry.add<Mish>();
    registry.add<Multiply>();
    registry.add<Prelu>();
    registry.add<Quantize>();
    registry.add<Reciprocal>();
    registry.add<ReduceMax>();
    registry.add<ReduceMin>();
    registry.add<Relu>();
    registry.add<Reshape>();
    registry.add<RmsNormalization>();
    registry.add<Rsqrt>();
    registry.add<Sigmoid>();
    registry.add<Silu>();
    registry.add<Slice>();
    registry.add<Softmax>();
    registry.add<Softplus>();
    registry.add<Softsign>();
    registry.add<Sqrt>();
    registry.add<Subtract>();
    registry.add<TableSum>();
    registry.add<Tanh>();
    registry.add<Ternary>();
    registry.add<ThresholdedRelu>();
    registry.add<Transpose>();
    registry.add<Where>();
    return registry;
}

}  // namespace lutra
