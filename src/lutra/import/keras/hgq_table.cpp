#include "lutra/import/keras/hgq_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lutra::keras {

namespace {

bool rounds_to_nearest(Rounding rounding) {
    return rounding != Rounding::Truncate && rounding != Rounding::TruncateZero && rounding != Rounding::Ceiling && rounding != Rounding::FromZero;
}

/// The entry's distance from the nearest value at which the rounding changes.
double distance_from_tie(double scaled, Rounding rounding) {
    const double moved = rounds_to_nearest(rounding) ? scaled + 0.5 : scaled;
    return std::abs(moved - std::nearbyint(moved));
}

class TableMaker {
public:
    TableMaker(const HgqQuantizer& input, const HgqQuantizer& output, const std::function<Estimate(std::size_t, double)>& evaluate)
        : input_(input), output_(output), evaluate_(evaluate), num_outputs_(static_cast<std::size_t>(std::max<std::int64_t>(input.shape.back(), 1))) {}

    Result<HgqTables> make(const LayerContext& context) {
        if (auto small = check_sizes(context); !small) {
            return std::unexpected(std::move(small).error());
        }
        const Shape& shape = input_.shape;
        tables_.steps = tables_.lows = tables_.counts = RealTensor(shape, {});
        for (std::size_t edge = 0; edge < input_.size(); ++edge) {
            add_table(edge);
        }
        tables_.entries.shape = {static_cast<std::int64_t>(tables_.entries.size())};
        return std::move(tables_);
    }

private:
    /// Fails when there is more to evaluate than is reasonable.
    Result<void> check_sizes(const LayerContext& context) const {
        constexpr int widest = 16;
        constexpr std::int64_t most_entries = std::int64_t{1} << 24;
        std::int64_t count = 0;
        for (std::size_t edge = 0; edge < input_.size() && count <= most_entries; ++edge) {
            if (input_.width(edge) > widest) {
                return context.unsupported(fmt::format("the table of edge ({}, {}) has inputs of {} bits; at most {} are supported", edge / num_outputs_,
                                                       edge % num_outputs_, input_.width(edge), widest));
            }
            count += output_.is_pruned(edge) ? 0 : std::int64_t{1} << input_.width(edge);
        }
        return count <= most_entries ? Result<void>()
                                     : context.unsupported(fmt::format("its tables have more than {} entries together", most_entries), "use fewer input bits");
    }

    void add_table(std::size_t edge) {
        const int width = input_.width(edge);
        const double step = std::ldexp(1.0, -input_.fraction_bits[edge]);
        std::int64_t low = width > 0 && input_.keep_negative[edge] != 0 ? -(std::int64_t{1} << (width - 1)) : 0;
        const std::int64_t count = std::int64_t{1} << width;
        std::vector<double> entries;
        for (std::int64_t i = 0; i < count && !output_.is_pruned(edge); ++i) {
            entries.push_back(entry(edge, step * static_cast<double>(low + i)));
        }
        // An edge that adds the same whatever its input is has one entry, or none if it adds nothing.
        const bool is_constant = std::ranges::adjacent_find(entries, std::not_equal_to<>()) == entries.end();
        if (is_constant && !entries.empty()) {
            entries.resize(entries[0] == 0 ? 0 : 1);
            low = 0;
        }
        tables_.is_live.push_back(!is_constant);
        tables_.steps.values.push_back(step);
        tables_.lows.values.push_back(static_cast<double>(low));
        tables_.counts.values.push_back(static_cast<double>(entries.size()));
        tables_.entries.values.insert(tables_.entries.values.end(), entries.begin(), entries.end());
    }

    double entry(std::size_t edge, double x) {
        const Estimate exact = evaluate_(edge, x);
        const int fraction = output_.fraction_bits[edge];
        const double scaled = std::ldexp(exact.value, fraction);
        const double range = std::ldexp(1.0, output_.width(edge));
        const bool is_near_tie = distance_from_tie(scaled, output_.rounding) <= std::ldexp(exact.error, fraction);
        if (is_near_tie && std::abs(scaled) < range && !has_sign_only(input_, edge)) {
            tables_.near_ties.push_back(
                fmt::format("edge ({}, {}) at x = {}: {} in units of 2^{}", edge / num_outputs_, edge % num_outputs_, x, scaled, -fraction));
        }
        return std::ldexp(rounded(edge, exact.value, scaled, is_near_tie), -fraction);
    }

    /// The integer of a value: far from ties all roundings to the nearest agree, so that few entries need exact arithmetic.
    double rounded(std::size_t edge, double value, double scaled, bool is_near_tie) const {
        Quantize::Element element{.scale = Dyadic(Integer(1), -output_.fraction_bits[edge]), .zero_point = 0, .quantization = {}, .range = {}};
        element.quantization = {{output_.keep_negative[edge] != 0, output_.width(edge), 0}, output_.rounding, output_.overflow, 0};
        element.range = range_of(element.quantization.type);
        if (output_.overflow == Overflow::SaturateSymmetric) {
            element.range.low = output_.keep_negative[edge] != 0 ? -element.range.high : Integer(0);
        }
        const bool saturates = output_.overflow == Overflow::Saturate || output_.overflow == Overflow::SaturateSymmetric;
        if (saturates && !is_near_tie && rounds_to_nearest(output_.rounding) && element.quantization.type.width <= 32) {
            return std::clamp(std::nearbyint(scaled), element.range.low.to_double(), element.range.high.to_double()) + 0.0;
        }
        return quantize_value(value, element).to_double();
    }

    const HgqQuantizer& input_;
    const HgqQuantizer& output_;
    const std::function<Estimate(std::size_t, double)>& evaluate_;
    std::size_t num_outputs_;
    HgqTables tables_;
};

struct RealFunctionOfKeras {
    std::string_view name;
    double (*function)(double);
};

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

constexpr std::array real_functions = {
    RealFunctionOfKeras{"elu", [](double x) { return x > 0 ? x : std::expm1(x); }},
    RealFunctionOfKeras{"exponential", [](double x) { return std::exp(x); }},
    RealFunctionOfKeras{"gelu", [](double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }},
    RealFunctionOfKeras{"hard_sigmoid", [](double x) { return std::clamp(x / 6 + 0.5, 0.0, 1.0); }},
    RealFunctionOfKeras{"linear", [](double x) { return x; }},
    RealFunctionOfKeras{"mish", [](double x) { return x * std::tanh(softplus(x)); }},
    RealFunctionOfKeras{"relu", [](double x) { return std::max(x, 0.0); }},
    RealFunctionOfKeras{"relu6", [](double x) { return std::clamp(x, 0.0, 6.0); }},
    RealFunctionOfKeras{"selu", [](double x) { return 1.0507009873554804934193349852946 * (x > 0 ? x : 1.6732632423543772848170429916717 * std::expm1(x)); }},
    RealFunctionOfKeras{"sigmoid", sigmoid},
    RealFunctionOfKeras{"silu", [](double x) { return x * sigmoid(x); }},
    RealFunctionOfKeras{"softplus", softplus},
    RealFunctionOfKeras{"softsign", [](double x) { return x / (1 + std::abs(x)); }},
    RealFunctionOfKeras{"tanh", [](double x) { return std::tanh(x); }},
};

}  // namespace

bool has_sign_only(const HgqQuantizer& quantizer, std::size_t edge) {
    return quantizer.keep_negative[edge] != 0 && quantizer.integer_bits[edge] + quantizer.fraction_bits[edge] <= 0;
}

/// The types of a quantiser for every edge.
HgqQuantizer for_every_edge(const HgqQuantizer& quantizer, const Shape& edges) {
    HgqQuantizer result = quantizer;
    result.shape = edges;
    result.keep_negative.clear();
    result.integer_bits.clear();
    result.fraction_bits.clear();
    for (const std::int64_t i : broadcast_indices(quantizer.shape, edges)) {
        result.keep_negative.push_back(quantizer.keep_negative[static_cast<std::size_t>(i)]);
        result.integer_bits.push_back(quantizer.integer_bits[static_cast<std::size_t>(i)]);
        result.fraction_bits.push_back(quantizer.fraction_bits[static_cast<std::size_t>(i)]);
    }
    return result;
}

Result<HgqTables> make_hgq_tables(const LayerContext& context, const HgqQuantizer& input, const HgqQuantizer& output,
                                  const std::function<Estimate(std::size_t edge, double x)>& evaluate) {
    return TableMaker(input, output, evaluate).make(context);
}

AttributeMap attributes_of(const HgqTables& tables) {
    return {{"steps", tables.steps}, {"lows", tables.lows}, {"counts", tables.counts}, {"entries", tables.entries}};
}

void list_near_ties(LayerContext& context, const HgqTables& tables) {
    const std::vector<std::string>& near_ties = tables.near_ties;
    if (near_ties.empty()) {
        return;
    }
    constexpr std::size_t most = 8;
    const std::size_t shown = std::min(near_ties.size(), most);
    std::string text = fmt::format(
        "{} of its {} table entries lie within the accuracy of single precision of a tie, so that frameworks may round them either way; here they are "
        "evaluated in double: {}",
        near_ties.size(), tables.entries.size(), fmt::join(near_ties.begin(), near_ties.begin() + static_cast<std::ptrdiff_t>(shown), "; "));
    context.translation().graph.add_decision(
        {DiagnosticId::KerasNearTie, context.place(), near_ties.size() > most ? text + fmt::format("; and {} more", near_ties.size() - most) : text, ""});
}

Result<NodeId> add_hgq_function(LayerContext& context, std::string_view part, const HgqQuantizer& input, const HgqQuantizer& output,
                                const std::function<Estimate(double)>& function, NodeId x) {
    const Shape shape = context.shape(x);
    if (broadcast(input.shape, shape) != shape || broadcast(output.shape, shape) != shape) {
        return context.bad_weights(fmt::format("the quantisers of its function have the shapes {} and {}, its input {}", to_string(input.shape),
                                               to_string(output.shape), to_string(shape)));
    }
    // One edge for each element: one input, which is all there is to sum.
    const Shape row = {1, num_elements(shape)};
    HgqQuantizer inputs = for_every_edge(input, shape);
    HgqQuantizer outputs = for_every_edge(output, shape);
    inputs.shape = row;
    outputs.shape = row;
    LUTRA_TRY(const HgqTables tables, make_hgq_tables(context, inputs, outputs, [&](std::size_t, double value) { return function(value); }));
    list_near_ties(context, tables);
    const std::string name(part);
    LUTRA_TRY(NodeId node, context.reshape(name + "row", x, row));
    LUTRA_TRY(node, context.add_part(part, "table_sum", attributes_of(tables), {node}));
    return context.reshape(name + "shape", node, shape);
}

Result<NodeId> add_hgq_function(LayerContext& context, std::string_view part, const HgqQuantizer& input, const HgqQuantizer& output, double (*function)(double),
                                NodeId x) {
    constexpr double single_epsilon = 1.0 / (1 << 23);
    return add_hgq_function(
        context, part, input, output,
        [function](double value) {
            const double y = function(value);
            return Estimate{y, std::abs(y) * 2 * single_epsilon};
        },
        x);
}

double (*find_real_function(std::string_view name))(double) {
    const auto found = std::ranges::find(real_functions, name, &RealFunctionOfKeras::name);
    return found == real_functions.end() ? nullptr : found->function;
}

}  // namespace lutra::keras
