#pragma once

/// Logic as Yosys writes it in BLIF: functions of up to six nets, with the names that the nets have.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/netlist/truth_table.h"

namespace lutra {

using LogicIndex = std::uint32_t;

/// One function: bit a of the table is its value for the inputs whose bits are those of a.
struct LogicNode {
    bool is_input = false;
    std::uint8_t num_inputs = 0;
    std::array<LogicIndex, max_table_inputs> inputs{};
    std::uint64_t table = 0;

    std::span<const LogicIndex> all() const { return {inputs.data(), num_inputs}; }
};

using NamedNode = std::pair<std::string, LogicIndex>;

/// What the outputs of a module depend on. Nodes stand after those that they read; no two are the same function of the same nodes, and nothing reads the
/// inverse of a node but outputs.
struct LogicNetwork {
    std::vector<LogicNode> nodes;
    std::vector<NamedNode> inputs;  ///< bits of the ports, such as "x[3]"
    std::vector<NamedNode> outputs;
    std::vector<NamedNode> names;  ///< of nets or their inverses, sorted; several may be one node
};

/// Reads one module of `.names` only. Nets that no output depends on are left out. Fails with ToolOutputUnread, naming `file_name`, also for a net without a
/// driver and for loops.
Result<LogicNetwork> read_blif(std::string_view text, const std::string& file_name);

/// The value of a node, for 64 events at a time, by the values of all nodes before it.
std::uint64_t node_value(const LogicNode& node, const std::vector<std::uint64_t>& values);

/// The values of all nodes for 64 events at a time; inputs[i] holds those of input i.
std::vector<std::uint64_t> evaluate_logic(const LogicNetwork& network, std::span<const std::uint64_t> inputs);

}  // namespace lutra
