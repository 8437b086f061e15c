#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/onnx/constant_moves.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Two stacks of matrices as a MatMul takes them: the axes before the last two are broadcast.
struct Stacks {
    const Tensor* a = nullptr;
    const Tensor* b = nullptr;
    Shape stack;  ///< of the result
    std::int64_t num_rows = 1;
    std::int64_t num_inner = 1;
    std::int64_t num_columns = 1;

    Shape shape() const {
        Shape result = stack;
        result.insert(result.end(), {num_rows, num_columns});
        return result;
    }
};

Shape all_but_last_two(const Shape& shape) { return shape.size() < 2 ? Shape{} : Shape(shape.begin(), shape.end() - 2); }

/// A row on the left has no axis of rows, one on the right no axis of columns.
Result<Stacks> stacks_of(NodeContext& context, const Tensor& a, const Tensor& b) {
    const bool are_numbers = a.is_real() == b.is_real() && a.type != ElementType::String && b.type != ElementType::String;
    const auto stack = broadcast(all_but_last_two(a.shape), all_but_last_two(b.shape));
    if (!are_numbers || a.shape.empty() || b.shape.empty() || !stack) {
        return context.invalid(
            fmt::format("it multiplies {} of shape {} with {} of shape {}", to_string(a.type), to_string(a.shape), to_string(b.type), to_string(b.shape)));
    }
    Stacks stacks{&a, &b, *stack, a.shape.size() == 1 ? 1 : a.shape[a.shape.size() - 2], a.shape.back(), b.shape.size() == 1 ? 1 : b.shape.back()};
    const std::int64_t inner = b.shape.size() == 1 ? b.shape[0] : b.shape[b.shape.size() - 2];
    const auto count = checked_num_elements(stacks.shape());
    if (inner != stacks.num_inner || !count) {
        return context.invalid(fmt::format("the shapes {} and {} do not fit", to_string(a.shape), to_string(b.shape)));
    }
    const double products = static_cast<double>(*count) * static_cast<double>(inner);
    const std::int64_t limit = context.translation().options.max_products;
    if (products > static_cast<double>(limit)) {
        return context.unsupported(fmt::format("it has {} products of constants; at most {} are supported", products, limit),
                                   "compute the constant before the export");
    }
    if (auto fits = context.reserve_constant(*count); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    return stacks;
}

/// One element of the result from a row of a and a column of b, which begin at these elements. Reals are not rounded yet; true: integers overflow.
bool set_product(const Stacks& stacks, std::size_t row, std::size_t column, Tensor& result, std::size_t place) {
    for (std::int64_t k = 0; k < stacks.num_inner; ++k) {
        const std::size_t i = row + static_cast<std::size_t>(k);
        const std::size_t j = column + static_cast<std::size_t>(k * stacks.num_columns);
        if (result.is_real()) {
            result.reals[place] += stacks.a->reals[i] * stacks.b->reals[j];
            continue;
        }
        const std::int64_t x = stacks.a->integers[i];
        const std::int64_t y = stacks.b->integers[j];
        std::int64_t product = 0;
        std::int64_t& sum = result.integers[place];
        if (x == batch_extent || y == batch_extent || __builtin_mul_overflow(x, y, &product) || __builtin_add_overflow(sum, product, &sum)) {
            return true;
        }
    }
    return false;
}

Result<Tensor> multiplied(NodeContext& context, const Tensor& a, const Tensor& b) {
    LUTRA_TRY(const Stacks stacks, stacks_of(context, a, b));
    Tensor result = make_tensor(promoted(a.type, b.type), stacks.shape());
    const auto matrix_a = broadcast_elements(all_but_last_two(a.shape), stacks.stack);
    const auto matrix_b = broadcast_elements(all_but_last_two(b.shape), stacks.stack);
    const auto rows = static_cast<std::size_t>(stacks.num_rows);
    const auto inner = static_cast<std::size_t>(stacks.num_inner);
    const auto columns = static_cast<std::size_t>(stacks.num_columns);
    for (std::size_t place = 0; place < result.size(); ++place) {
        const std::size_t matrix = place / (rows * columns);
        const std::size_t row = matrix_a[matrix] * rows * inner + place / columns % rows * inner;
        const std::size_t column = matrix_b[matrix] * inner * columns + place % columns;
        if (set_product(stacks, row, column, result, place)) {
            return context.unsupported("its integers overflow, or it computes with the size of the batch", "compute the constant before the export");
        }
    }
    return result;
}

Result<Tensor> rounded(NodeContext& context, Tensor result) {
    for (double& value : result.reals) {
        value = round_to(result.type, value);
    }
    if (auto checked = context.check_computed(result); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    return result;
}

/// A matrix of a Gemm, transposed if asked for.
Result<Tensor> gemm_matrix(NodeContext& context, std::size_t input, std::string_view transposition) {
    LUTRA_TRY(const std::int64_t is_transposed, context.integer(transposition, 0));
    LUTRA_TRY(const Tensor* matrix, context.need_constant(input, "matrix"));
    if (matrix->shape.size() != 2) {
        return context.invalid(fmt::format("its matrix has the shape {}", to_string(matrix->shape)));
    }
    if (is_transposed == 0) {
        return *matrix;
    }
    std::vector<std::size_t> elements;
    for (std::int64_t column = 0; column < matrix->shape[1]; ++column) {
        for (std::int64_t row = 0; row < matrix->shape[0]; ++row) {
            elements.push_back(static_cast<std::size_t>(row * matrix->shape[1] + column));
        }
    }
    return moved(context, *matrix, {matrix->shape[1], matrix->shape[0]}, elements);
}

}  // namespace

Result<Tensor> fold_matmul(NodeContext& context) {
    LUTRA_TRY(const Tensor* a, context.need_constant(0, "first operand"));
    LUTRA_TRY(const Tensor* b, context.need_constant(1, "second operand"));
    LUTRA_TRY(Tensor product, multiplied(context, *a, *b));
    const auto rank = static_cast<std::ptrdiff_t>(product.shape.size());
    if (b->shape.size() == 1) {
        product.shape.erase(product.shape.begin() + rank - 1);
    }
    if (a->shape.size() == 1) {
        product.shape.erase(product.shape.begin() + rank - 2);
    }
    return rounded(context, std::move(product));
}

/// alpha * a * b + beta * c.
Result<Tensor> fold_gemm(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    LUTRA_TRY(const double beta, context.real("beta", 1.0));
    context.ignore("broadcast");
    LUTRA_TRY(const Tensor a, gemm_matrix(context, 0, "transA"));
    LUTRA_TRY(const Tensor b, gemm_matrix(context, 1, "transB"));
    LUTRA_TRY(Tensor result, multiplied(context, a, b));
    if (!result.is_real()) {
        return context.unsupported(fmt::format("it multiplies {}", to_string(result.type)), "use MatMul and Add for integers");
    }
    std::ranges::transform(result.reals, result.reals.begin(), [&](double product) { return alpha * product; });
    if (context.has_input(2)) {
        LUTRA_TRY(const Tensor* addend, context.need_constant(2, "addend"));
        if (!addend->is_real() || broadcast(addend->shape, result.shape) != result.shape) {
            return context.invalid(fmt::format("its addend is {} of shape {}, its product has the shape {}", to_string(addend->type), to_string(addend->shape),
                                               to_string(result.shape)));
        }
        const auto elements = broadcast_elements(addend->shape, result.shape);
        for (std::size_t i = 0; i < result.size(); ++i) {
            result.reals[i] += beta * addend->reals[elements[i]];
        }
    }
    return rounded(context, std::move(result));
}

}  // namespace lutra::onnx
