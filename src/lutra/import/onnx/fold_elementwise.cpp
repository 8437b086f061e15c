#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Combines two constants with broadcasting, in doubles rounded to the type of the result, or in integers.
struct Combination {
    double (*reals)(double, double);
    bool (*integers)(std::int64_t, std::int64_t, std::int64_t*);  ///< true: overflow; null: integers are not supported
};

Result<Tensor> combine(NodeContext& context, const Combination& combination) {
    for (const std::string_view name : {"axis", "broadcast", "consumed_inputs"}) {
        context.ignore(name);
    }
    LUTRA_TRY(const Tensor* a, context.need_constant(0, "first operand"));
    LUTRA_TRY(const Tensor* b, context.need_constant(1, "second operand"));
    if (a->type == ElementType::String || b->type == ElementType::String) {
        return context.unsupported("it computes with strings", "compute the constant before the export");
    }
    const auto shape = broadcast(a->shape, b->shape);
    const auto count = shape ? checked_num_elements(*shape) : std::nullopt;
    if (!count) {
        return context.invalid(fmt::format("the shapes {} and {} do not broadcast", to_string(a->shape), to_string(b->shape)));
    }
    if (auto fits = context.reserve_constant(*count); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(promoted(a->type, b->type), *shape);
    const auto index_a = broadcast_indices(a->shape, *shape);
    const auto index_b = broadcast_indices(b->shape, *shape);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto ia = static_cast<std::size_t>(index_a[i]);
        const auto ib = static_cast<std::size_t>(index_b[i]);
        if (result.is_real()) {
            result.reals[i] = round_to(result.type, combination.reals(a->value(ia), b->value(ib)));
            continue;
        }
        const std::int64_t x = a->integers[ia];
        const std::int64_t y = b->integers[ib];
        if (x == batch_extent || y == batch_extent) {
            return context.unsupported("it computes with the size of the batch", "give -1 where a shape has the batch");
        }
        if (combination.integers == nullptr || combination.integers(x, y, &result.integers[i])) {
            return context.unsupported("it computes with integers in a way that is not supported, or that overflows", "compute the constant before the export");
        }
    }
    if (auto checked = context.check_computed(result); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    return result;
}

/// A function of the elements of a constant.
struct Mapping {
    double (*reals)(double);
    bool (*integers)(std::int64_t, std::int64_t*) = nullptr;  ///< true: overflow; null: integers are not supported
};

Result<Tensor> map(NodeContext& context, const Mapping& mapping) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    if (!x->is_real() && (mapping.integers == nullptr || x->type == ElementType::String)) {
        return context.unsupported(fmt::format("it takes {}", to_string(x->type)), "compute the constant before the export");
    }
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = *x;
    for (double& value : result.reals) {
        value = round_to(result.type, mapping.reals(value));
    }
    for (std::int64_t& value : result.integers) {
        if (value == batch_extent || mapping.integers(value, &value)) {
            return context.unsupported("it computes with the size of the batch, or overflows", "compute the constant before the export");
        }
    }
    if (auto checked = context.check_computed(result); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    return result;
}

/// A bound of a Clip: nothing when the node has none.
Result<std::optional<double>> clip_bound(NodeContext& context, std::string_view name, std::size_t input) {
    if (context.has_attribute(name)) {
        LUTRA_TRY(const double bound, context.real(name, 0));
        return bound;
    }
    if (!context.has_input(input)) {
        return std::nullopt;
    }
    LUTRA_TRY(const Tensor* bound, context.need_constant(input, name));
    if (!bound->is_scalar()) {
        return context.invalid(fmt::format("its {} must be a scalar, not of shape {}", name, to_string(bound->shape)));
    }
    return bound->value(0);
}

bool divide_integers(std::int64_t x, std::int64_t y, std::int64_t* result) {
    if (y == 0 || y == -1) {
        return y == 0 || __builtin_sub_overflow(std::int64_t{0}, x, result);
    }
    *result = x / y;
    return false;
}

/// With the sign of x; true: there is none.
bool remainder_of_integers(std::int64_t x, std::int64_t y, std::int64_t* result) {
    *result = y == 0 || y == -1 ? 0 : x % y;
    return y == 0;
}

/// With the sign of y.
bool floored_remainder_of_integers(std::int64_t x, std::int64_t y, std::int64_t* result) {
    const bool has_none = remainder_of_integers(x, y, result);
    *result += *result != 0 && (*result < 0) != (y < 0) ? y : 0;
    return has_none;
}

bool negate_integer(std::int64_t x, std::int64_t* result) { return __builtin_sub_overflow(std::int64_t{0}, x, result); }

bool magnitude_of_integer(std::int64_t x, std::int64_t* result) {
    *result = x;
    return x < 0 && negate_integer(x, result);
}

bool sign_of_integer(std::int64_t x, std::int64_t* result) {
    *result = (x > 0) - (x < 0);
    return false;
}

bool positive_part_of_integer(std::int64_t x, std::int64_t* result) {
    *result = std::max<std::int64_t>(x, 0);
    return false;
}

/// By repeated multiplication: of other numbers than 0, 1 and -1 no power above 63 fits.
bool power_of_integers(std::int64_t x, std::int64_t y, std::int64_t* result) {
    constexpr std::int64_t highest_power = 63;
    *result = 1;
    if (y < 0 || (y > highest_power && x != 0 && x != 1 && x != -1)) {
        return true;
    }
    const std::int64_t count = y > highest_power ? 2 - y % 2 : y;
    for (std::int64_t i = 0; i < count; ++i) {
        if (__builtin_mul_overflow(*result, x, result)) {
            return true;
        }
    }
    return false;
}

double floored_remainder(double x, double y) { return x - y * std::floor(x / y); }

}  // namespace

Result<Tensor> fold_add(NodeContext& context) {
    return combine(context,
                   {[](double x, double y) { return x + y; }, [](std::int64_t x, std::int64_t y, std::int64_t* r) { return __builtin_add_overflow(x, y, r); }});
}
Result<Tensor> fold_sub(NodeContext& context) {
    return combine(context,
                   {[](double x, double y) { return x - y; }, [](std::int64_t x, std::int64_t y, std::int64_t* r) { return __builtin_sub_overflow(x, y, r); }});
}
Result<Tensor> fold_mul(NodeContext& context) {
    return combine(context,
                   {[](double x, double y) { return x * y; }, [](std::int64_t x, std::int64_t y, std::int64_t* r) { return __builtin_mul_overflow(x, y, r); }});
}
Result<Tensor> fold_div(NodeContext& context) {
    return combine(context, {[](double x, double y) { return x / y; }, divide_integers});
}
Result<Tensor> fold_pow(NodeContext& context) {
    return combine(context, {[](double x, double y) { return std::pow(x, y); }, power_of_integers});
}
Result<Tensor> fold_mod(NodeContext& context) {
    LUTRA_TRY(const std::int64_t fmod, context.integer("fmod", 0));
    return fmod != 0 ? combine(context, {[](double x, double y) { return std::fmod(x, y); }, remainder_of_integers})
                     : combine(context, {floored_remainder, floored_remainder_of_integers});
}
Result<Tensor> fold_neg(NodeContext& context) {
    return map(context, {[](double x) { return -x; }, negate_integer});
}
Result<Tensor> fold_sqrt(NodeContext& context) {
    return map(context, {[](double x) { return std::sqrt(x); }});
}
Result<Tensor> fold_reciprocal(NodeContext& context) {
    return map(context, {[](double x) { return 1 / x; }});
}
Result<Tensor> fold_abs(NodeContext& context) {
    return map(context, {[](double x) { return std::abs(x); }, magnitude_of_integer});
}
Result<Tensor> fold_exp(NodeContext& context) {
    return map(context, {[](double x) { return std::exp(x); }});
}
Result<Tensor> fold_log(NodeContext& context) {
    return map(context, {[](double x) { return std::log(x); }});
}
Result<Tensor> fold_relu(NodeContext& context) {
    return map(context, {[](double x) { return std::max(x, 0.0); }, positive_part_of_integer});
}
Result<Tensor> fold_sigmoid(NodeContext& context) {
    return map(context, {[](double x) { return 1 / (1 + std::exp(-x)); }});
}
Result<Tensor> fold_tanh(NodeContext& context) {
    return map(context, {[](double x) { return std::tanh(x); }});
}
Result<Tensor> fold_erf(NodeContext& context) {
    return map(context, {[](double x) { return std::erf(x); }});
}
Result<Tensor> fold_sign(NodeContext& context) {
    return map(context, {[](double x) { return static_cast<double>((x > 0) - (x < 0)); }, sign_of_integer});
}
Result<Tensor> fold_round(NodeContext& context) {
    return map(context, {[](double x) { return std::nearbyint(x); }});
}
Result<Tensor> fold_ceil(NodeContext& context) {
    return map(context, {[](double x) { return std::ceil(x); }});
}
Result<Tensor> fold_floor(NodeContext& context) {
    return map(context, {[](double x) { return std::floor(x); }});
}

Result<Tensor> fold_cast(NodeContext& context) {
    LUTRA_TRY(const std::int64_t code, context.integer("to", 0));
    context.ignore("saturate");
    context.ignore("round_mode");
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    const auto type = element_type_of(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000)));
    if (x->type == ElementType::String) {
        return context.unsupported("it reads numbers from strings", "compute the constant before the export");
    }
    if (!type || *type == ElementType::String) {
        return fail(DiagnosticId::OnnxUnsupportedType, context.translation().place(context.node()),
                    fmt::format("it casts to {} ({})", name_of_type_code(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000))), code), "cast to float32");
    }
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(*type, x->shape);
    for (std::size_t i = 0; i < x->size(); ++i) {
        if (result.is_real()) {
            if (!x->is_real() && x->integers[i] == batch_extent) {
                return context.unsupported("it computes with the size of the batch", "give -1 where a shape has the batch");
            }
            result.reals[i] = round_to(*type, x->value(i));
            continue;
        }
        const IntegerRange range = integer_range(*type);
        const double truncated = x->is_real() ? std::trunc(x->reals[i]) : 0;
        if (x->is_real() && !(std::abs(truncated) < 0x1p62)) {
            return context.unsupported(fmt::format("element {} does not fit into {}", i, to_string(*type)), "compute the constant before the export");
        }
        const std::int64_t integer = x->is_real() ? static_cast<std::int64_t>(truncated) : x->integers[i];
        const bool is_bool = *type == ElementType::Bool;
        result.integers[i] = is_bool ? (x->value(i) != 0 ? 1 : 0) : integer;
        if (!is_bool && integer != batch_extent && (integer < range.low || integer > range.high)) {
            return context.unsupported(fmt::format("element {} does not fit into {}: {}", i, to_string(*type), integer),
                                       "compute the constant before the export");
        }
    }
    if (auto checked = context.check_computed(result); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    return result;
}

Result<Tensor> fold_clip(NodeContext& context) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const auto low, clip_bound(context, "min", 1));
    LUTRA_TRY(const auto high, clip_bound(context, "max", 2));
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(x->size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    constexpr double most = 0x1p62;
    Tensor result = *x;
    for (double& value : result.reals) {
        value = std::min(std::max(value, low.value_or(value)), high.value_or(HUGE_VAL));
    }
    for (std::int64_t& value : result.integers) {
        if (value == batch_extent) {
            return context.unsupported("it computes with the size of the batch", "give -1 where a shape has the batch");
        }
        value = low ? std::max(value, static_cast<std::int64_t>(std::clamp(*low, -most, most))) : value;
        value = high ? std::min(value, static_cast<std::int64_t>(std::clamp(*high, -most, most))) : value;
    }
    return result;
}

}  // namespace lutra::onnx
