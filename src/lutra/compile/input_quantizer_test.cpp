#include "lutra/compile/input_quantizer.h"

#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

constexpr std::array roundings = {Rounding::Truncate,     Rounding::TruncateZero, Rounding::HalfUp,  Rounding::HalfDown, Rounding::HalfToZero,
                                  Rounding::HalfFromZero, Rounding::HalfToEven,   Rounding::Ceiling, Rounding::FromZero};
constexpr std::array overflows = {Overflow::Wrap, Overflow::WrapSignMagnitude, Overflow::Saturate, Overflow::SaturateZero, Overflow::SaturateSymmetric};

/// Three elements of different widths, signs, scales and zero points.
std::vector<Quantize::Element> elements_of(const Quantize& modes, double scale, double zero_point) {
    Quantize op = modes;
    op.scale = RealTensor({3}, {scale, scale * 4, scale / 2});
    op.zero_point = RealTensor({3}, {zero_point, -zero_point, 0});
    op.width = RealTensor({3}, {8, 1, 45});
    op.is_signed = RealTensor({3}, {1, 1, 0});
    EXPECT_TRUE(op.validate());
    return op.elements({3});
}

/// Values around every decision of a quantiser of this scale: ties, integers, bounds, one float beside each; tiny and huge ones.
std::vector<double> values_around(double scale, std::size_t count) {
    std::mt19937_64 random(1);
    std::vector<double> values = {0.0, -0.0, 5e-324, -5e-324, 1e-310, -1e-310, 1e308, -1e308, 1e18, -1e18, 3e15 * scale, -3e15 * scale};
    while (values.size() < count) {
        const double halves = static_cast<double>(static_cast<int>(random() % 2400) - 1200) / 2;
        const double value = halves * scale;
        switch (random() % 4) {
            case 0: values.push_back(value); break;
            case 1: values.push_back(std::nextafter(value, 1e300)); break;
            case 2: values.push_back(std::nextafter(value, -1e300)); break;
            default: values.push_back(value + scale * (static_cast<double>(random() % 1000) - 500) / 1000);
        }
    }
    values.resize(count / 3 * 3);
    return values;
}

void expect_same(const std::vector<Quantize::Element>& elements, const std::vector<double>& values) {
    const InputQuantizer quantizer(elements);
    const std::size_t num_events = values.size() / 3;
    std::vector<std::int64_t> dense(values.size());
    quantizer.run(values.data(), num_events, dense.data(), 3);
    std::vector<std::int64_t> apart(num_events * 5, 77);
    quantizer.run(values.data(), num_events, apart.data(), 5);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Integer expected = quantize_value(Dyadic::from_double(values[i]), elements[i % 3]);
        const Quantization& modes = elements[i % 3].quantization;
        ASSERT_EQ(Integer(dense[i]), expected) << values[i] << " as " << to_string(modes) << ", scale " << elements[i % 3].scale.to_double();
        ASSERT_EQ(Integer(apart[i / 3 * 5 + i % 3]), expected);
    }
    EXPECT_EQ(apart[3], 77);
}

TEST(InputQuantizer, EqualsTheExactWayInAllModes) {
    constexpr std::size_t num_values = 99;
    for (const Rounding rounding : roundings) {
        for (const Overflow overflow : overflows) {
            for (const double scale : {0.25, 0.1}) {
                for (const double zero_point : {0.0, 3.0}) {
                    Quantize modes;
                    modes.rounding = rounding;
                    modes.overflow = overflow;
                    expect_same(elements_of(modes, scale, zero_point), values_around(scale, num_values));
                }
            }
        }
    }
}

TEST(InputQuantizer, EqualsTheExactWayWithSaturationBitsAndNarrowRanges) {
    constexpr std::size_t num_values = 300;
    for (const Overflow overflow : {Overflow::Wrap, Overflow::WrapSignMagnitude}) {
        Quantize modes;
        modes.overflow = overflow;
        modes.saturation_bits = 2;
        expect_same(elements_of(modes, 0.5, 2), values_around(0.5, num_values));
    }
    Quantize modes;
    modes.narrow = true;
    expect_same(elements_of(modes, 0.3, 5), values_around(0.3, num_values));
}

TEST(InputQuantizer, TakesWidthsBeyondItsFastPath) {
    Quantize op;
    op.width = 60.0;
    op.scale = 0.125;
    expect_same(op.elements({3}), values_around(0.125, 99));
}

}  // namespace
}  // namespace lutra
