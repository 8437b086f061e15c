// parse_graph: the way back from the text form.

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <set>

#include "lutra/base/text_scanner.h"
#include "lutra/ir/text.h"

namespace lutra {

namespace {

class GraphParser {
public:
    GraphParser(std::string_view text, std::string_view file_name, const OpRegistry& registry, const GraphTextLimits& limits)
        : scanner_(text, file_name), registry_(registry), limits_(limits) {}

    Result<Graph> parse();

private:
    Result<void> parse_header();
    Result<void> parse_node();
    Result<void> parse_output();
    Result<NodeId> parse_node_id();
    Result<std::uint32_t> parse_number(std::string_view text, const std::string& place) const;
    Result<std::vector<NodeId>> parse_inputs();
    Result<AttributeMap> parse_attributes();
    Result<AttributeValue> parse_attribute_value();
    Result<AttributeValue> parse_number_value();
    Result<RealTensor> parse_tensor();
    Result<std::vector<std::int64_t>> parse_integers();
    Result<void> count_value();

    std::unexpected<Diagnostic> invalid(std::string place, std::string message, std::string advice = "") const {
        return fail(DiagnosticId::TextInvalidGraph, std::move(place), std::move(message), std::move(advice));
    }

    TextScanner scanner_;
    const OpRegistry& registry_;
    GraphTextLimits limits_;
    Graph graph_;
    std::size_t num_values_ = 0;
    std::int64_t num_elements_ = 0;
    std::set<std::string> output_names_;
};

Result<Graph> GraphParser::parse() {
    if (auto done = parse_header(); !done) {
        return std::unexpected(std::move(done).error());
    }
    while (!scanner_.at_end()) {
        const bool is_node = scanner_.peek().kind == TokenKind::Value;
        if (!is_node && !scanner_.is_next("output")) {
            return scanner_.unexpected_token("a layer (%N = ...) or an output");
        }
        if (auto done = is_node ? parse_node() : parse_output(); !done) {
            return std::unexpected(std::move(done).error());
        }
    }
    return std::move(graph_);
}

Result<void> GraphParser::parse_header() {
    for (const std::string_view word : {"lutra", "graph"}) {
        if (auto done = scanner_.expect(word); !done) {
            return done;
        }
    }
    LUTRA_TRY([[maybe_unused]] const auto version, scanner_.expect_integer("the version of the text form", 1, 1));
    return {};
}

Result<std::uint32_t> GraphParser::parse_number(std::string_view text, const std::string& place) const {
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(DiagnosticId::TextSyntax, place, "layers are named by their numbers: %0, %1");
    }
    return index;
}

Result<NodeId> GraphParser::parse_node_id() {
    const std::string place = scanner_.place();
    LUTRA_TRY(const std::string_view text, scanner_.expect_value("a layer (%N)"));
    LUTRA_TRY(const std::uint32_t index, parse_number(text, place));
    if (index >= graph_.size()) {
        return fail(DiagnosticId::TextUnknownName, place, fmt::format("layer %{} is not defined before it is used", index));
    }
    return NodeId{index};
}

Result<void> GraphParser::parse_node() {
    const std::string place = scanner_.place();
    LUTRA_TRY(const std::uint32_t index, parse_number(scanner_.take().text, place));
    if (index != graph_.size()) {
        return invalid(place, fmt::format("layers are numbered in their order: expected %{}, found %{}", graph_.size(), index));
    }
    if (index >= limits_.num_nodes) {
        return fail(DiagnosticId::TextTooDeep, place, fmt::format("too many layers: the limit is {}", limits_.num_nodes));
    }
    if (auto done = scanner_.expect("="); !done) {
        return done;
    }
    const std::string op_place = scanner_.place();
    LUTRA_TRY(const std::string_view op_name, scanner_.expect_identifier("the op of the layer"));
    const std::string name_place = scanner_.place();
    LUTRA_TRY(std::string name, scanner_.expect_string("the name of the layer"));
    if (name.empty() || graph_.find(name)) {
        return invalid(name_place, name.empty() ? "a layer has no name" : fmt::format("two layers are named '{}'", name), "give every layer a name of its own");
    }
    LUTRA_TRY(std::vector<NodeId> inputs, parse_inputs());
    LUTRA_TRY(const AttributeMap attributes, parse_attributes());
    auto op = registry_.make(op_name, attributes);
    if (!op) {
        op.error().place = op_place;
        return std::unexpected(std::move(op).error());
    }
    const auto added = graph_.add(std::move(name), *std::move(op), std::move(inputs));
    if (!added) {
        return invalid(place, fmt::format("{}: {}", added.error().place, added.error().message), added.error().advice);
    }
    num_elements_ += num_elements(graph_[*added].type.shape);
    if (num_elements_ > limits_.num_elements) {
        return fail(DiagnosticId::TextTooDeep, place, fmt::format("the layers compute too many elements: the limit is {}", limits_.num_elements));
    }
    return {};
}

Result<std::vector<NodeId>> GraphParser::parse_inputs() {
    std::vector<NodeId> inputs;
    if (!scanner_.accept("(")) {
        return inputs;
    }
    while (!scanner_.accept(")")) {
        if (!inputs.empty()) {
            if (auto done = scanner_.expect(","); !done) {
                return std::unexpected(std::move(done).error());
            }
        }
        LUTRA_TRY(const NodeId input, parse_node_id());
        inputs.push_back(input);
    }
    return inputs;
}

Result<AttributeMap> GraphParser::parse_attributes() {
    AttributeMap attributes;
    if (!scanner_.accept("{")) {
        return attributes;
    }
    while (!scanner_.accept("}")) {
        if (!attributes.empty()) {
            if (auto done = scanner_.expect(","); !done) {
                return std::unexpected(std::move(done).error());
            }
        }
        const std::string place = scanner_.place();
        LUTRA_TRY(const std::string_view word, scanner_.expect_identifier("the name of an attribute"));
        const std::string name(word);
        if (auto done = scanner_.expect("="); !done) {
            return std::unexpected(std::move(done).error());
        }
        LUTRA_TRY(AttributeValue value, parse_attribute_value());
        if (!attributes.emplace(name, std::move(value)).second) {
            return invalid(place, fmt::format("the attribute '{}' is given twice", name));
        }
    }
    return attributes;
}

Result<AttributeValue> GraphParser::parse_attribute_value() {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (scanner_.is_next("true") || scanner_.is_next("false")) {
        return AttributeValue(scanner_.take().text == "true");
    }
    if (scanner_.accept("inf")) {
        return AttributeValue(infinity);
    }
    if (scanner_.accept("-")) {
        if (auto done = scanner_.expect("inf"); !done) {
            return std::unexpected(std::move(done).error());
        }
        return AttributeValue(-infinity);
    }
    if (scanner_.is_next("tensor")) {
        LUTRA_TRY(RealTensor tensor, parse_tensor());
        return AttributeValue(std::move(tensor));
    }
    if (scanner_.is_next("[")) {
        LUTRA_TRY(std::vector<std::int64_t> integers, parse_integers());
        return AttributeValue(std::move(integers));
    }
    if (scanner_.peek().kind == TokenKind::String) {
        LUTRA_TRY(std::string text, scanner_.expect_string("a string"));
        return AttributeValue(std::move(text));
    }
    return parse_number_value();
}

Result<AttributeValue> GraphParser::parse_number_value() {
    constexpr std::string_view what = "a number, a string, true, false, a list [..] or a tensor";
    if (scanner_.peek().text.find_first_of(".eE") != std::string_view::npos) {
        LUTRA_TRY(const double value, scanner_.expect_double(what));
        return AttributeValue(value);
    }
    LUTRA_TRY(const std::int64_t value, scanner_.expect_integer(what, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()));
    return AttributeValue(value);
}

Result<void> GraphParser::count_value() {
    if (++num_values_ > limits_.num_values) {
        return fail(DiagnosticId::TextTooDeep, scanner_.place(), fmt::format("too many numbers: the limit is {}", limits_.num_values));
    }
    return {};
}

Result<std::vector<std::int64_t>> GraphParser::parse_integers() {
    if (auto done = scanner_.expect("["); !done) {
        return std::unexpected(std::move(done).error());
    }
    std::vector<std::int64_t> integers;
    while (!scanner_.accept("]")) {
        if (!integers.empty()) {
            if (auto done = scanner_.expect(","); !done) {
                return std::unexpected(std::move(done).error());
            }
        }
        if (auto counted = count_value(); !counted) {
            return std::unexpected(std::move(counted).error());
        }
        LUTRA_TRY(const std::int64_t value,
                  scanner_.expect_integer("a whole number", std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()));
        integers.push_back(value);
    }
    return integers;
}

Result<RealTensor> GraphParser::parse_tensor() {
    const std::string place = scanner_.place();
    scanner_.take();
    RealTensor tensor{{}, {}};
    LUTRA_TRY(tensor.shape, parse_integers());
    if (auto done = scanner_.expect("{"); !done) {
        return std::unexpected(std::move(done).error());
    }
    while (!scanner_.accept("}")) {
        if (auto counted = count_value(); !counted) {
            return std::unexpected(std::move(counted).error());
        }
        LUTRA_TRY(const double value, scanner_.expect_double("an element of the tensor or '}'"));
        tensor.values.push_back(value);
    }
    const auto count = checked_num_elements(tensor.shape);
    if (!count || static_cast<std::size_t>(*count) != tensor.values.size()) {
        return invalid(place, fmt::format("the tensor has {} elements, which is not what its shape says", tensor.values.size()));
    }
    return tensor;
}

Result<void> GraphParser::parse_output() {
    scanner_.take();
    const std::string place = scanner_.place();
    LUTRA_TRY(std::string name, scanner_.expect_string("the name of the output"));
    if (!output_names_.insert(name).second) {
        return invalid(place, fmt::format("two outputs are named '{}'", name));
    }
    if (auto done = scanner_.expect("="); !done) {
        return done;
    }
    LUTRA_TRY(const NodeId node, parse_node_id());
    graph_.add_output(std::move(name), node);
    return {};
}

}  // namespace

Result<Graph> parse_graph(std::string_view text, std::string_view file_name, const OpRegistry& registry, const GraphTextLimits& limits) {
    return GraphParser(text, file_name, registry, limits).parse();
}

}  // namespace lutra
