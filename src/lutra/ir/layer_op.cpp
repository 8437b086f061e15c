#include "lutra/ir/layer_op.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

namespace {

/// Input wires with the types of a tensor, for type inference.
WireTensor make_inputs(CircuitBuilder& builder, const TensorType& type) {
    WireTensor tensor{type.shape, {}};
    const auto count = static_cast<std::size_t>(num_elements(type.shape));
    for (std::size_t i = 0; i < count; ++i) {
        tensor.elements.push_back({builder.input(type.element(i))});
    }
    return tensor;
}

/// True when a value whose last bit stands at 2^-fraction and whose magnitude is below 2^integer_bits can go on through any op.
bool is_within_limit(int fraction, int integer_bits) { return fraction <= max_value_bits && integer_bits <= max_value_bits; }

bool is_within_limit(const CircuitBuilder& builder, const AffineWire& value) {
    const Interval range = builder.interval(value.wire);
    const int fraction = builder.type(value.wire).fraction - value.scale.exponent();
    const int magnitude = std::max(range.low.bit_length(), range.high.bit_length()) + value.scale.mantissa().bit_length();
    const bool is_constant = range == Interval{0, 0} || value.scale.is_zero();
    return (is_constant || is_within_limit(fraction, magnitude - fraction)) &&
           is_within_limit(value.offset.fraction(), value.offset.mantissa().bit_length() + value.offset.exponent());
}

std::unexpected<Diagnostic> too_wide(std::string_view op) {
    return fail(DiagnosticId::TypeTooWide, std::string(op),
                fmt::format("its exact result needs more than {} bits before or after the binary point", max_value_bits),
                "quantize before it, or use parameters of usual magnitude");
}

}  // namespace

Result<AffineWire> lower_through_wires(const OpInfo& info, CircuitBuilder& builder, std::span<const AffineWire> values,
                                       const std::function<Result<Wire>(std::span<const Wire>)>& lower) {
    const Dyadic scale = values[0].scale;
    const bool passes =
        info.homogeneous && scale.sign() > 0 && std::ranges::all_of(values, [&](const AffineWire& x) { return x.scale == scale && x.offset.is_zero(); });
    std::vector<Wire> wires;
    for (const AffineWire& value : values) {
        wires.push_back(passes ? value.wire : materialize(builder, value));
    }
    LUTRA_TRY(const Wire result, lower(wires));
    return AffineWire{result, passes ? scale : Dyadic(1)};
}

Result<Shape> Op::infer_shape(std::span<const Shape> inputs) const {
    const auto arity = static_cast<int>(inputs.size());
    if (arity < info().min_arity || arity > info().max_arity) {
        return fail(DiagnosticId::ShapeMismatch, std::string(name()),
                    fmt::format("{} takes {} to {} inputs, not {}", name(), info().min_arity, info().max_arity, arity));
    }
    if (auto valid = model_->validate(); !valid) {
        return std::unexpected(std::move(valid).error());
    }
    if (!is_elementwise()) {
        auto shape = model_->infer_shape(inputs);
        if (shape && !checked_num_elements(*shape)) {
            return fail(DiagnosticId::GraphTooLarge, std::string(name()),
                        fmt::format("its output has more than {} elements or {} axes", max_elements, max_rank));
        }
        return shape;
    }
    Shape shape;
    for (const Shape& input : inputs) {
        const auto common = broadcast(shape, input);
        if (!common || !checked_num_elements(*common)) {
            return fail(DiagnosticId::ShapeMismatch, std::string(name()),
                        fmt::format("{} cannot broadcast the shapes {} and {}", name(), to_string(shape), to_string(input)));
        }
        shape = *common;
    }
    return shape;
}

Result<TensorType> Op::infer_type(std::span<const TensorType> inputs) const {
    std::vector<Shape> shapes;
    for (const TensorType& input : inputs) {
        shapes.push_back(input.shape);
    }
    LUTRA_TRY(Shape shape, infer_shape(shapes));
    const bool is_real = info().is_real || std::ranges::any_of(inputs, &TensorType::is_real);
    if (is_real && !model_->quantizes()) {
        return TensorType{std::move(shape), {}};
    }
    if (std::ranges::any_of(inputs, [](const TensorType& input) { return num_elements(input.shape) > max_exact_elements; }) ||
        num_elements(shape) > max_exact_elements) {
        return fail(DiagnosticId::GraphTooLarge, std::string(name()), fmt::format("a tensor has more than {} elements", max_exact_elements),
                    "every element becomes hardware of its own: make the model smaller");
    }
    if (is_real) {
        TensorType type = model_->quantized_type(shape);
        const bool fits = std::ranges::all_of(type.elements, [](const FixedPointType& t) { return is_within_limit(t.fraction, t.integer_bits()); });
        return fits ? Result<TensorType>(std::move(type)) : too_wide(name());
    }
    CircuitBuilder scratch;
    std::vector<WireTensor> wires;
    for (const TensorType& input : inputs) {
        wires.push_back(make_inputs(scratch, input));
    }
    LUTRA_TRY(const WireTensor lowered, lower(scratch, wires));
    return type_of(scratch, lowered);
}

Result<WireTensor> Op::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    LUTRA_TRY(WireTensor result, is_elementwise() ? lower_elementwise(builder, inputs) : model_->lower(builder, inputs));
    if (!std::ranges::all_of(result.elements, [&](const AffineWire& element) { return is_within_limit(builder, element); })) {
        return too_wide(name());
    }
    return result;
}

RealTensor Op::reference(std::span<const RealTensor> inputs) const { return is_elementwise() ? reference_elementwise(inputs) : model_->reference(inputs); }

Result<WireTensor> Op::lower_elementwise(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    std::vector<Shape> shapes;
    for (const WireTensor& input : inputs) {
        shapes.push_back(input.shape);
    }
    LUTRA_TRY(Shape shape, infer_shape(shapes));
    std::vector<std::vector<std::int64_t>> indices;
    for (const Shape& input : shapes) {
        indices.push_back(broadcast_indices(input, shape));
    }
    WireTensor result{shape, {}};
    const auto count = static_cast<std::size_t>(num_elements(shape));
    std::vector<AffineWire> elements(inputs.size());
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            elements[k] = inputs[k].elements[static_cast<std::size_t>(indices[k][i])];
        }
        LUTRA_TRY(AffineWire element, model_->lower_element(builder, elements));
        result.elements.push_back(std::move(element));
    }
    return result;
}

RealTensor Op::reference_elementwise(std::span<const RealTensor> inputs) const {
    Shape shape;
    for (const RealTensor& input : inputs) {
        shape = broadcast(shape, input.shape).value();
    }
    std::vector<std::vector<std::int64_t>> indices;
    for (const RealTensor& input : inputs) {
        indices.push_back(broadcast_indices(input.shape, shape));
    }
    RealTensor result(shape, std::vector<double>(static_cast<std::size_t>(num_elements(shape))));
    std::vector<double> elements(inputs.size());
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            elements[k] = inputs[k].values[static_cast<std::size_t>(indices[k][i])];
        }
        result.values[i] = model_->reference_element(elements);
    }
    return result;
}

TensorType type_of(CircuitBuilder& builder, const WireTensor& tensor) {
    TensorType type{tensor.shape, {}};
    for (const AffineWire& element : tensor.elements) {
        type.elements.push_back(builder.type(materialize(builder, element)));
    }
    if (type.elements.empty()) {
        type.elements.emplace_back();
    }
    if (std::ranges::all_of(type.elements, [&](const FixedPointType& t) { return t == type.elements[0]; })) {
        type.elements.resize(1);
    }
    return type;
}

}  // namespace lutra
