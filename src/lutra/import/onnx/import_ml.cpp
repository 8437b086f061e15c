#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lutra/import/onnx/emit_reshape.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// One real per feature, or one for all.
Result<RealTensor> per_feature(NodeContext& context, std::string_view name, double otherwise, std::int64_t num_features) {
    LUTRA_TRY(const auto values, context.reals(name));
    const std::vector<double> given = values.value_or(std::vector{otherwise});
    if (given.size() == 1) {
        return RealTensor(given[0]);
    }
    if (static_cast<std::int64_t>(given.size()) != num_features) {
        return context.invalid(fmt::format("its {} has {} entries for {} features", name, given.size(), num_features));
    }
    return RealTensor({num_features}, given);
}

/// coefficients * x + intercepts: `coefficients` holds one row per output.
Result<Event> linear(NodeContext& context, const Event& input, std::int64_t num_outputs) {
    LUTRA_TRY(const auto coefficients, context.reals("coefficients"));
    LUTRA_TRY(const auto intercepts, context.reals("intercepts"));
    const Shape& shape = context.shape(input);
    const auto num_features = shape.size() == 1 ? static_cast<std::size_t>(shape[0]) : 0;
    const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(num_outputs, 0, context.translation().options.max_event_elements));
    if (count == 0 || num_features == 0 || !coefficients || coefficients->size() != count * num_features) {
        return context.invalid(fmt::format("it has {} coefficients for {} outputs of an event of shape {}", coefficients ? coefficients->size() : 0,
                                           num_outputs, to_string(shape)));
    }
    if (intercepts && intercepts->size() != count) {
        return context.invalid(fmt::format("it has {} intercepts for {} outputs", intercepts->size(), num_outputs));
    }
    RealTensor weights({static_cast<std::int64_t>(num_features), num_outputs}, std::vector<double>(coefficients->size()));
    for (std::size_t output = 0; output < count; ++output) {
        for (std::size_t feature = 0; feature < num_features; ++feature) {
            weights.values[feature * count + output] = (*coefficients)[output * num_features + feature];
        }
    }
    RealTensor bias({num_outputs}, intercepts.value_or(std::vector<double>(count, 0.0)));
    return context.add("dense", {{"weights", std::move(weights)}, {"bias", std::move(bias)}}, input);
}

/// The scores of a classifier behind its linear function.
Result<Event> post_transformed(NodeContext& context, const Event& scores) {
    LUTRA_TRY(const std::string transform, context.string("post_transform", "NONE"));
    if (transform == "NONE") {
        return scores;
    }
    if (transform == "SOFTMAX") {
        return context.add("softmax", {{"axis", std::int64_t{0}}}, scores);
    }
    if (transform == "LOGISTIC") {
        return context.add("sigmoid", {}, scores);
    }
    return context.unsupported(fmt::format("post_transform {} is not supported", transform), "NONE, SOFTMAX and LOGISTIC are");
}

void decide_names(NodeContext& context, const std::vector<std::string>& names) {
    context.decide(fmt::format("the label is the index of the class; the classes are: {}", fmt::join(names, ", ")));
}

/// What labels a classifier has: integers, or names, of which the index is given instead.
Result<std::vector<double>> class_labels(NodeContext& context) {
    LUTRA_TRY(const auto integers, context.integers("classlabels_ints"));
    LUTRA_TRY(const auto names, context.strings("classlabels_strings"));
    if (names && !names->empty()) {
        decide_names(context, *names);
    }
    std::vector<double> labels;
    if (integers && !integers->empty()) {
        labels.assign(integers->begin(), integers->end());
    } else if (names) {
        for (std::size_t i = 0; i < names->size(); ++i) {
            labels.push_back(static_cast<double>(i));
        }
    }
    return labels;
}

/// labels[index], where the labels are equally spaced; else the index itself, which is a decision.
Result<NodeId> label_of(NodeContext& context, NodeId index, const std::vector<double>& labels) {
    const double first = labels.empty() ? 0 : labels[0];
    const double step = labels.size() < 2 ? 1 : labels[1] - labels[0];
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] != first + static_cast<double>(i) * step) {
            context.decide(fmt::format("the label is the index of the class; the classes are: {}", fmt::join(labels, ", ")));
            return index;
        }
    }
    if (step != 1) {
        LUTRA_TRY(const NodeId factor, context.add_constant(step));
        LUTRA_TRY(index, context.add("multiply", {}, std::vector{index, factor}));
    }
    if (first != 0) {
        LUTRA_TRY(const NodeId offset, context.add_constant(first));
        LUTRA_TRY(index, context.add("add", {}, std::vector{index, offset}));
    }
    return index;
}

/// What each event is divided by: the sum of the magnitudes, or the largest one.
Result<Event> norm_of(NodeContext& context, const Event& input, bool is_sum) {
    const auto add = [&](std::string_view part, std::string_view op, const AttributeMap& attributes, const Event& x) -> Result<Event> {
        Event result = x;
        LUTRA_TRY(result.node, context.translation().add(fmt::format("{}.{}", context.node().name, part), op, attributes, {x.node}));
        return result;
    };
    LUTRA_TRY(const Event magnitudes, add("magnitudes", "abs", {}, input));
    LUTRA_TRY(const Event norm, is_sum ? add("norm", "einsum", {{"equation", std::string("a->")}}, magnitudes)
                                       : add("norm", "reduce_max", {{"axis", std::int64_t{0}}}, magnitudes));
    return add("column", "reshape", {{"shape", Shape{1}}}, norm);
}

}  // namespace

Result<void> import_scaler(NodeContext& context) {
    LUTRA_TRY(Event event, context.real_event(0));
    const Shape& shape = context.shape(event);
    const std::int64_t num_features = shape.empty() ? 1 : shape.back();
    LUTRA_TRY(RealTensor offset, per_feature(context, "offset", 0, num_features));
    LUTRA_TRY(RealTensor scale, per_feature(context, "scale", 1, num_features));
    LUTRA_TRY(const NodeId subtrahend, context.add_constant(std::move(offset)));
    LUTRA_TRY(event.node, context.add("subtract", {}, std::vector{event.node, subtrahend}));
    LUTRA_TRY(const NodeId factor, context.add_constant(std::move(scale)));
    LUTRA_TRY(event.node, context.add("multiply", {}, std::vector{event.node, factor}));
    context.set_output(0, event);
    return {};
}

Result<void> import_linear_regressor(NodeContext& context) {
    LUTRA_TRY(const std::int64_t targets, context.integer("targets", 1));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(Event scores, linear(context, input, targets));
    LUTRA_TRY(scores, post_transformed(context, scores));
    context.set_output(0, scores);
    return {};
}

Result<void> import_linear_classifier(NodeContext& context) {
    context.ignore("multi_class");
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const std::vector<double> labels, class_labels(context));
    if (labels.size() < 2) {
        return context.invalid(fmt::format("it has {} class labels", labels.size()));
    }
    LUTRA_TRY(const auto intercepts, context.reals("intercepts"));
    if (intercepts && intercepts->size() == 1) {
        return context.unsupported("it has two classes and one score", "export two rows of coefficients, as skl2onnx does");
    }
    LUTRA_TRY(const Event scores, linear(context, input, static_cast<std::int64_t>(labels.size())));
    if (context.is_used(0)) {
        LUTRA_TRY(Event label, context.add("argmax", {{"axis", std::int64_t{0}}}, scores));
        label.type = ElementType::Int64;
        LUTRA_TRY(label.node, label_of(context, label.node, labels));
        context.set_output(0, label);
    }
    LUTRA_TRY(const Event transformed, post_transformed(context, scores));
    context.set_output(1, transformed);
    return {};
}

/// What a softmax gives already has the sum 1.
Result<void> import_normalizer(NodeContext& context) {
    LUTRA_TRY(const std::string norm, context.string("norm", "MAX"));
    LUTRA_TRY(const Event input, context.real_event(0));
    if (norm == "L1" && context.translation().graph[input.node].op.name() == "softmax") {
        context.decide("the outputs of a softmax have the sum 1: they are not divided by their sum again");
        context.set_output(0, input);
        return {};
    }
    if ((norm != "L1" && norm != "MAX") || context.shape(input).size() != 1) {
        return context.unsupported(fmt::format("the norm {} of an event of shape {} is not supported", norm, to_string(context.shape(input))),
                                   "the norms L1 and MAX of a row are");
    }
    LUTRA_TRY(const Event divisor, norm_of(context, input, norm == "L1"));
    LUTRA_TRY(const Event factor, emit_reciprocal(context, divisor));
    Event result = input;
    LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{input.node, factor.node}));
    context.set_output(0, result);
    return {};
}

/// A dictionary of class and probability for each event is a row of probabilities, in the order of the classes.
Result<void> import_zip_map(NodeContext& context) {
    LUTRA_TRY(const auto integers, context.integers("classlabels_int64s"));
    LUTRA_TRY(const auto names, context.strings("classlabels_strings"));
    LUTRA_TRY(const Event input, context.event(0));
    const std::string classes = names && !names->empty() ? fmt::format("{}", fmt::join(*names, ", "))
                                                         : fmt::format("{}", fmt::join(integers.value_or(std::vector<std::int64_t>{}), ", "));
    context.decide(fmt::format("the dictionary of classes and probabilities is a row of probabilities here, in this order of classes: {}", classes));
    context.set_output(0, input);
    return {};
}

Result<void> import_label_lookup(NodeContext& context) {
    const Tensor& labels = *context.constant(0);
    LUTRA_TRY(Event index, context.event(1));
    const bool is_list = !labels.shape.empty() && labels.shape.size() <= 2 && labels.shape.back() > 0 && num_elements(labels.shape) == labels.shape.back();
    if (is_real(index.type) || labels.is_real() || !is_list) {
        return context.unsupported("elements of a constant are looked up by the event, which is supported for class labels only",
                                   "give the index itself as output");
    }
    if (!index.has_batch() || num_elements(context.shape(index)) != 1) {
        return context.unsupported("it looks up more than one label of an event");
    }
    if (labels.type == ElementType::String) {
        decide_names(context, labels.names);
    }
    LUTRA_TRY(index.node, label_of(context, index.node, to_real(labels).values));
    index.type = labels.type;
    LUTRA_TRY(const Event row, emit_reshape(context, index, {1, batch_extent}));
    context.set_output(0, row);
    return {};
}

}  // namespace lutra::onnx
