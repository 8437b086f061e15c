#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"

namespace lutra {
namespace {

/// Compares the built circuit with num's quantize_raw for every value of the source type.
void expect_same_as_num(const FixedPointType& source, const Quantization& quantization) {
    CircuitBuilder builder;
    const Wire x = builder.input(source);
    const Wire y = builder.quantize(x, quantization);
    ASSERT_EQ(builder.type(y), quantization.type);
    builder.add_input({"x", {1}, {x}});
    builder.add_output({"y", {1}, {y}});
    const Circuit circuit = builder.finish();
    for (Integer raw = source.min_raw(); raw <= source.max_raw(); raw += 1) {
        const std::vector<Integer> in = {raw};
        EXPECT_EQ(evaluate_scalar(circuit, in)[0], quantize_raw(raw, source.fraction, quantization))
            << to_string(source) << " " << raw.to_string() << " -> " << to_string(quantization);
    }
}

TEST(CircuitBuilder, QuantizesAsNumSaysInEveryMode) {
    for (const FixedPointType source : {FixedPointType{true, 6, 3}, FixedPointType{false, 5, 2}, FixedPointType{true, 3, 5}}) {
        for (int width = 0; width <= 4; ++width) {
            for (int fraction = -1; fraction <= 4; ++fraction) {
                for (int mode = 0; mode < 9 * 5; ++mode) {
                    for (int saturation_bits = 0; saturation_bits <= (mode % 5 < 2 ? width : 0); ++saturation_bits) {
                        for (const bool is_signed : {false, true}) {
                            expect_same_as_num(
                                source, {{is_signed, width, fraction}, static_cast<Rounding>(mode / 5), static_cast<Overflow>(mode % 5), saturation_bits});
                            if (HasFailure()) {
                                return;
                            }
                        }
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace lutra
