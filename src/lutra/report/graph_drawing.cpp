#include "lutra/report/graph_drawing.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

namespace {

std::string quoted_for_dot(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        result += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
    return result + "\"";
}

std::string shortened(const std::string& text, std::size_t length) { return text.size() <= length ? text : text.substr(0, length - 1) + "~"; }

/// A box of the picture, in pixels.
struct Box {
    int x = 0;
    int y = 0;
};

constexpr int box_width = 240;
constexpr int box_height = 44;
constexpr int gap_x = 24;
constexpr int gap_y = 30;

/// Rows by depth from the inputs; within a row in the order of the graph.
std::vector<Box> place(const Graph& graph, int& width, int& height) {
    std::vector<int> depth(graph.size(), 0);
    std::vector<int> row_sizes;
    std::vector<Box> boxes(graph.size());
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        for (const NodeId input : graph[NodeId{i}].inputs) {
            depth[i] = std::max(depth[i], depth[input.index] + 1);
        }
        row_sizes.resize(std::max(row_sizes.size(), static_cast<std::size_t>(depth[i]) + 1), 0);
        const int column = row_sizes[static_cast<std::size_t>(depth[i])]++;
        boxes[i] = {gap_x + column * (box_width + gap_x), gap_y + depth[i] * (box_height + gap_y)};
    }
    const int columns = row_sizes.empty() ? 1 : *std::ranges::max_element(row_sizes);
    width = gap_x + columns * (box_width + gap_x);
    height = gap_y + static_cast<int>(row_sizes.size()) * (box_height + gap_y);
    return boxes;
}

}  // namespace

std::string escaped_for_xml(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            default: result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return result;
}

std::string to_dot(const Graph& graph) {
    std::string text = "digraph model {\n  node [shape=box, fontname=\"Helvetica\"];\n";
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const Node& node = graph[NodeId{i}];
        text += fmt::format("  n{} [label={}];\n", i, quoted_for_dot(fmt::format("{} ({}) {}", node.name, node.op.name(), to_string(node.type))));
        for (const NodeId input : node.inputs) {
            text += fmt::format("  n{} -> n{};\n", input.index, i);
        }
    }
    for (std::size_t i = 0; i < graph.outputs().size(); ++i) {
        text += fmt::format("  out{} [label={}, shape=oval];\n  n{} -> out{};\n", i, quoted_for_dot(graph.outputs()[i].name), graph.outputs()[i].node.index, i);
    }
    return text + "}\n";
}

std::string to_svg(const Graph& graph) {
    int width = 0;
    int height = 0;
    const auto boxes = place(graph, width, height);
    std::string text = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"Helvetica, sans-serif\" font-size=\"12\">\n", width, height);
    text += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        for (const NodeId input : graph[NodeId{i}].inputs) {
            const Box& from = boxes[input.index];
            text += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#888\"/>\n", from.x + box_width / 2, from.y + box_height,
                                boxes[i].x + box_width / 2, boxes[i].y);
        }
    }
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const Node& node = graph[NodeId{i}];
        const char* fill = node.type.is_real() ? "#fdf3d8" : "#dcebf7";
        text += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\" fill=\"{}\" stroke=\"#345\"/>\n", boxes[i].x, boxes[i].y, box_width,
                            box_height, fill);
        text += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", boxes[i].x + 8, boxes[i].y + 18,
                            escaped_for_xml(shortened(fmt::format("{}: {}", node.name, node.op.name()), 36)));
        text += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#555\">{}</text>\n", boxes[i].x + 8, boxes[i].y + 35,
                            escaped_for_xml(shortened(to_string(node.type), 36)));
    }
    return text + "</svg>\n";
}

}  // namespace lutra
