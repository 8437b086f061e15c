#include "lutra/compile/output_scaler.h"

#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

TEST(OutputScaler, EqualsTheExactWay) {
    std::vector<OutputScale> scales;
    for (const double factor : {1.0, 0.125, -0.1, 3.0, 1e-180, 1e200, 0.3333333333333333}) {
        for (const double offset : {0.0, 0.7, -1e-200, 1e9}) {
            scales.push_back({Dyadic::from_double(factor), Dyadic::from_double(offset)});
        }
    }
    scales.push_back({Dyadic(Integer::power_of_two(70) + Integer(1), -80), Dyadic(0)});
    std::mt19937_64 random(1);
    std::vector<std::int64_t> raws;
    constexpr std::size_t num_events = 60;
    for (std::size_t i = 0; i < num_events * scales.size(); ++i) {
        const auto raw = static_cast<std::int64_t>(random()) >> (random() % 63);
        raws.push_back(random() % 16 == 0 ? std::numeric_limits<std::int64_t>::min() : raw);
    }
    std::vector<double> values(raws.size());
    OutputScaler(scales).run(raws, values);
    for (std::size_t i = 0; i < raws.size(); ++i) {
        const OutputScale& scale = scales[i % scales.size()];
        EXPECT_EQ(values[i], scaled_value(raws[i], scale)) << raws[i] << " * " << format_as(scale.factor) << " + " << format_as(scale.offset);
    }
}

}  // namespace
}  // namespace lutra
