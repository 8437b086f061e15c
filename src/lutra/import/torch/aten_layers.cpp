#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "lutra/import/torch/aten_families.h"

namespace lutra::torch {

Result<void> spell_linear(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("input"));
    LUTRA_TRY(const std::string weight, node.tensor("weight"));
    const std::string transposed = node.emit("Transpose", {weight});
    if (!node.has("bias")) {
        node.finish("MatMul", {input, transposed});
        return {};
    }
    LUTRA_TRY(const std::string bias, node.tensor("bias"));
    node.finish("Add", {node.emit("MatMul", {input, transposed}), bias});
    return {};
}

/// beta * self + alpha * mat1 @ mat2.
Result<void> spell_addmm(AtenNode& node) {
    LUTRA_TRY(const std::string bias, node.tensor("self"));
    LUTRA_TRY(const std::string left, node.tensor("mat1"));
    LUTRA_TRY(const std::string right, node.tensor("mat2"));
    LUTRA_TRY(const double alpha, node.real("alpha", 1));
    LUTRA_TRY(const double beta, node.real("beta", 1));
    node.finish("Gemm", {left, right, bias}, {{"alpha", alpha}, {"beta", beta}});
    return {};
}

Result<void> spell_matmul(AtenNode& node) {
    LUTRA_TRY(const std::string left, node.tensor("self"));
    LUTRA_TRY(const std::string right, node.tensor(node.has("mat2") ? "mat2" : "other"));
    node.finish("MatMul", {left, right});
    return {};
}

Result<void> spell_batch_norm(AtenNode& node) {
    LUTRA_TRY(const bool trains, node.boolean("training", false));
    if (trains) {
        return node.unsupported("it is in training mode", "call eval() on the net before torch.export.export");
    }
    std::vector<std::string> inputs;
    for (const std::string_view name : {"input", "weight", "bias", "running_mean", "running_var"}) {
        if (!node.has(name)) {
            return node.unsupported(fmt::format("it has no {}", name), "use a batch normalisation with affine=True and track_running_stats=True");
        }
        LUTRA_TRY(std::string tensor, node.tensor(name));
        inputs.push_back(std::move(tensor));
    }
    LUTRA_TRY(const double epsilon, node.real("eps", 1e-5));
    node.finish("BatchNormalization", std::move(inputs), {{"epsilon", epsilon}});
    return {};
}

Result<void> spell_layer_norm(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("input"));
    LUTRA_TRY(const auto shape, node.integers("normalized_shape"));
    LUTRA_TRY(const double epsilon, node.real("eps", 1e-5));
    std::vector<std::string> inputs = {input};
    for (const std::string_view name : {"weight", "bias"}) {
        if (node.has(name)) {
            LUTRA_TRY(std::string tensor, node.tensor(name));
            inputs.push_back(std::move(tensor));
        }
    }
    if (inputs.size() == 1) {
        inputs.push_back(node.number(1));
    }
    node.finish("LayerNormalization", std::move(inputs), {{"axis", -static_cast<std::int64_t>(shape.size())}, {"epsilon", epsilon}});
    return {};
}

/// Without an epsilon torch takes that of float32.
Result<void> spell_rms_norm(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("input"));
    LUTRA_TRY(const auto shape, node.integers("normalized_shape"));
    LUTRA_TRY(const double epsilon, node.real("eps", 0x1p-23));
    std::string scale;
    if (node.has("weight")) {
        LUTRA_TRY(scale, node.tensor("weight"));
    } else {
        scale = node.number(1);
    }
    node.finish("RMSNormalization", {input, scale}, {{"axis", -static_cast<std::int64_t>(shape.size())}, {"epsilon", epsilon}});
    return {};
}

Result<void> spell_einsum(AtenNode& node) {
    LUTRA_TRY(std::string equation, node.string("equation", ""));
    LUTRA_TRY(auto tensors, node.tensors("tensors"));
    node.finish("Einsum", std::move(tensors), {{"equation", std::move(equation)}});
    return {};
}

/// softmax(query key^T * scale) value over the last two axes.
Result<void> spell_attention(AtenNode& node) {
    LUTRA_TRY(const std::string query, node.tensor("query"));
    LUTRA_TRY(const std::string key, node.tensor("key"));
    LUTRA_TRY(const std::string value, node.tensor("value"));
    LUTRA_TRY(const bool is_causal, node.boolean("is_causal", false));
    LUTRA_TRY(const double dropout, node.real("dropout_p", 0));
    LUTRA_TRY(const bool shares_keys, node.boolean("enable_gqa", false));
    LUTRA_TRY(const Shape shape, node.shape(key));
    if (is_causal || node.has("attn_mask") || dropout != 0 || shares_keys || shape.size() < 2 || shape.back() < 1) {
        return node.unsupported("it has a mask, dropout or shared keys", "attend to all keys, in evaluation mode");
    }
    LUTRA_TRY(const double scale, node.real("scale", 1 / std::sqrt(static_cast<double>(shape.back()))));
    std::vector<std::int64_t> permutation(shape.size());
    std::iota(permutation.begin(), permutation.end(), 0);
    std::swap(permutation[shape.size() - 1], permutation[shape.size() - 2]);
    const std::string columns = node.emit("Transpose", {key}, {{"perm", std::move(permutation)}});
    const std::string scores = node.emit("Mul", {node.emit("MatMul", {query, columns}), node.number(scale)});
    node.finish("MatMul", {node.emit("Softmax", {scores}, {{"axis", std::int64_t{-1}}}), value});
    return {};
}

Result<void> spell_prelu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::string slope, node.tensor("weight"));
    node.finish("PRelu", {input, slope});
    return {};
}

Result<void> spell_dropout(AtenNode& node) {
    LUTRA_TRY(const bool trains, node.boolean("train", false));
    if (trains) {
        return node.unsupported("it is in training mode", "call eval() on the net before torch.export.export");
    }
    LUTRA_TRY(const std::string input, node.first_tensor());
    node.finish("Identity", {input});
    return {};
}

}  // namespace lutra::torch
