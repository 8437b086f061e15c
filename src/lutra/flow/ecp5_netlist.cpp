#include "lutra/flow/ecp5_netlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace lutra {

namespace {

using Json = nlohmann::json;

constexpr std::size_t num_lanes = 8;

/// Calls `work(bit)` for each bit of each connection of a cell's ports with this direction.
template <typename Work>
void for_each_bit(const Json& cell, std::string_view direction, const Work& work) {
    for (const auto& [port, bits] : cell.at("connections").items()) {
        if (cell.at("port_directions").at(port) == direction) {
            std::ranges::for_each(bits, work);
        }
    }
}

/// The nets that a cell or an output port reads.
std::set<int> read_nets(const Json& module) {
    std::set<int> nets;
    const auto add = [&](const Json& bit) {
        if (bit.is_number_integer()) {
            nets.insert(bit.get<int>());
        }
    };
    for (const Json& cell : module.at("cells")) {
        for_each_bit(cell, "input", add);
    }
    for (const Json& port : module.at("ports")) {
        if (port.at("direction") != "input") {
            std::ranges::for_each(port.at("bits"), add);
        }
    }
    return nets;
}

/// Counts cells and chains, and cuts the carry outputs that nothing reads.
void count_and_cut(Json& module, Ecp5Netlist& netlist) {
    const std::set<int> is_read = read_nets(module);
    std::set<int> carry_inputs;
    for (const Json& cell : module.at("cells")) {
        if (cell.at("type") == "CCU2C" && cell.at("connections").at("CIN").at(0).is_number_integer()) {
            carry_inputs.insert(cell["connections"]["CIN"][0].get<int>());
        }
    }
    std::set<int> carry_outputs;
    for (Json& cell : module.at("cells")) {
        const std::string type = cell.at("type");
        netlist.ff += type == "TRELLIS_FF" ? 1 : 0;
        netlist.lut4 += type == "LUT4" || type == "INV" ? 1 : 0;
        if (type != "CCU2C") {
            continue;
        }
        ++netlist.ccu2c;
        const Json out = cell.at("connections").value("COUT", Json::array());
        if (out.empty() || !out.at(0).is_number_integer()) {
            continue;
        }
        const int net = out.at(0).get<int>();
        if (!is_read.contains(net)) {
            cell["connections"]["COUT"] = Json::array({"x"});  // nextpnr wants the port, and takes "x" as no net
            ++netlist.num_cut;
            continue;
        }
        carry_outputs.insert(net);
        netlist.chain_outs += carry_inputs.contains(net) ? 0 : 1;
    }
    for (const Json& cell : module.at("cells")) {
        if (cell.at("type") == "CCU2C") {
            const Json& in = cell.at("connections").at("CIN").at(0);
            netlist.chains += in.is_number_integer() && carry_outputs.contains(in.get<int>()) ? 0 : 1;
        }
    }
}

/// The largest net number of a module.
int last_net(const Json& module) {
    int last = 1;
    const auto see = [&](const Json& bit) {
        if (bit.is_number_integer()) {
            last = std::max(last, bit.get<int>());
        }
    };
    for (const Json& cell : module.at("cells")) {
        for (const Json& bits : cell.at("connections")) {
            std::ranges::for_each(bits, see);
        }
    }
    for (const Json& port : module.at("ports")) {
        std::ranges::for_each(port.at("bits"), see);
    }
    return last;
}

/// Adds the harness around a core, cell by cell.
class SerialHarness {
public:
    SerialHarness(Json& module, Ecp5Netlist& netlist, std::string_view clock_port)
        : module_(module), netlist_(netlist), next_net_(last_net(module) + 1), clock_port_(clock_port) {}

    void build() {
        const Json core_ports = module_.at("ports");
        const bool has_clock = core_ports.contains(clock_port_);
        clock_ = has_clock ? core_ports.at(clock_port_).at("bits").at(0) : Json(next_net_++);
        Json ports = {{"clk", port("input", Json::array({clock_}))}};
        for (auto& lane : lanes_in_) {
            lane = next_net_++;
        }
        ports["serial_in"] = port("input", Json(lanes_in_));
        for (const auto& [name, core_port] : core_ports.items()) {
            if (has_clock && name == clock_port_) {
                continue;
            }
            for (const Json& bit : core_port.at("bits")) {
                core_port.at("direction") == "input" ? shift_in(bit) : fold_out(bit);
            }
        }
        ports["serial_out"] = port("output", Json(lanes_out_));
        module_["ports"] = std::move(ports);
    }

private:
    static Json port(std::string_view direction, Json bits) { return {{"direction", direction}, {"bits", std::move(bits)}}; }

    /// Input bits of the core come from the lanes in turn.
    void shift_in(const Json& bit) {
        Json& lane = lanes_in_[num_in_++ % num_lanes];
        add_ff(lane, bit);
        lane = bit;
    }

    /// Output bits of the core are registered, then join the lanes in turn.
    void fold_out(const Json& bit) {
        Json& lane = lanes_out_[num_out_++ % num_lanes];
        const Json registered = next_net_++;
        const Json folded = next_net_++;
        const Json shifted = next_net_++;
        add_ff(bit, registered);
        add_cell("LUT4", {{"INIT", "0110011001100110"}}, {{"A", registered}, {"B", lane}, {"C", "0"}, {"D", "0"}}, "Z", folded);
        ++netlist_.harness_lut;
        add_ff(folded, shifted);
        lane = shifted;
    }

    void add_ff(const Json& from, const Json& to) {
        // A trailing space says that a parameter is text, not a binary number.
        add_cell("TRELLIS_FF", {{"CEMUX", "1 "}, {"CLKMUX", "CLK"}, {"GSR", "DISABLED"}, {"LSRMUX", "LSR"}, {"REGSET", "RESET"}},
                 {{"CLK", clock_}, {"DI", from}, {"LSR", "0"}}, "Q", to);
        ++netlist_.harness_ff;
    }

    void add_cell(std::string_view type, Json parameters, const std::map<std::string, Json>& inputs, const std::string& output, const Json& out) {
        Json directions = {{output, "output"}};
        Json connections = {{output, Json::array({out})}};
        for (const auto& [name, bit] : inputs) {
            directions[name] = "input";
            connections[name] = Json::array({bit});
        }
        module_["cells"][fmt::format("serial_harness_{}", num_cells_++)] = {{"hide_name", 0},
                                                                            {"type", type},
                                                                            {"parameters", std::move(parameters)},
                                                                            {"attributes", Json::object()},
                                                                            {"port_directions", std::move(directions)},
                                                                            {"connections", std::move(connections)}};
    }

    Json& module_;
    Ecp5Netlist& netlist_;
    int next_net_;
    std::string clock_port_;
    Json clock_;
    std::array<Json, num_lanes> lanes_in_;
    std::array<Json, num_lanes> lanes_out_ = {"0", "0", "0", "0", "0", "0", "0", "0"};
    std::size_t num_in_ = 0;
    std::size_t num_out_ = 0;
    int num_cells_ = 0;
};

}  // namespace

Result<Ecp5Netlist> prepare_ecp5_netlist(std::string_view json, std::string_view top, std::string_view clock_port) {
    const auto unread = [&](std::string why) {
        return fail(DiagnosticId::ToolOutputUnread, "yosys", fmt::format("the netlist of '{}' cannot be read: {}", top, why));
    };
    Json document = Json::parse(json, nullptr, false);
    if (document.is_discarded()) {
        return unread("it is not JSON");
    }
    try {
        Json module = document.at("modules").at(std::string(top));
        Ecp5Netlist netlist;
        count_and_cut(module, netlist);
        SerialHarness(module, netlist, clock_port).build();
        module["attributes"]["top"] = "00000000000000000000000000000001";
        const Json only_top = {{"creator", document.value("creator", "")}, {"modules", {{std::string(top), std::move(module)}}}};
        netlist.json = only_top.dump();
        return netlist;
    } catch (const Json::exception& error) {
        return unread(error.what());
    }
}

}  // namespace lutra
