#include "lutra/ops/embedding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lutra {

namespace {

/// One column as integers of a common scale.
struct Column {
    std::vector<Integer> integers;
    int fraction = 0;
    Dyadic scale = 1;
};

Column column_of(const RealTensor& weights, std::size_t j) {
    std::vector<Dyadic> values;
    for (std::size_t i = j; i < weights.size(); i += static_cast<std::size_t>(weights.shape[1])) {
        values.push_back(Dyadic::from_double(weights[i]));
    }
    Column column{{}, 0, common_scale(values)};
    for (const Dyadic& value : values) {
        column.fraction = value.is_zero() ? column.fraction : std::max(column.fraction, value.fraction());
    }
    for (const Dyadic& value : values) {
        column.integers.push_back(floor_divide(value * Dyadic(Integer(1), column.fraction), column.scale));
    }
    return column;
}

}  // namespace

Result<void> Embedding::validate() const {
    constexpr std::int64_t most_rows = std::int64_t{1} << CircuitBuilder::max_table_bits;
    if (weights.shape.size() != 2 || weights.shape[0] < 1 || weights.shape[0] > most_rows) {
        return fail(DiagnosticId::InvalidAttribute, "embedding",
                    fmt::format("weights of shape {} are no matrix of 1 to {} rows", to_string(weights.shape), most_rows));
    }
    return {};
}

Result<Shape> Embedding::infer_shape(std::span<const Shape> inputs) const {
    Shape shape = inputs[0];
    shape.push_back(weights.shape[1]);
    return shape;
}

Result<WireTensor> Embedding::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    std::vector<Column> columns;
    for (std::size_t j = 0; j < static_cast<std::size_t>(weights.shape[1]); ++j) {
        columns.push_back(column_of(weights, j));
    }
    LUTRA_TRY(Shape shape, infer_shape(std::array{inputs[0].shape}));
    WireTensor result{std::move(shape), {}};
    for (const AffineWire& x : inputs[0].elements) {
        const Wire whole = builder.round(materialize(builder, x), 0, Rounding::Truncate);
        const Wire row = builder.align(builder.clamp(whole, 0, Dyadic(Integer(weights.shape[0] - 1))), 0);
        for (const Column& column : columns) {
            const auto entry = [&](const Integer& raw) { return column.integers[static_cast<std::size_t>(raw.to_int64())]; };
            const Interval range = builder.interval(row);
            const Wire looked_up =
                range.is_constant() ? builder.constant(Dyadic(entry(range.low), -column.fraction)) : builder.table(row, column.fraction, entry);
            result.elements.push_back({looked_up, column.scale});
        }
    }
    return result;
}

RealTensor Embedding::reference(std::span<const RealTensor> inputs) const {
    RealTensor y{inputs[0].shape, {}};
    y.shape.push_back(weights.shape[1]);
    const auto last_row = static_cast<double>(weights.shape[0] - 1);
    for (const double x : inputs[0].values) {
        const auto row = static_cast<std::ptrdiff_t>(std::clamp(std::floor(x), 0.0, last_row));
        const auto begin = weights.values.begin() + row * weights.shape[1];
        y.values.insert(y.values.end(), begin, begin + weights.shape[1]);
    }
    return y;
}

}  // namespace lutra
