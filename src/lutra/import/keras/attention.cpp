#include "lutra/import/keras/attention.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/assert.h"
#include "lutra/import/keras/handlers.h"

namespace lutra::keras {

namespace {

constexpr std::size_t most_axes = 8;

char letter(std::size_t i) { return static_cast<char>('a' + static_cast<int>(i)); }

std::string letters(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += letter(first + i);
    }
    return text;
}

}  // namespace

Result<AttentionInputs> read_attention_inputs(LayerContext& context) {
    const auto query = context.argument("query", 0);
    const auto value = context.argument("value", 1);
    const auto key = context.argument("key", 2);
    constexpr std::size_t most_tensors = 3;
    if (!query || context.num_inputs() > most_tensors) {
        return context.unsupported("it is called with other tensors than a query, a value and a key", "leave masks that depend on data out");
    }
    if (context.is_called_with("return_attention_scores")) {
        return context.unsupported("it returns its scores too", "leave return_attention_scores out");
    }
    const AttentionInputs inputs{*query, value.value_or(*query), key.value_or(value.value_or(*query))};
    for (const NodeId node : {inputs.query, inputs.value, inputs.key}) {
        const std::size_t rank = context.shape(node).size();
        if (rank < 2 || rank > most_axes) {
            return context.unsupported(fmt::format("its input has {} axes; 2 to {} are supported", rank, most_axes));
        }
    }
    if (context.shape(inputs.value).size() != context.shape(inputs.query).size() || context.shape(inputs.key).size() != context.shape(inputs.query).size()) {
        return context.unsupported("its query, value and key differ in their number of axes", "reshape them to the same");
    }
    return inputs;
}

Result<AttentionOptions> read_attention_options(LayerContext& context, const AttentionInputs& inputs) {
    AttentionOptions options;
    LUTRA_TRY(options.num_heads, context.integer("num_heads", 1));
    LUTRA_TRY(options.key_dim, context.integer("key_dim", 1));
    LUTRA_TRY(options.has_bias, context.boolean("use_bias", true));
    LUTRA_TRY(options.has_gate, context.boolean("use_gate", false));
    LUTRA_TRY(const auto output_shape, context.integers("output_shape"));
    LUTRA_TRY(const auto axes, context.integers("attention_axes"));
    LUTRA_TRY(const std::int64_t window, context.integer("sliding_window", 0));
    context.ignore({"value_dim", "dropout", "seed", "flash_attention", "query_shape", "value_shape", "key_shape", "softmax_robust_masking"});
    const std::size_t full_rank = context.shape(inputs.query).size() + 1;
    if (axes) {
        options.axes = *axes;
    } else {
        for (std::size_t axis = 1; axis + 1 < full_rank; ++axis) {
            options.axes.push_back(static_cast<std::int64_t>(axis));
        }
    }
    for (std::int64_t& axis : options.axes) {
        axis += axis < 0 ? static_cast<std::int64_t>(full_rank) : 0;
        if (axis < 1 || axis >= static_cast<std::int64_t>(full_rank) - 1) {
            return context.unsupported(fmt::format("its attention runs over axis {}, which is the batch, the last one or not there", axis));
        }
    }
    options.num_output_axes = output_shape ? output_shape->size() : 1;
    if (options.num_output_axes > most_axes || options.axes.empty() || options.key_dim < 1) {
        return context.invalid(
            fmt::format("it has {} axes of attention, {} of its output and a key_dim of {}", options.axes.size(), options.num_output_axes, options.key_dim));
    }
    if (context.has("sliding_window")) {
        options.window = window;
    }
    return options;
}

Projection projection(std::size_t num_free, std::size_t num_bound, std::size_t num_made) {
    const std::string kept = letters(0, num_free);
    const std::string bound = letters(num_free, num_bound);
    const std::string made = letters(num_free + num_bound, num_made);
    return {fmt::format("{0}{1},{1}{2}->{0}{2}", kept, bound, made), made};
}

AttentionEquations attention_equations(std::size_t rank, const std::vector<std::int64_t>& axes) {
    const std::string target = letters(0, rank);
    std::string source = target;
    std::string queries;
    std::string keys;
    for (const std::int64_t axis : axes) {
        const auto place = static_cast<std::size_t>(axis);
        source[place] = letter(rank + keys.size());
        queries += target[place];
        keys += source[place];
    }
    std::string batch;
    std::ranges::copy_if(target.substr(0, rank - 1), std::back_inserter(batch), [&](char c) { return queries.find(c) == std::string::npos; });
    const std::string scores = batch + queries + keys;
    AttentionEquations equations{fmt::format("{},{}->{}", source, target, scores), fmt::format("{},{}->{}", scores, source, target), {}};
    for (std::size_t i = scores.size() - keys.size(); i < scores.size(); ++i) {
        equations.softmax_axes.push_back(static_cast<std::int64_t>(i));
    }
    return equations;
}

Result<std::optional<RealTensor>> read_attention_mask(LayerContext& context, const AttentionOptions& options, const Shape& query, const Shape& key) {
    const bool is_causal = context.is_called_with("use_causal_mask");
    if (!is_causal && !options.window) {
        return std::nullopt;
    }
    if (query.size() != 2 || options.axes.size() != 1) {
        return context.unsupported("it hides keys by position along one of several axes",
                                   "use inputs of two axes, or leave use_causal_mask and sliding_window out");
    }
    const auto count = checked_num_elements({query[0], key[0]});
    if (!count || *count > context.options().max_event_elements) {
        return context.unsupported(fmt::format("it hides keys by position for {} queries and {} keys; at most {} pairs are supported", query[0], key[0],
                                               context.options().max_event_elements),
                                   "shorten its inputs");
    }
    RealTensor mask({query[0], key[0]}, {});
    for (std::int64_t i = 0; i < query[0]; ++i) {
        for (std::int64_t j = 0; j < key[0]; ++j) {
            const bool is_hidden = (is_causal && j > i) || (options.window && std::abs(i - j) >= *options.window);
            mask.values.push_back(is_hidden ? 0 : 1);
        }
    }
    return mask;
}

Result<NodeId> import_inside(const LayerContext& context, Library library, std::string_view class_name, Json::Object config, std::string_view part,
                             std::string_view path, NodeId input) {
    const LayerConfig layer{.name = std::string(part),
                            .class_name = std::string(class_name),
                            .library = library,
                            .registered_name = "",
                            .config = std::move(config),
                            .calls = {},
                            .nested = {}};
    LayerContext inside = context.inside(layer, part, path, input);
    const Handler* handler = find_handler(layer);
    LUTRA_ASSERT(handler != nullptr);
    return handler->import(inside);
}

}  // namespace lutra::keras
