#include <fmt/format.h>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Appends an argmax; the axis stays, with extent 1, or vanishes.
Result<void> emit_argmax(NodeContext& context, std::size_t output, std::int64_t axis, bool keeps_axis) {
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, context.node().op_type));
    LUTRA_TRY(const int full_axis, context.checked_axis(axis, context.full_shape(input).size()));
    LUTRA_TRY(Event result, context.add("argmax", {{"axis", std::int64_t{event_axis}}}, input));
    result.type = ElementType::Int64;
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

}  // namespace

Result<void> import_argmax(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 0));
    LUTRA_TRY(const std::int64_t keepdims, context.integer("keepdims", 1));
    LUTRA_TRY(const std::int64_t takes_last, context.integer("select_last_index", 0));
    if (takes_last != 0) {
        return context.unsupported("select_last_index=1 is not supported", "take the first of equal elements");
    }
    return emit_argmax(context, 0, axis, keepdims != 0);
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
    if (k != 1 || takes_largest == 0 || context.is_used(0)) {
        return context.unsupported(fmt::format("the {} {} elements are wanted; the index of the largest one is supported", k, takes_largest != 0 ? "largest" : "smallest"),
                                   "use ArgMax, or TopK with k=1 and its indices only");
    }
    return emit_argmax(context, 1, axis, true);
}

}  // namespace lutra::onnx
