#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

/// Numbers of the configuration, however deep their lists are.
bool collect(const Json& json, std::vector<double>& numbers) {
    if (json.array() == nullptr) {
        const auto number = json.number();
        numbers.push_back(number.value_or(0));
        return number.has_value();
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (!collect(json[i], numbers)) {
            return false;
        }
    }
    return true;
}

/// A statistic of `count` channels that the configuration holds: one number each, or one for all.
Result<RealTensor> given(LayerContext& context, std::string_view key, std::int64_t count) {
    std::vector<double> numbers;
    if (!collect(context.option(key), numbers)) {
        return context.invalid(fmt::format("its option '{}' is no list of numbers", key));
    }
    for (double& number : numbers) {
        number = static_cast<double>(static_cast<float>(number));
    }
    if (numbers.size() == 1) {
        return RealTensor(numbers[0]);
    }
    if (static_cast<std::int64_t>(numbers.size()) != count) {
        return context.invalid(fmt::format("its option '{}' holds {} numbers; {} are needed", key, numbers.size(), count));
    }
    return RealTensor{{count}, std::move(numbers)};
}

/// A statistic of `count` channels that is a weight.
Result<RealTensor> learnt(const LayerContext& context, RealTensor weight, std::string_view name, std::int64_t count) {
    const auto size = static_cast<std::int64_t>(weight.size());
    if (size != count && size != 1) {
        return context.bad_weights(fmt::format("its {} has the shape {}; {} numbers are needed", name, to_string(weight.shape), count));
    }
    weight.shape = size == 1 ? Shape{} : Shape{count};
    return weight;
}

/// Which axis of the input, after it has been given `shape`, has a mean and a variance of its own for each index.
struct Channels {
    Shape shape;
    std::int64_t axis = 0;
};

Result<Channels> channels_of(LayerContext& context) {
    const Shape& shape = context.shape(context.input());
    LUTRA_TRY(const auto option, context.integers("axis"));
    std::vector<std::int64_t> axes;
    for (const std::int64_t axis : option.value_or(std::vector<std::int64_t>{})) {
        LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, shape.size()));
        axes.push_back(event_axis);
    }
    if (axes.size() == 1) {
        return Channels{shape, axes[0]};
    }
    if (!axes.empty() && axes.size() != shape.size()) {
        return context.unsupported("it has statistics of several axes, but not of all", "put a Reshape before it that joins them");
    }
    return Channels{{num_elements(shape)}, 0};
}

struct Statistics {
    RealTensor mean;
    RealTensor variance;
};

Result<Statistics> statistics_of(LayerContext& context, std::int64_t count) {
    Statistics result{RealTensor(0.0), RealTensor(1.0)};
    if (context.has("mean")) {
        LUTRA_TRY(result.mean, given(context, "mean", count));
        LUTRA_TRY(result.variance, given(context, "variance", count));
        return result;
    }
    context.ignore({"mean", "variance"});
    LUTRA_TRY(auto weights, context.weights({"mean", "variance", "count"}));
    LUTRA_TRY(result.mean, learnt(context, std::move(weights[0]), "mean", count));
    LUTRA_TRY(result.variance, learnt(context, std::move(weights[1]), "variance", count));
    return result;
}

}  // namespace

/// (x - mean) / max(sqrt(variance), 1e-7) with constants, or the inverse of it: a batch normalisation.
Result<NodeId> import_normalization(LayerContext& context) {
    LUTRA_TRY(const bool is_inverse, context.boolean("invert", false));
    LUTRA_TRY(const Channels channels, channels_of(context));
    const auto count = channels.shape.empty() ? 1 : channels.shape[static_cast<std::size_t>(channels.axis)];
    LUTRA_TRY(Statistics statistics, statistics_of(context, count));
    constexpr double least_deviation = 1e-7;
    for (double& variance : statistics.variance.values) {
        if (!(variance >= 0)) {
            return context.bad_weights(fmt::format("a variance is {}", variance));
        }
        variance = std::max(variance, least_deviation * least_deviation);
    }
    AttributeMap attributes = {{"epsilon", 0.0}, {"axis", channels.axis}};
    if (is_inverse) {
        std::ranges::transform(statistics.variance.values, statistics.variance.values.begin(), [](double variance) { return std::sqrt(variance); });
        attributes.emplace("scale", std::move(statistics.variance));
        attributes.emplace("bias", std::move(statistics.mean));
    } else {
        attributes.emplace("mean", std::move(statistics.mean));
        attributes.emplace("variance", std::move(statistics.variance));
    }
    context.decide(is_inverse ? "the factor sqrt(variance) is rounded to 53 bits; all else is exact"
                              : "the factor 1 / sqrt(variance) is rounded to 53 bits; all else is exact");
    const Shape shape = context.shape(context.input());
    LUTRA_TRY(const NodeId joined, context.reshape("joined", context.input(), channels.shape));
    LUTRA_TRY(const NodeId normalized, context.add("batch_normalization", attributes, {joined}));
    return context.reshape("split", normalized, shape);
}

}  // namespace lutra::keras
