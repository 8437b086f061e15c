#include "lutra/quantize/layer_constants.h"

#include <cmath>

#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/embedding.h"

namespace lutra {

namespace {

LayerConstants constants_of(const BatchNormalization& op, const Shape& shape) {
    const int axis = op.axis < 0 ? op.axis + static_cast<int>(shape.size()) : op.axis;
    const std::int64_t num_channels = shape[static_cast<std::size_t>(axis)];
    LayerConstants constants{{{num_channels}, {}}, {{num_channels}, {}}};
    const auto at = [](const RealTensor& parameter, std::size_t channel) { return parameter.shape.empty() ? parameter[0] : parameter[channel]; };
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(num_channels); ++channel) {
        const double factor = at(op.scale, channel) / std::sqrt(at(op.variance, channel) + op.epsilon);
        constants.weight.values.push_back(factor);
        constants.bias.values.push_back(at(op.bias, channel) - at(op.mean, channel) * factor);
    }
    return constants;
}

}  // namespace

LayerConstants constants_of(const Node& node) {
    if (const auto* dense = node.op.as<Dense>()) {
        return {dense->weights, dense->bias};
    }
    if (const auto* constant = node.op.as<Constant>()) {
        return {constant->value, {Shape{0}, {}}};
    }
    if (const auto* embedding = node.op.as<Embedding>()) {
        return {embedding->weights, {Shape{0}, {}}};
    }
    const auto* normalization = node.op.as<BatchNormalization>();
    LUTRA_ASSERT(normalization != nullptr);
    return constants_of(*normalization, node.type.shape);
}

Op with_constants(const Node& node, LayerConstants constants) {
    if (node.op.as<Dense>() != nullptr) {
        return Dense{std::move(constants.weight), std::move(constants.bias)};
    }
    if (node.op.as<Constant>() != nullptr) {
        return Constant{std::move(constants.weight)};
    }
    if (node.op.as<Embedding>() != nullptr) {
        return Embedding{std::move(constants.weight)};
    }
    const auto* normalization = node.op.as<BatchNormalization>();
    LUTRA_ASSERT(normalization != nullptr);
    return BatchNormalization{
        .scale = std::move(constants.weight), .bias = std::move(constants.bias), .mean = 0.0, .variance = 1.0, .epsilon = 0, .axis = normalization->axis};
}

}  // namespace lutra
