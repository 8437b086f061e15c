#include "lutra/ir/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lutra/base/text_scanner.h"

namespace lutra {

namespace {

constexpr std::size_t longest_line = 120;

std::string printed_double(double value) {
    const std::string text = fmt::format("{}", value);
    const bool looks_real = text.find_first_of(".en") != std::string::npos;  // e: exponent, n: inf
    return looks_real ? text : text + ".0";
}

/// `tensor [shape] { values }`, broken into lines.
std::string printed_tensor(const RealTensor& tensor) {
    if (tensor.shape.empty()) {
        return printed_double(tensor[0]);
    }
    std::string text = fmt::format("tensor [{}] {{", fmt::join(tensor.shape, ", "));
    std::size_t line_start = 0;
    for (const double value : tensor.values) {
        const std::string word = fmt::format("{}", value);
        if (text.size() + 1 + word.size() - line_start > longest_line) {
            text += '\n';
            line_start = text.size();
            text += "   ";
        }
        text += ' ';
        text += word;
    }
    return text + " }";
}

struct AttributePrinter {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return printed_double(value); }
    std::string operator()(const std::string& value) const { return quoted_text(value); }
    std::string operator()(const std::vector<std::int64_t>& value) const { return fmt::format("[{}]", fmt::join(value, ", ")); }
    std::string operator()(const RealTensor& value) const { return printed_tensor(value); }
};

void print_node(std::string& text, const Graph& graph, NodeId id) {
    const Node& node = graph[id];
    text += fmt::format("%{} = {} {}", id.index, node.op.name(), quoted_text(node.name));
    if (!node.inputs.empty()) {
        text += " (";
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            text += fmt::format("{}%{}", i == 0 ? "" : ", ", node.inputs[i].index);
        }
        text += ')';
    }
    const auto attributes = node.op.attributes();
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        text += fmt::format("{}{} = {}", i == 0 ? " { " : ", ", attributes[i].first, std::visit(AttributePrinter{}, attributes[i].second));
    }
    text += attributes.empty() ? "" : " }";
    text += fmt::format("  # {}\n", to_string(node.type));
}

}  // namespace

std::string print(const Graph& graph) {
    std::string text = "lutra graph 1\n";
    for (const Diagnostic& decision : graph.decisions()) {
        text += fmt::format("# {} {}\n", quoted_text(decision.place), quoted_text(decision.message));
    }
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        print_node(text, graph, {i});
    }
    for (const GraphOutput& output : graph.outputs()) {
        text += fmt::format("output {} = %{}\n", quoted_text(output.name), output.node.index);
    }
    return text;
}

}  // namespace lutra
