#include <fmt/format.h>

#include "lutra/import/onnx/emit_elementwise.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Appends an op that takes one axis to one element, which stays, with extent 1, or vanishes.
Result<void> emit_selection(NodeContext& context, std::string_view op, const Event& input, std::size_t output, std::int64_t axis, bool keeps_axis) {
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, context.node().op_type));
    LUTRA_TRY(const int full_axis, context.checked_axis(axis, context.full_shape(input).size()));
    LUTRA_TRY(Event result, context.add(op, {{"axis", std::int64_t{event_axis}}}, input));
    result.type = op == "argmax" ? ElementType::Int64 : input.type;
    if (keeps_axis) {
        Shape shape = context.shape(result);
        shape.insert(shape.begin() + event_axis, 1);
        LUTRA_TRY(result.node, context.add("reshape", {{"shape", std::move(shape)}}, std::vector{result.node}));
    } else {
        result.batch_axis -= input.batch_axis > full_axis ? 1 : 0;
    }
    context.set_output(output, result);
    return {};
}

/// The index of the largest element of a node with the attributes of ArgMax.
Result<void> import_index(NodeContext& context, const Event& input) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 0));
    LUTRA_TRY(const std::int64_t keepdims, context.integer("keepdims", 1));
    LUTRA_TRY(const std::int64_t takes_last, context.integer("select_last_index", 0));
    if (takes_last != 0) {
        return context.unsupported("select_last_index=1 is not supported", "take the first of equal elements");
    }
    return emit_selection(context, "argmax", input, 0, axis, keepdims != 0);
}

}  // namespace

Result<void> import_argmax(NodeContext& context) {
    LUTRA_TRY(const Event input, context.real_event(0));
    return import_index(context, input);
}

Result<void> import_argmin(NodeContext& context) {
    LUTRA_TRY(Event input, context.real_event(0));
    LUTRA_TRY(input, emit_with_number(context, "multiply", input, -1));
    return import_index(context, input);
}

Result<void> import_topk(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", -1));
    LUTRA_TRY(const std::int64_t takes_largest, context.integer("largest", 1));
    LUTRA_TRY(std::int64_t k, context.integer("k", 1));
    context.ignore("sorted");
    if (context.has_input(1)) {
        LUTRA_TRY(const std::vector<std::int64_t> count, context.need_integers(1, "k"));
        k = count.size() == 1 ? count[0] : 0;
    }
    if (k != 1 || takes_largest == 0) {
        return context.unsupported(fmt::format("the {} {} elements are wanted; the largest one is supported", k, takes_largest != 0 ? "largest" : "smallest"),
                                   "use ArgMax, or TopK with k=1");
    }
    LUTRA_TRY(const Event input, context.real_event(0));
    if (context.is_used(0)) {
        if (auto done = emit_selection(context, "reduce_max", input, 0, axis, true); !done) {
            return done;
        }
    }
    return context.is_used(1) ? emit_selection(context, "argmax", input, 1, axis, true) : Result<void>();
}

}  // namespace lutra::onnx
