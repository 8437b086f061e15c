#include "lutra/ops/quantize.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/ops/quantize_affine.h"

namespace lutra {
namespace {

/// Lowers a Quantize of scale * x + offset and compares with quantize_value on the exact value, for every x of the type.
void expect_exact(const FixedPointType& source, const Dyadic& scale, const Dyadic& offset, const Quantize& op) {
    const auto element = op.elements({})[0];
    CircuitBuilder builder;
    const Wire x = builder.input(source);
    const auto q = quantize_affine(builder, {x, scale, offset}, element);
    ASSERT_TRUE(q) << to_string(q.error());
    ASSERT_EQ(builder.type(*q), element.quantization.type);
    builder.add_input({"x", {}, {x}});
    builder.add_output({"q", {}, {*q}});
    const Circuit circuit = builder.finish();
    for (Integer raw = source.min_raw(); raw <= source.max_raw(); raw += 1) {
        const Dyadic value = scale * Dyadic(raw, -source.fraction) + offset;
        const std::vector<Integer> in = {raw};
        ASSERT_EQ(evaluate_scalar(circuit, in)[0], quantize_value(value, element))
            << raw.to_string() << " " << to_string(op.rounding) << ", scale " << format_as(scale);
        const double reference = op.reference(std::vector<RealTensor>{value.to_double()})[0];
        const Dyadic exact = (Dyadic(quantize_value(value, element)) - Dyadic(element.zero_point)) * element.scale;
        EXPECT_EQ(reference, exact.to_double()) << value.to_double();
    }
}

TEST(Quantize, IsExactForAnyScaleOffsetAndZeroPoint) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> uniform(0.05F, 1.5F);
    for (int trial = 0; trial < 400; ++trial) {
        Quantize op;
        op.rounding = static_cast<Rounding>(trial % 9);
        op.is_signed = trial % 2;
        op.narrow = trial % 3 == 0;
        op.width = 1 + trial % 7;
        op.zero_point = trial % 5 == 0 ? trial % 11 - 4 : 0;
        op.scale = trial % 4 == 0 ? 0.25 : static_cast<double>(uniform(random));
        const Dyadic scale = trial % 4 < 2 ? Dyadic(Integer(trial % 8 < 4 ? 1 : -1), -4) : Dyadic::from_double(uniform(random));
        const Dyadic offset = trial % 3 == 1 ? Dyadic(0) : Dyadic::from_double(uniform(random) - 0.7F);
        expect_exact({trial % 6 < 3, 8, 2}, scale, offset, op);
        if (HasFailure()) {
            return;
        }
    }
}

TEST(Quantize, WrapsValuesWhoseScaleIsAMultipleOfItsOwn) {
    for (int trial = 0; trial < 60; ++trial) {
        Quantize op;
        op.rounding = static_cast<Rounding>(trial % 9);
        op.overflow = trial % 2 == 0 ? Overflow::Wrap : Overflow::SaturateZero;
        op.is_signed = trial % 3 == 0;
        op.width = 2 + trial % 5;
        op.scale = trial % 5 == 0 ? 0.75 : 0.5;
        const Dyadic offset = trial % 4 == 1 ? Dyadic::from_double(0.3F) : Dyadic(0);
        expect_exact({trial % 6 < 3, 6, 2}, Dyadic(Integer(trial % 8 < 4 ? 15 : -3), -2), offset, op);
        if (HasFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace lutra
