#include "lutra/ir/affine_wire.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/evaluate_scalar.h"

namespace lutra {
namespace {

Dyadic random_dyadic(std::mt19937& random) { return {Integer(static_cast<std::int64_t>(random() % 41) - 20), static_cast<int>(random() % 7) - 3}; }

TEST(AtLeast, ComparesTheScaledValueForEverySignOfScaleAndOffset) {
    std::mt19937 random(3);
    for (int trial = 0; trial < 300; ++trial) {
        const FixedPointType type{trial % 2 == 0, 5, 2};
        const Dyadic scale = random_dyadic(random);
        const Dyadic offset = random_dyadic(random);
        const Dyadic threshold = random_dyadic(random);
        CircuitBuilder builder;
        const Wire x = builder.input(type);
        const Wire y = at_least(builder, {x, scale, offset}, threshold);
        builder.add_input({"x", {}, {x}});
        builder.add_output({"y", {}, {y}});
        const Circuit circuit = builder.finish();
        for (Integer raw = type.min_raw(); raw <= type.max_raw(); raw += 1) {
            const bool expected = scale * Dyadic(raw, -type.fraction) + offset >= threshold;
            ASSERT_EQ(evaluate_scalar(circuit, std::vector{raw})[0], Integer(expected ? 1 : 0))
                << format_as(scale) << " " << format_as(offset) << " " << format_as(threshold);
        }
    }
}

TEST(AtLeast, LooksOnlyAtTheSignWhereThatIsEnough) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 8, 4});
    EXPECT_EQ(at_least(builder, {x}, 0), builder.logical_not(builder.is_negative(x)));
    EXPECT_EQ(at_least(builder, {x, -3}, Dyadic(Integer(3), -4)), builder.is_negative(x));
}

TEST(WithCommonScale, KeepsValuesAndTakesOutWhatTheyShare) {
    CircuitBuilder builder;
    const Wire a = builder.input({true, 4, 0});
    const Wire b = builder.input({true, 4, 0});
    const Dyadic third = Dyadic::from_double(1.0 / 3);
    const std::vector<AffineWire> values = {{a, third}, {b, third * Dyadic(-2), third}, {builder.constant(third * Dyadic(5))}};
    const ScaledWires scaled = with_common_scale(builder, values);
    EXPECT_EQ(scaled.scale.mantissa(), third.mantissa());
    const Dyadic unit = third * Dyadic(Integer(1), 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Interval range = builder.interval(scaled.wires[i]);
        const FixedPointType type = builder.type(scaled.wires[i]);
        const Dyadic low = Dyadic(range.low, -type.fraction) * scaled.scale;
        const std::vector<Dyadic> expected = {unit * Dyadic(-8), unit * Dyadic(-13), unit * Dyadic(5)};
        EXPECT_EQ(low, expected[i]) << i;
    }
}

}  // namespace
}  // namespace lutra
