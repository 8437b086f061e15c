#include "lutra/ops/table_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/ops/quantize_affine.h"

namespace lutra {

namespace {

/// One edge while it is lowered.
struct Table {
    Dyadic step;
    Integer low;
    std::vector<Dyadic> entries;

    bool is_constant() const {
        return std::ranges::all_of(entries, [&](const Dyadic& entry) { return entry == entries[0]; });
    }
    /// The smallest fraction that holds every entry.
    int fraction() const {
        int fraction = -max_fraction;
        for (const Dyadic& entry : entries) {
            fraction = entry.is_zero() ? fraction : std::max(fraction, entry.fraction());
        }
        return fraction == -max_fraction ? 0 : fraction;
    }
};

std::vector<Table> tables_of(const TableSum& op) {
    std::vector<Table> tables(op.counts.size());
    std::size_t next = 0;
    for (std::size_t edge = 0; edge < tables.size(); ++edge) {
        tables[edge].step = Dyadic::from_double(op.steps[edge]);
        tables[edge].low = Integer(static_cast<std::int64_t>(op.lows[edge]));
        for (double count = op.counts[edge]; count > 0; --count) {
            tables[edge].entries.push_back(Dyadic::from_double(op.entries[next++]));
        }
    }
    return tables;
}

/// The table's value at x; where x has the type that the table was made for, the floor and the clamp cost nothing.
Result<Wire> look_up(CircuitBuilder& builder, const Table& table, const AffineWire& x) {
    const Integer high = table.low + Integer(static_cast<std::int64_t>(table.entries.size()) - 1);
    Quantize::Element element{.scale = table.step, .zero_point = 0, .quantization = {}, .range = {table.low, high}};
    element.quantization = {smallest_type(table.low, high, 0), Rounding::Truncate, Overflow::Saturate, 0};
    LUTRA_TRY(const Wire index, quantize_affine(builder, x, element));
    const int fraction = table.fraction();
    return builder.table(index, fraction, [&](const Integer& raw) {
        return table.entries[static_cast<std::size_t>((std::clamp(raw, table.low, high) - table.low).to_int64())].raw(fraction);
    });
}

}  // namespace

Result<void> TableSum::validate() const {
    const auto invalid = [](std::string message) { return fail(DiagnosticId::InvalidAttribute, "table_sum", std::move(message)); };
    constexpr double most_entries = 1 << CircuitBuilder::max_table_bits;
    constexpr double largest_low = 1LL << 40;
    if (counts.shape.size() != 2 || steps.shape != counts.shape || lows.shape != counts.shape || entries.shape.size() != 1) {
        return invalid("steps, lows and counts must have one shape (inputs, outputs), entries must be a row");
    }
    if (!std::ranges::all_of(steps.values, [](double step) { return step >= 1e-200 && step <= 1e200; })) {
        return invalid("a step is not positive and between 1e-200 and 1e200");
    }
    if (!std::ranges::all_of(lows.values, [](double low) { return std::abs(low) <= largest_low && low == std::floor(low); })) {
        return invalid("a low is not an integer of at most 40 bits");
    }
    if (!std::ranges::all_of(counts.values, [](double count) { return count >= 0 && count <= most_entries && count == std::floor(count); })) {
        return invalid(fmt::format("a count is not an integer from 0 to {}", most_entries));
    }
    double sum = 0;
    for (const double count : counts.values) {
        sum += count;
    }
    if (sum != static_cast<double>(entries.size())) {
        return invalid(fmt::format("the counts say {} entries, there are {}", sum, entries.size()));
    }
    return {};
}

Result<Shape> TableSum::infer_shape(std::span<const Shape> inputs) const {
    const Shape& x = inputs[0];
    if (x.size() < 2 || x[x.size() - 2] != counts.shape[0] || x.back() != counts.shape[1]) {
        return fail(DiagnosticId::ShapeMismatch, "table_sum",
                    fmt::format("the input has the shape {}; its last two axes must be {}", to_string(x), to_string(counts.shape)));
    }
    Shape shape = x;
    shape.erase(shape.end() - 2);
    return shape;
}

Result<WireTensor> TableSum::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const std::vector<Table> tables = tables_of(*this);
    const auto num_outputs = static_cast<std::size_t>(counts.shape[1]);
    const WireTensor& x = inputs[0];
    const std::size_t num_positions = tables.empty() ? 0 : x.elements.size() / tables.size();
    WireTensor result{x.shape, {}};
    result.shape.erase(result.shape.end() - 2);
    for (std::size_t position = 0; position < num_positions; ++position) {
        for (std::size_t output = 0; output < num_outputs; ++output) {
            std::vector<LinearTerm> terms;
            Dyadic constant = 0;
            for (std::size_t edge = output; edge < tables.size(); edge += num_outputs) {
                const Table& table = tables[edge];
                if (table.entries.empty()) {
                    continue;
                }
                if (table.is_constant()) {
                    constant = constant + table.entries[0];
                    continue;
                }
                LUTRA_TRY(const Wire term, look_up(builder, table, x.elements[position * tables.size() + edge]));
                terms.push_back({term});
            }
            result.elements.push_back({builder.sum(terms, constant)});
        }
    }
    // No inputs: every output is an empty sum.
    while (result.elements.size() < static_cast<std::size_t>(num_elements(result.shape))) {
        result.elements.push_back({builder.constant(0)});
    }
    return result;
}

RealTensor TableSum::reference(std::span<const RealTensor> inputs) const {
    Shape shape = inputs[0].shape;
    shape.erase(shape.end() - 2);
    RealTensor y(shape, std::vector<double>(static_cast<std::size_t>(num_elements(shape)), 0.0));
    std::vector<std::size_t> first(counts.size(), 0);
    for (std::size_t edge = 1; edge < first.size(); ++edge) {
        first[edge] = first[edge - 1] + static_cast<std::size_t>(counts[edge - 1]);
    }
    const auto outputs = static_cast<std::size_t>(counts.shape[1]);
    for (std::size_t i = 0; i < inputs[0].size(); ++i) {
        const std::size_t edge = i % counts.size();
        if (counts[edge] == 0) {
            continue;
        }
        const double index = std::clamp(std::floor(inputs[0][i] / steps[edge]) - lows[edge], 0.0, counts[edge] - 1);
        y.values[i / counts.size() * outputs + edge % outputs] += entries[first[edge] + static_cast<std::size_t>(index)];
    }
    return y;
}

}  // namespace lutra
