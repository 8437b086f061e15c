#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "lutra/import/onnx/emit_einsum.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

std::size_t rank_of(const NodeContext& context, const Operand& operand) {
    const auto* event = std::get_if<Event>(&operand);
    return event != nullptr ? context.full_shape(*event).size() : std::get<const Tensor*>(operand)->shape.size();
}

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

constexpr std::string_view ellipsis = "...";

/// Replaces each "..." by letters that the equation has not, as many as the operand has axes without a letter, the last ones for operands of fewer axes.
/// Without a result, such axes come first.
Result<std::string> with_letters(NodeContext& context, std::string equation, std::span<const std::size_t> ranks) {
    std::erase(equation, ' ');
    if (equation.find(ellipsis) == std::string::npos) {
        return equation;
    }
    const std::size_t arrow = equation.find("->");
    std::string free;
    for (char c = 'A'; c <= 'Z'; ++c) {
        free += equation.find(c) == std::string::npos ? std::string(1, c) : "";
    }
    std::vector<std::string> terms;
    for (const auto term : std::views::split(std::string_view(equation).substr(0, arrow), ',')) {
        terms.emplace_back(term.begin(), term.end());
    }
    std::size_t most = 0;
    for (std::size_t i = 0; i < std::min(terms.size(), ranks.size()); ++i) {
        const bool is_elided = terms[i].find(ellipsis) != std::string::npos;
        const std::size_t num_named = terms[i].size() - (is_elided ? ellipsis.size() : 0);
        most = is_elided && ranks[i] > num_named ? std::max(most, ranks[i] - num_named) : most;
    }
    if (most > free.size()) {
        return context.unsupported(fmt::format("the equation '{}' has an ellipsis for {} axes", equation, most), "write a letter for every axis");
    }
    const std::string all = free.substr(0, most);
    const auto replaced = [&](std::string term, std::size_t count) {
        const std::size_t place = term.find(ellipsis);
        return place == std::string::npos ? term : term.replace(place, ellipsis.size(), all.substr(all.size() - count));
    };
    std::string result;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const std::size_t num_named = terms[i].size() - std::min(terms[i].size(), ellipsis.size());
        const std::size_t count = i < ranks.size() && ranks[i] > num_named ? std::min(ranks[i] - num_named, most) : 0;
        result += (i == 0 ? "" : ",") + replaced(terms[i], count);
    }
    if (arrow != std::string::npos) {
        return result + replaced(equation.substr(arrow), most);
    }
    std::string kept;
    for (const char c : result) {
        kept += c != ',' && all.find(c) == std::string::npos && std::ranges::count(result, c) == 1 ? std::string(1, c) : "";
    }
    std::ranges::sort(kept);
    return result + "->" + all + kept;
}

/// Splits an equation, in which letters stand for axes and a missing result means the letters that occur once, in alphabetical order.
std::pair<std::vector<std::string>, std::string> split_equation(const std::string& equation) {
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
    Event result{{}, -1, ElementType::Float32};
    char batch = 0;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        if (rank_of(context, operands[i]) != letters[i].size()) {
            return context.invalid(fmt::format("'{}' does not fit input {} with {} axes", letters[i], i, rank_of(context, operands[i])));
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
    std::vector<Operand> operands;
    std::vector<std::size_t> ranks;
    for (std::size_t i = 0; i < context.num_inputs(); ++i) {
        LUTRA_TRY(const Operand next, operand(context, i));
        operands.push_back(next);
        ranks.push_back(rank_of(context, next));
    }
    LUTRA_TRY(const std::string lettered, with_letters(context, equation, ranks));
    const auto split = split_equation(lettered);
    if (operands.size() != split.first.size() || operands.size() > 2) {
        return context.unsupported(fmt::format("it has {} inputs and the equation '{}'", operands.size(), equation), "use Einsum on one or two inputs");
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
