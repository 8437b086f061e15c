#include "lutra/flow/logic_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "lutra/flow/logic_hash.h"

namespace lutra {

namespace {

/// A `.names` statement, its nets by number.
struct Statement {
    std::vector<std::uint32_t> inputs;
    std::uint64_t table = 0;
    bool has_driver = false;
    bool is_port = false;

    /// What only passes a net on.
    bool is_buffer() const { return inputs.size() == 1 && table == 2; }
};

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos) {
            return words;
        }
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
        words.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

/// The entries of a table for which a cube such as "1-0" is true; nothing when it is no cube.
std::optional<std::uint64_t> entries_of(std::string_view cube) {
    std::uint64_t entries = table_mask(static_cast<int>(cube.size()));
    for (std::size_t i = 0; i < cube.size(); ++i) {
        if (cube[i] != '0' && cube[i] != '1' && cube[i] != '-') {
            return std::nullopt;
        }
        entries &= cube[i] == '1' ? input_tables[i] : cube[i] == '0' ? ~input_tables[i] : ~std::uint64_t{0};
    }
    return entries;
}

/// Leaves out the nodes, and their names, that neither are inputs nor does an output depend on: equal functions are read elsewhere.
void remove_unread(LogicNetwork& network) {
    std::vector<char> is_read(network.nodes.size());
    for (const auto* ports : {&network.inputs, &network.outputs}) {
        for (const auto& port : *ports) {
            is_read[port.second] = 1;
        }
    }
    for (std::size_t n = is_read.size(); n-- > 0;) {
        for (const LogicIndex input : network.nodes[n].all()) {
            is_read[input] |= is_read[n];
        }
    }
    std::vector<LogicIndex> places(is_read.size());
    LogicIndex num_nodes = 0;
    for (std::size_t n = 0; n < is_read.size(); ++n) {
        places[n] = num_nodes;
        if (is_read[n] != 0) {
            LogicNode node = network.nodes[n];
            for (LogicIndex& input : node.inputs) {
                input = places[input];
            }
            network.nodes[num_nodes++] = node;
        }
    }
    network.nodes.resize(num_nodes);
    std::erase_if(network.names, [&](const NamedNode& name) { return is_read[name.second] == 0; });
    for (auto* named : {&network.inputs, &network.outputs, &network.names}) {
        for (auto& [name, node] : *named) {
            node = places[node];
        }
    }
}

class BlifReader {
public:
    explicit BlifReader(const std::string& file_name) : file_name_(file_name) {}

    Result<LogicNetwork> read(std::string_view text);

private:
    std::unexpected<Diagnostic> unread(std::string what) const {
        return fail(DiagnosticId::ToolOutputUnread, file_name_, std::move(what),
                    "this version of Yosys may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is");
    }
    std::uint32_t net(std::string_view name);
    Result<void> read_line(std::string_view line);
    Result<void> read_names(std::span<const std::string_view> words);
    Result<void> read_cube(std::span<const std::string_view> words);
    Result<void> visit(std::uint32_t root);
    Result<LogicNetwork> finish();
    void place(std::uint32_t n);
    void name_as_source(std::uint32_t n);

    const std::string& file_name_;
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
    std::vector<std::string_view> net_names_;
    std::vector<Statement> statements_;  ///< per net
    std::vector<std::uint32_t> inputs_;
    std::vector<std::uint32_t> outputs_;
    std::optional<std::uint32_t> open_;  ///< the net whose table is being read
    std::uint64_t cubes_ = 0;
    char polarity_ = 0;
    std::vector<std::optional<LogicIndex>> nodes_;  ///< per net
    std::vector<char> is_open_;                     ///< per net: its node is being made
    LogicNetwork network_;
    LogicHash hash_{network_.nodes};
};

std::uint32_t BlifReader::net(std::string_view name) {
    const auto [found, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(net_names_.size()));
    if (is_new) {
        net_names_.push_back(name);
        statements_.emplace_back();
    }
    return found->second;
}

Result<void> BlifReader::read_names(std::span<const std::string_view> words) {
    if (words.empty() || words.size() - 1 > max_table_inputs) {
        return unread(fmt::format("a function of {} nets", words.empty() ? 0 : words.size() - 1));
    }
    const std::uint32_t output = net(words.back());
    std::vector<std::uint32_t> inputs;
    for (const std::string_view word : words.first(words.size() - 1)) {
        inputs.push_back(net(word));
    }
    if (statements_[output].has_driver || statements_[output].is_port) {
        return unread(fmt::format("the net '{}' has two drivers", words.back()));
    }
    statements_[output] = {.inputs = std::move(inputs), .table = 0, .has_driver = true};
    open_ = output;
    cubes_ = 0;
    polarity_ = 0;
    return {};
}

Result<void> BlifReader::read_cube(std::span<const std::string_view> words) {
    const std::size_t num_inputs = open_ ? statements_[*open_].inputs.size() : 0;
    const std::string_view value = words.back();
    const std::string_view cube = words.size() == 2 ? words[0] : "";
    const auto entries = entries_of(cube);
    if (!open_ || words.size() > 2 || cube.size() != num_inputs || !entries || (value != "0" && value != "1") || (polarity_ != 0 && polarity_ != value[0])) {
        return unread(fmt::format("the line '{}{}{}'", words[0].substr(0, 40), words.size() > 1 ? " " : "", words.size() > 1 ? words[1].substr(0, 40) : ""));
    }
    polarity_ = value[0];
    cubes_ |= *entries;
    statements_[*open_].table = (polarity_ == '1' ? cubes_ : ~cubes_) & table_mask(static_cast<int>(num_inputs));
    return {};
}

Result<void> BlifReader::read_line(std::string_view line) {
    const auto words = words_of(line.substr(0, line.find('#') == 0 ? 0 : line.size()));
    if (words.empty()) {
        return {};
    }
    if (words[0][0] != '.') {
        return read_cube(words);
    }
    const std::span<const std::string_view> rest = std::span(words).subspan(1);
    open_.reset();
    if (words[0] == ".names") {
        return read_names(rest);
    }
    if (words[0] == ".inputs" || words[0] == ".outputs") {
        for (const std::string_view word : rest) {
            const std::uint32_t n = net(word);
            if (words[0] == ".outputs") {
                outputs_.push_back(n);
            } else if (!std::exchange(statements_[n].is_port, true)) {
                inputs_.push_back(n);
            }
        }
        return {};
    }
    if (words[0] == ".model" || words[0] == ".end") {
        return {};
    }
    return unread(fmt::format("the statement '{}'", words[0].substr(0, 40)));
}

/// Makes the node of a net whose inputs have theirs.
void BlifReader::place(std::uint32_t n) {
    const Statement& statement = statements_[n];
    std::vector<LogicIndex> inputs;
    for (const std::uint32_t input : statement.inputs) {
        inputs.push_back(*nodes_[input]);
    }
    nodes_[n] = statement.is_port ? hash_.add_input() : hash_.add(inputs, statement.table);
}

/// Makes the nodes that a net depends on, and its own.
Result<void> BlifReader::visit(std::uint32_t root) {
    struct Step {
        std::uint32_t net;
        std::size_t next;
    };
    std::vector<Step> path = {{root, 0}};
    while (!path.empty()) {
        Step& step = path.back();
        const Statement& statement = statements_[step.net];
        if (nodes_[step.net]) {
            path.pop_back();
            continue;
        }
        if (!statement.has_driver && !statement.is_port) {
            return unread(fmt::format("the net '{}' has no driver", net_names_[step.net]));
        }
        if (step.next == 0 && std::exchange(is_open_[step.net], 1) != 0) {
            return unread(fmt::format("the net '{}' depends on itself", net_names_[step.net]));
        }
        if (step.next < statement.inputs.size()) {
            const std::uint32_t input = statement.inputs[step.next++];
            if (!nodes_[input]) {
                path.push_back({input, 0});
            }
            continue;
        }
        place(step.net);
        path.pop_back();
    }
    return {};
}

/// Gives a net that only passes on another one the node of that, if it has one.
void BlifReader::name_as_source(std::uint32_t n) {
    std::uint32_t source = n;
    std::size_t num_steps = 0;
    while (!nodes_[source] && statements_[source].is_buffer() && num_steps++ < net_names_.size()) {
        source = statements_[source].inputs[0];
    }
    nodes_[n] = nodes_[source];
}

Result<LogicNetwork> BlifReader::finish() {
    nodes_.resize(net_names_.size());
    is_open_.resize(net_names_.size());
    for (const auto* ports : {&inputs_, &outputs_}) {
        for (const std::uint32_t n : *ports) {
            if (auto visited = visit(n); !visited) {
                return std::unexpected(std::move(visited).error());
            }
            auto& named = ports == &inputs_ ? network_.inputs : network_.outputs;
            named.emplace_back(net_names_[n], *nodes_[n]);
        }
    }
    for (std::uint32_t n = 0; n < net_names_.size(); ++n) {
        name_as_source(n);
        if (nodes_[n]) {
            const LogicIndex node = *nodes_[n];
            network_.names.emplace_back(net_names_[n], hash_.is_inverse(node) ? network_.nodes[node].inputs[0] : node);
        }
    }
    std::ranges::sort(network_.names);
    remove_unread(network_);
    return std::move(network_);
}

Result<LogicNetwork> BlifReader::read(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto line = read_line(text.substr(0, end)); !line) {
            return std::unexpected(std::move(line).error());
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return finish();
}

}  // namespace

Result<LogicNetwork> read_blif(std::string_view text, const std::string& file_name) { return BlifReader(file_name).read(text); }

std::uint64_t node_value(const LogicNode& node, const std::vector<std::uint64_t>& values) {
    std::array<std::uint64_t, max_table_inputs> operands{};
    for (std::size_t i = 0; i < node.num_inputs; ++i) {
        operands[i] = values[node.inputs[i]];
    }
    return evaluate_table(node.table, operands.data(), node.num_inputs);
}

std::vector<std::uint64_t> evaluate_logic(const LogicNetwork& network, std::span<const std::uint64_t> inputs) {
    std::vector<std::uint64_t> values(network.nodes.size());
    for (std::size_t i = 0; i < network.inputs.size(); ++i) {
        values[network.inputs[i].second] = inputs[i];
    }
    for (std::size_t n = 0; n < values.size(); ++n) {
        if (!network.nodes[n].is_input) {
            values[n] = node_value(network.nodes[n], values);
        }
    }
    return values;
}

}  // namespace lutra
