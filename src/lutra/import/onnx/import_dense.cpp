#include <fmt/format.h>

#include "lutra/import/onnx/alignment.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

Result<const Tensor*> real_matrix(NodeContext& context, std::size_t input) {
    LUTRA_TRY(const Tensor* tensor, context.need_constant(input, "weight"));
    if (!tensor->is_real() || tensor->shape.size() != 2) {
        return context.unsupported(
            fmt::format("its weight is {} of shape {}; a matrix of floats is supported", to_string(tensor->type), to_string(tensor->shape)));
    }
    return tensor;
}

RealTensor transposed(const RealTensor& matrix) {
    const auto rows = static_cast<std::size_t>(matrix.shape[0]);
    const auto columns = static_cast<std::size_t>(matrix.shape[1]);
    RealTensor result({matrix.shape[1], matrix.shape[0]}, std::vector<double>(matrix.size()));
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            result.values[j * rows + i] = matrix.values[i * columns + j];
        }
    }
    return result;
}

/// Multiplies by a factor; a product of two float32 numbers is exact in double.
RealTensor scaled(RealTensor tensor, double factor) {
    for (double& value : tensor.values) {
        value *= factor;
    }
    return tensor;
}

Result<void> check_products(NodeContext& context, const Event& input, const RealTensor& weights) {
    const std::int64_t positions = num_elements(context.shape(input)) / std::max<std::int64_t>(weights.shape[0], 1);
    const auto products = static_cast<double>(positions) * static_cast<double>(weights.size());
    const auto limit = context.translation().options.max_products;
    if (products > static_cast<double>(limit)) {
        return context.unsupported(fmt::format("it has {} products of a weight and an input; at most {} are supported", products, limit), "split the model");
    }
    return {};
}

/// The bias of a Gemm for one event.
Result<RealTensor> gemm_bias(NodeContext& context, const Tensor& constant, double beta, std::int64_t num_outputs) {
    LUTRA_TRY(RealTensor bias, per_event(context, constant, {2, 0}));
    if (!bias.shape.empty() && bias.shape != Shape{num_outputs}) {
        return context.invalid(fmt::format("its bias has the shape {}, it has {} outputs", to_string(constant.shape), num_outputs));
    }
    return scaled(std::move(bias), beta);
}

/// Weights as (inputs, outputs) and the event whose last axis they meet, of the two operands of a MatMul.
struct MatMulOperands {
    Event input;
    RealTensor weights;
    bool is_column = false;   ///< the event is a column on the right of the weights
    bool drops_axis = false;  ///< the weights are a vector
};

Result<MatMulOperands> matmul_operands(NodeContext& context) {
    const std::size_t side = context.is_constant(1) ? 1 : 0;
    LUTRA_TRY(const Event input, context.real_event(1 - side));
    const Tensor& constant = *context.constant(side);
    MatMulOperands operands{input, to_real(constant), side == 0, constant.shape.size() == 1};
    Shape& shape = operands.weights.shape;
    while (shape.size() > 2 && shape.front() == 1) {
        shape.erase(shape.begin());
    }
    if (!constant.is_real() || shape.empty() || shape.size() > 2 || constant.shape.size() > std::max<std::size_t>(context.full_shape(input).size(), 2)) {
        return context.unsupported(
            fmt::format("its weight is {} of shape {}; a matrix of floats is supported", to_string(constant.type), to_string(constant.shape)));
    }
    if (operands.drops_axis) {
        shape = operands.is_column ? Shape{1, shape[0]} : Shape{shape[0], 1};
    }
    if (operands.is_column) {
        operands.weights = transposed(operands.weights);
    }
    return operands;
}

/// True when exactly one live node, an Add, uses the output.
bool is_only_added(NodeContext& context) {
    const Translation& translation = context.translation();
    const std::string& name = context.node().outputs[0];
    const auto count = translation.use_counts.find(name);
    const auto user = translation.last_user.find(name);
    return count != translation.use_counts.end() && count->second == 1 && user != translation.last_user.end() &&
           translation.model.nodes[user->second].op_type == "Add" && translation.model.nodes[user->second].domain.empty();
}

}  // namespace

Result<void> import_gemm(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    LUTRA_TRY(const double beta, context.real("beta", 1.0));
    LUTRA_TRY(const std::int64_t transposes_a, context.integer("transA", 0));
    LUTRA_TRY(const std::int64_t transposes_b, context.integer("transB", 0));
    context.ignore("broadcast");
    LUTRA_TRY(Event input, context.real_event(0));
    LUTRA_TRY(const Tensor* matrix, real_matrix(context, 1));
    if (context.full_shape(input).size() != 2 || (input.has_batch() && input.batch_axis != (transposes_a != 0 ? 1 : 0)) ||
        (!input.has_batch() && transposes_a != 0)) {
        return context.unsupported(fmt::format("its input must have the shape (batch, inputs), not {} for one event", to_string(context.shape(input))),
                                   "put a Flatten before it");
    }
    input.batch_axis = input.has_batch() ? 0 : -1;
    RealTensor weights = scaled(transposes_b != 0 ? transposed(to_real(*matrix)) : to_real(*matrix), alpha);
    if (auto fits = check_products(context, input, weights); !fits) {
        return fits;
    }
    RealTensor bias = 0.0;
    const bool adds_event = context.has_input(2) && !context.is_constant(2);
    if (context.has_input(2) && !adds_event) {
        LUTRA_TRY(bias, gemm_bias(context, *context.constant(2), beta, weights.shape[1]));
    }
    LUTRA_TRY(Event result, context.add("dense", {{"weights", std::move(weights)}, {"bias", std::move(bias)}}, input));
    if (adds_event) {
        LUTRA_TRY(const Event addend, context.real_event(2));
        if (addend.batch_axis != result.batch_axis || beta != 1.0) {
            return context.unsupported("its addend depends on the event and has a factor beta or another batch axis", "use an Add behind the Gemm");
        }
        LUTRA_TRY(result.node, context.add("add", {}, std::vector{result.node, addend.node}));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_matmul(NodeContext& context) {
    if (!context.is_constant(0) && !context.is_constant(1)) {
        return import_matmul_of_events(context);
    }
    LUTRA_TRY(MatMulOperands operands, matmul_operands(context));
    Event input = operands.input;
    const Shape full = context.full_shape(input);
    const auto last = static_cast<int>(full.size()) - 1;
    // weights * column: the event's contracted axis is the last but one, the batch or nothing stands behind it.
    const bool contracts_last = !operands.is_column || last == 0;
    const bool fits = contracts_last ? input.batch_axis != last : input.batch_axis == last;
    if (full.empty() || !fits) {
        return context.unsupported(fmt::format("it contracts another axis than the last of one event of shape {}", to_string(context.shape(input))),
                                   "put a Transpose before it");
    }
    if (auto small = check_products(context, input, operands.weights); !small) {
        return small;
    }
    if (!operands.drops_axis && !operands.is_column && context.shape(input).back() == operands.weights.shape[0] && is_only_added(context)) {
        context.set_output(0, PendingDense{input, std::move(operands.weights), context.node().name});
        return {};
    }
    LUTRA_TRY(Event result, context.add("dense", {{"weights", std::move(operands.weights)}, {"bias", 0.0}}, input));
    if (operands.drops_axis) {
        Shape shape = context.shape(result);
        shape.pop_back();
        LUTRA_TRY(result, context.add("reshape", {{"shape", std::move(shape)}}, result));
        result.batch_axis = operands.is_column && last > 0 ? result.batch_axis - 1 : result.batch_axis;
    }
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
