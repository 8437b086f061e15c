#include <fmt/format.h>

#include "lutra/import/torch/aten_families.h"

namespace lutra::torch {

namespace {

/// Clip with the bounds that are there.
Result<void> clip(AtenNode& node, std::string_view low_name, std::string_view high_name, std::optional<double> low, std::optional<double> high) {
    LUTRA_TRY(const std::string input, node.first_tensor());
    std::vector<std::string> inputs = {input, "", ""};
    for (const auto& [position, name, otherwise] : {std::tuple(1U, low_name, low), std::tuple(2U, high_name, high)}) {
        if (node.has(name)) {
            LUTRA_TRY(inputs[position], node.tensor_or_number(name));
        } else if (otherwise) {
            inputs[position] = node.number(*otherwise);
        }
    }
    node.finish("Clip", std::move(inputs));
    return {};
}

}  // namespace

Result<void> spell_clamp(AtenNode& node) { return clip(node, "min", "max", std::nullopt, std::nullopt); }

Result<void> spell_hardtanh(AtenNode& node) { return clip(node, "min_val", "max_val", -1, 1); }

Result<void> spell_relu6(AtenNode& node) { return clip(node, "", "", 0, 6); }

Result<void> spell_leaky_relu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const double slope, node.real("negative_slope", 0.01));
    node.finish("LeakyRelu", {input}, {{"alpha", slope}});
    return {};
}

Result<void> spell_elu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const double alpha, node.real("alpha", 1));
    LUTRA_TRY(const double scale, node.real("scale", 1));
    LUTRA_TRY(const double input_scale, node.real("input_scale", 1));
    if (input_scale != 1) {
        return node.unsupported(fmt::format("it scales its input by {}", input_scale), "use torch.nn.ELU, or torch.nn.CELU for its own scale");
    }
    if (scale == 1) {
        node.finish("Elu", {input}, {{"alpha", alpha}});
    } else {
        node.finish("Mul", {node.emit("Elu", {input}, {{"alpha", alpha}}), node.number(scale)});
    }
    return {};
}

Result<void> spell_celu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const double alpha, node.real("alpha", 1));
    node.finish("Celu", {input}, {{"alpha", alpha}});
    return {};
}

Result<void> spell_gelu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(std::string form, node.string("approximate", "none"));
    node.finish("Gelu", {input}, {{"approximate", std::move(form)}});
    return {};
}

Result<void> spell_hardsigmoid(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    node.finish("HardSigmoid", {input}, {{"alpha", 1.0 / 6.0}, {"beta", 0.5}});
    return {};
}

/// log(1 + exp(beta * x)) / beta; beyond `threshold` torch gives x, which differs by less than float32 shows.
Result<void> spell_softplus(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const double beta, node.real("beta", 1));
    if (!(beta > 0)) {
        return node.unsupported(fmt::format("its beta is {}", beta), "give a positive beta");
    }
    if (beta == 1) {
        node.finish("Softplus", {input});
        return {};
    }
    const std::string scaled = node.emit("Softplus", {node.emit("Mul", {input, node.number(beta)})});
    node.finish("Mul", {scaled, node.number(1 / beta)});
    return {};
}

/// -softplus(-x).
Result<void> spell_log_sigmoid(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    node.finish("Neg", {node.emit("Softplus", {node.emit("Neg", {input})})});
    return {};
}

Result<void> spell_tanh_shrink(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.first_tensor());
    node.finish("Sub", {input, node.emit("Tanh", {input})});
    return {};
}

/// x moved by lambda towards 0.
Result<void> spell_soft_shrink(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const double lambda, node.real("lambd", 0.5));
    node.finish("Sub", {input, node.emit("Clip", {input, node.number(-lambda), node.number(lambda)})});
    return {};
}

/// The first half of an axis times the sigmoid of the second.
Result<void> spell_glu(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", -1));
    LUTRA_TRY(const Shape shape, node.shape(input));
    LUTRA_TRY(const std::int64_t axis, node.axis(dim, shape.size()));
    const std::int64_t half = shape[static_cast<std::size_t>(axis)] / 2;
    const auto part = [&](std::int64_t first) {
        return node.emit("Slice", {input, node.integers_constant({first}), node.integers_constant({first + half}), node.integers_constant({axis})});
    };
    if (half < 1) {
        return node.invalid("it halves an axis that is no even number");
    }
    const std::string value = part(0);
    node.finish("Mul", {value, node.emit("Sigmoid", {part(half)})});
    return {};
}

Result<void> spell_softmax(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.tensor("self"));
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", -1));
    node.finish(node.target().find("log_softmax") == std::string::npos ? "Softmax" : "LogSoftmax", {input}, {{"axis", dim}});
    return {};
}

}  // namespace lutra::torch
