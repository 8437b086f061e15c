#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/import/onnx/emit_einsum.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// The letters of a MatMul: the axes before the last two are broadcast from the right.
struct MatMulLetters {
    std::string a;
    std::string b;
    std::string result;
};

MatMulLetters matmul_letters(std::size_t rank_a, std::size_t rank_b) {
    const std::size_t rank = std::max(rank_a, rank_b);
    std::string shared;
    for (std::size_t i = 2; i < rank; ++i) {
        shared += static_cast<char>('a' + (i - 2));
    }
    const auto last_shared = [&](std::size_t operand_rank) { return operand_rank <= 2 ? std::string() : shared.substr(rank - operand_rank); };
    const std::string rows = rank_a >= 2 ? "X" : "";
    const std::string columns = rank_b >= 2 ? "Z" : "";
    return {last_shared(rank_a) + rows + "Y", last_shared(rank_b) + "Y" + columns, shared + rows + columns};
}

/// Splits an equation, in which letters stand for axes and a missing result means the letters that occur once, in alphabetical order.
Result<std::pair<std::vector<std::string>, std::string>> split_equation(NodeContext& context, std::string equation) {
    std::erase(equation, ' ');
    if (equation.find('.') != std::string::npos) {
        return context.unsupported(fmt::format("the equation '{}' has an ellipsis", equation), "write a letter for every axis");
    }
    const std::size_t arrow = equation.find("->");
    std::string inputs = equation.substr(0, arrow);
    std::vector<std::string> letters = {""};
    for (const char c : inputs) {
        if (c == ',') {
            letters.emplace_back();
        } else {
            letters.back() += c;
        }
    }
    if (arrow != std::string::npos) {
        return std::pair(letters, equation.substr(arrow + 2));
    }
    std::erase(inputs, ',');
    std::string result;
    for (const char c : inputs) {
        result += std::ranges::count(inputs, c) == 1 ? std::string(1, c) : "";
    }
    std::ranges::sort(result);
    return std::pair(letters, result);
}

}  // namespace

Result<Event> emit_einsum(NodeContext& context, std::span<const Operand> operands, std::vector<std::string> letters, std::string result_letters) {
    const auto rank_of = [&](const Operand& operand) {
        const auto* event = std::get_if<Event>(&operand);
        return event != nullptr ? context.full_shape(*event).size() : std::get<const Tensor*>(operand)->shape.size();
    };
    Event result{{}, -1, ElementType::Float32};
    char batch = 0;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        if (rank_of(operands[i]) != letters[i].size()) {
            return context.invalid(fmt::format("'{}' does not fit input {} with {} axes", letters[i], i, rank_of(operands[i])));
        }
        const auto* event = std::get_if<Event>(&operands[i]);
        if (event == nullptr || !event->has_batch()) {
            continue;
        }
        const char letter = letters[i][static_cast<std::size_t>(event->batch_axis)];
        if (batch != 0 && batch != letter) {
            return context.unsupported("the batch axes of its inputs do not meet", "transpose one of them");
        }
        batch = letter;
        letters[i].erase(letters[i].begin() + event->batch_axis);
    }
    const std::size_t batch_axis = batch == 0 ? std::string::npos : result_letters.find(batch);
    const bool others_have_batch = batch != 0 && std::ranges::any_of(letters, [&](const std::string& text) { return text.find(batch) != std::string::npos; });
    if (batch != 0 && (batch_axis == std::string::npos || others_have_batch)) {
        return context.unsupported("it sums or mixes the events of a batch", "keep the batch axis in every input and in the result");
    }
    if (batch != 0) {
        result.batch_axis = static_cast<int>(batch_axis);
        result_letters.erase(batch_axis, 1);
    }
    std::vector<NodeId> inputs;
    for (const Operand& operand : operands) {
        if (const auto* event = std::get_if<Event>(&operand)) {
            inputs.push_back(event->node);
        } else {
            LUTRA_TRY(const NodeId constant, context.add_constant(to_real(*std::get<const Tensor*>(operand))));
            inputs.push_back(constant);
        }
    }
    const std::string equation = fmt::format("{}{}->{}", letters[0], letters.size() > 1 ? "," + letters[1] : "", result_letters);
    LUTRA_TRY(result.node, context.add("einsum", {{"equation", equation}}, std::move(inputs)));
    return result;
}

Result<void> import_einsum(NodeContext& context) {
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    LUTRA_TRY(const auto split, split_equation(context, equation));
    const std::size_t count = context.num_inputs();
    if (count != split.first.size() || count > 2) {
        return context.unsupported(fmt::format("it has {} inputs and the equation '{}'", count, equation), "use Einsum on one or two inputs");
    }
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < count; ++i) {
        LUTRA_TRY(const Operand next, operand(context, i));
        operands.push_back(next);
    }
    LUTRA_TRY(const Event result, emit_einsum(context, operands, split.first, split.second));
    context.set_output(0, result);
    return {};
}

Result<void> import_matmul_of_events(NodeContext& context) {
    LUTRA_TRY(const Event a, context.real_event(0));
    LUTRA_TRY(const Event b, context.real_event(1));
    const MatMulLetters letters = matmul_letters(context.full_shape(a).size(), context.full_shape(b).size());
    LUTRA_TRY(const Event result, emit_einsum(context, std::array<Operand, 2>{a, b}, {letters.a, letters.b}, letters.result));
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
