#include "lutra/quantize/batch.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/base/parallel.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/quantize.h"

namespace lutra {

namespace {

constexpr std::size_t events_per_block = 256;

/// Sums of `num_columns` columns from `column` on, kept in registers over all rows.
template <std::size_t num_columns>
void dense_columns(const Dense& dense, const double* x, double* y, std::size_t column) {
    const auto rows = static_cast<std::size_t>(dense.weights.shape[0]);
    const auto stride = static_cast<std::size_t>(dense.weights.shape[1]);
    const double* weights = dense.weights.values.data() + column;
    std::array<double, num_columns> sums{};
    for (std::size_t i = 0; i < rows; ++i, weights += stride) {
        const double factor = x[i];
        for (std::size_t j = 0; j < num_columns; ++j) {
            sums[j] += factor * weights[j];
        }
    }
    for (std::size_t j = 0; j < num_columns; ++j) {
        y[column + j] = sums[j] + (dense.bias.shape.empty() ? dense.bias[0] : dense.bias[column + j]);
    }
}

/// y = x * W + b on events [begin, end), summed in the order of Dense::reference.
void dense_events(const Dense& dense, const Batch& x, Batch& y, std::size_t begin, std::size_t end) {
    const auto rows = static_cast<std::size_t>(dense.weights.shape[0]);
    const auto columns = static_cast<std::size_t>(dense.weights.shape[1]);
    const std::size_t positions = rows == 0 ? 1 : x.num_elements / rows;
    for (std::size_t row = begin * positions; row < end * positions; ++row) {
        double* const out = y.values.data() + row * columns;
        const double* const in = x.values.data() + (x.is_constant ? row % positions : row) * rows;
        std::size_t column = 0;
        for (; column + 16 <= columns; column += 16) {
            dense_columns<16>(dense, in, out, column);
        }
        for (; column + 4 <= columns; column += 4) {
            dense_columns<4>(dense, in, out, column);
        }
        for (; column < columns; ++column) {
            dense_columns<1>(dense, in, out, column);
        }
    }
}

/// Quantisers with one scale and width for all elements, and the modes that most models use.
bool is_plain(const Quantize& op) {
    const bool is_scalar = op.scale.size() == 1 && op.width.size() == 1 && op.is_signed.size() == 1 && op.zero_point.size() == 1;
    const bool has_plain_rounding = op.rounding == Rounding::Truncate || op.rounding == Rounding::HalfUp || op.rounding == Rounding::HalfToEven;
    const bool has_plain_overflow = op.overflow == Overflow::Saturate || (op.overflow == Overflow::Wrap && op.saturation_bits == 0);
    return is_scalar && has_plain_rounding && has_plain_overflow && op.width[0] >= 1 && op.width[0] <= 50;
}

double round_plain(double x, Rounding rounding) {
    if (rounding == Rounding::HalfToEven) {
        return std::nearbyint(x);
    }
    const double floor = std::floor(x);
    return rounding == Rounding::HalfUp && x - floor >= 0.5 ? floor + 1 : floor;
}

void quantize_plain(const Quantize& op, std::span<const double> x, std::span<double> y) {
    const double scale = op.scale[0];
    const double zero = op.zero_point[0];
    const bool is_signed = op.is_signed[0] != 0;
    const double span = std::ldexp(1.0, static_cast<int>(op.width[0]));
    const double low = (is_signed ? -span / 2 : 0) + (op.narrow && is_signed ? 1 : 0);
    const double high = (is_signed ? span / 2 : span) - 1 - (op.narrow && !is_signed ? 1 : 0);
    const bool saturates = op.overflow == Overflow::Saturate;
    for (std::size_t i = 0; i < x.size(); ++i) {
        double q = round_plain(x[i] / scale + zero, op.rounding);
        q = saturates ? std::clamp(q, low, high) : q - span * std::floor((q - low) / span);
        y[i] = (q - zero) * scale;
    }
}

void reference_events(const Op& op, std::span<const Batch* const> inputs, std::span<const Shape> shapes, Batch& y, std::size_t begin, std::size_t end) {
    for (std::size_t event = begin; event < end; ++event) {
        std::vector<RealTensor> operands;
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            const auto values = inputs[k]->event(event);
            operands.emplace_back(shapes[k], std::vector<double>(values.begin(), values.end()));
        }
        std::ranges::copy(op.reference(operands).values, y.values.begin() + static_cast<std::ptrdiff_t>(event * y.num_elements));
    }
}

/// An element-wise op of one input on all events of the block as one long tensor.
void unary_events(const Op& op, const Batch& x, Batch& y, std::size_t begin, std::size_t end) {
    const double* const first = x.values.data() + begin * x.num_elements;
    const double* const last = x.values.data() + end * x.num_elements;
    const std::vector<RealTensor> operands = {RealTensor({last - first}, std::vector<double>(first, last))};
    std::ranges::copy(op.reference(operands).values, y.values.begin() + static_cast<std::ptrdiff_t>(begin * y.num_elements));
}

}  // namespace

std::vector<Shape> input_shapes(const Graph& graph, const Node& node) {
    std::vector<Shape> shapes;
    std::ranges::transform(node.inputs, std::back_inserter(shapes), [&](NodeId id) { return graph[id].type.shape; });
    return shapes;
}

Batch evaluate_batch(const Op& op, std::span<const Batch* const> inputs, std::span<const Shape> input_shapes, std::size_t num_events, int num_threads) {
    const auto shape = op.infer_shape(input_shapes);
    LUTRA_ASSERT(shape.has_value());
    Batch y{static_cast<std::size_t>(num_elements(*shape)), std::ranges::all_of(inputs, &Batch::is_constant), {}};
    const std::size_t num_computed = y.is_constant ? 1 : num_events;
    y.values.resize(num_computed * y.num_elements);
    const auto* dense = op.as<Dense>();
    const auto* quantize = op.as<Quantize>();
    const bool is_varying_unary = inputs.size() == 1 && inputs[0]->is_constant == y.is_constant;
    parallel_for(num_computed, events_per_block, num_threads, [&](std::size_t begin, std::size_t end) {
        if (dense != nullptr) {
            dense_events(*dense, *inputs[0], y, begin, end);
        } else if (quantize != nullptr && is_plain(*quantize)) {
            const std::size_t first = begin * y.num_elements;
            const std::size_t count = (end - begin) * y.num_elements;
            quantize_plain(*quantize, std::span(inputs[0]->values).subspan(first, count), std::span(y.values).subspan(first, count));
        } else if (is_varying_unary && op.is_elementwise()) {
            unary_events(op, *inputs[0], y, begin, end);
        } else {
            reference_events(op, inputs, input_shapes, y, begin, end);
        }
    });
    return y;
}

std::vector<Batch> evaluate_batch(const Graph& graph, std::vector<Batch> inputs, std::size_t num_events, int num_threads) {
    std::vector<Batch> values;
    values.reserve(graph.size());
    std::size_t input_index = 0;
    for (const Node& node : graph.nodes()) {
        if (node.op.info().is_real) {
            values.push_back(std::move(inputs[input_index++]));
            continue;
        }
        std::vector<const Batch*> operands;
        std::ranges::transform(node.inputs, std::back_inserter(operands), [&](NodeId id) { return &values[id.index]; });
        values.push_back(evaluate_batch(node.op, operands, input_shapes(graph, node), num_events, num_threads));
    }
    return values;
}

}  // namespace lutra
