#include "lutra/ops/multiply.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Multiply, ByAConstantCostsNothing) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 8, 4});
    const std::vector<AffineWire> values = {{x, 3, Dyadic::from_double(0.1)}, {builder.constant(Dyadic::from_double(0.3))}};
    const auto before = builder.circuit().size();
    const auto product = Multiply{}.lower(builder, values);
    ASSERT_TRUE(product);
    EXPECT_EQ(builder.circuit().size(), before);
    EXPECT_EQ(product->wire, x);
    EXPECT_EQ(product->scale, Dyadic(3) * Dyadic::from_double(0.3));
    EXPECT_EQ(product->offset, Dyadic::from_double(0.1) * Dyadic::from_double(0.3));
}

TEST(Multiply, OfTwoTensorsKeepsTheirScalesOutOfTheProduct) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 8, 4});
    const Wire y = builder.input({false, 8, 4});
    const auto product = Multiply{}.lower(builder, std::vector<AffineWire>{{x, 3}, {y, 5}});
    ASSERT_TRUE(product);
    EXPECT_EQ(product->scale, Dyadic(15));
    EXPECT_EQ(builder.type(product->wire), (FixedPointType{true, 16, 8}));
}

TEST(Multiply, RefusesValuesThatGrowWithoutBound) {
    Op op = Multiply{};
    CircuitBuilder builder;
    WireTensor value{{}, {{builder.input({true, 8, 4})}}};
    Result<WireTensor> product = value;
    for (int i = 0; i < 10 && product; ++i) {
        const WireTensor huge{{}, {{builder.constant(Dyadic(Integer(1), 300))}}};
        product = op.lower(builder, std::vector{*product, huge});
    }
    ASSERT_FALSE(product);
    EXPECT_EQ(product.error().id, DiagnosticId::TypeTooWide);
}

}  // namespace
}  // namespace lutra
