#include "lutra/emit/verilog/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/assert.h"
#include "lutra/emit/verilog/bit_text.h"

namespace lutra {

namespace {

using namespace verilog;

/// Writes the module of one netlist.
class CellWriter {
public:
    CellWriter(const CellNetlist& netlist, const Circuit& circuit, CellLibrary library, std::string module_name)
        : netlist_(netlist),
          circuit_(circuit),
          library_(library),
          module_name_(std::move(module_name)),
          scope_(module_scope(module_name_)),
          layouts_(port_layout(circuit, scope_)),
          net_names_(netlist.num_nets) {
        net_names_[0] = "1'b0";
        net_names_[1] = "1'b1";
        name_inputs();
        for (const std::string& origin : netlist.origins) {
            prefixes_.push_back(sanitized(origin, "net"));
        }
    }

    std::string write();

private:
    void name_inputs();
    void declare_nets();
    std::string declare(std::string_view kind, std::uint32_t origin, std::string_view what, std::size_t number, std::int64_t width = 1);
    void write_header();
    void write_luts();
    void write_muxes();
    void write_chains();
    void write_xilinx_chain(const CarryChain& chain, std::size_t number);
    void write_ecp5_chain(const CarryChain& chain, std::size_t number);
    std::pair<std::string, std::string> write_xilinx_column(const CarryCell& cell, std::size_t chain, std::size_t place);
    void write_two_outputs(std::string_view instance, const CellInputs& inputs, std::uint64_t first, std::uint64_t second, std::string_view first_net,
                           std::string_view second_net);
    void write_one_output(std::string_view instance, const CellInputs& inputs, std::uint64_t table, std::string_view output);
    void write_registers();
    void write_outputs();
    const std::string& name(Net net) const { return net_names_[net]; }

    const CellNetlist& netlist_;
    const Circuit& circuit_;
    CellLibrary library_;
    std::string module_name_;
    NameTable scope_;
    std::vector<PortLayout> layouts_;
    std::vector<std::string> net_names_;
    std::vector<std::string> prefixes_;  ///< per origin
    std::vector<std::string> chain_names_;
    std::string text_;
};

std::string CellWriter::write() {
    write_header();
    declare_nets();
    write_luts();
    write_muxes();
    write_chains();
    write_registers();
    write_outputs();
    text_ += "endmodule\n";
    return std::move(text_);
}

void CellWriter::name_inputs() {
    std::size_t next = 0;
    for (const PortLayout& layout : layouts_) {
        for (std::int64_t i = 0; layout.is_input && i < layout.width; ++i) {
            net_names_[netlist_.inputs[next++]] = fmt::format("{}[{}]", layout.verilog_name, i);
        }
    }
}

void CellWriter::write_header() {
    text_ += "// Written by Lutra: cells of the device, with the bits that the circuit has.\n";
    // The carries of a row that ends within a cell are read by nothing.
    text_ += "/* verilator lint_off UNUSEDSIGNAL */\n";
    text_ += fmt::format("module {} (", module_name_);
    std::string_view separator = "\n";
    if (!netlist_.registers.empty()) {
        text_ += "\n    input  wire clk";
        separator = ",\n";
    }
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
        const PortLayout& layout = layouts_[i];
        if (layout.width > 0) {
            text_ += fmt::format("{}    // {}\n    {} wire [{}:0] {}", separator, comment_text(layout.name), layout.is_input ? "input " : "output",
                                 layout.width - 1, layout.verilog_name);
            separator = ",\n";
        }
    }
    text_ += "\n);\n";
}

std::string CellWriter::declare(std::string_view kind, std::uint32_t origin, std::string_view what, std::size_t number, std::int64_t width) {
    const std::string net = scope_.take(fmt::format("{}_{}{}", prefixes_[origin], what, number));
    text_ += width == 1 ? fmt::format("    {} {};\n", kind, net) : fmt::format("    {} [{}:0] {};\n", kind, width - 1, net);
    return net;
}

void CellWriter::declare_nets() {
    for (std::size_t i = 0; i < netlist_.chains.size(); ++i) {
        const CarryChain& chain = netlist_.chains[i];
        const auto width = static_cast<std::int64_t>(chain.cells.size());
        chain_names_.push_back(declare("wire", chain.origin, "row", i, width));
        for (std::size_t c = 0; c < chain.cells.size(); ++c) {
            const std::string place = width == 1 ? "" : fmt::format("[{}]", c);
            net_names_[chain.cells[c].sum] = chain_names_.back() + place;
            if (chain.cells[c].second_output != no_net) {
                net_names_[chain.cells[c].second_output] = declare("wire", chain.origin, fmt::format("row{}_carry", i), c);
            }
        }
    }
    for (std::size_t i = 0; i < netlist_.luts.size(); ++i) {
        const LutCell& lut = netlist_.luts[i];
        net_names_[lut.output] = declare("wire", lut.origin, "lut", i);
        if (lut.has_two_outputs()) {
            net_names_[lut.second_output] = declare("wire", lut.origin, "lut_low", i);
        }
    }
    for (std::size_t i = 0; i < netlist_.muxes.size(); ++i) {
        net_names_[netlist_.muxes[i].output] = declare("wire", netlist_.muxes[i].origin, "mux", i);
    }
    for (std::size_t i = 0; i < netlist_.registers.size(); ++i) {
        net_names_[netlist_.registers[i].output] = declare("reg", netlist_.registers[i].origin, "reg", i);
    }
}

void CellWriter::write_one_output(std::string_view instance, const CellInputs& inputs, std::uint64_t table, std::string_view output) {
    const int num_inputs = netlist_.style == CellStyle::Lut4 ? 4 : inputs.num_inputs;
    const int num_entries = 1 << num_inputs;
    const std::uint64_t entries = table & table_mask(num_inputs);
    if (netlist_.style == CellStyle::Lut4) {
        text_ += fmt::format("    LUT4 #(.INIT(16'h{:04x})) {} (", entries, instance);
    } else {
        text_ += fmt::format("    LUT{} #(.INIT({}'h{:0{}x})) {} (", num_inputs, num_entries, entries, std::max(num_entries / 4, 1), instance);
    }
    for (int i = 0; i < num_inputs; ++i) {
        const std::string pin = netlist_.style == CellStyle::Lut4 ? std::string(1, "ABCD"[i]) : fmt::format("I{}", i);
        text_ += fmt::format(".{}({}), ", pin, i < inputs.num_inputs ? name(inputs.nets[static_cast<std::size_t>(i)]) : "1'b0");
    }
    text_ += fmt::format(".{}({}));\n", netlist_.style == CellStyle::Lut4 ? "Z" : "O", output);
}

void CellWriter::write_two_outputs(std::string_view instance, const CellInputs& inputs, std::uint64_t first, std::uint64_t second, std::string_view first_net,
                                   std::string_view second_net) {
    constexpr int half = 5;
    LUTRA_ASSERT(inputs.num_inputs <= half);
    text_ += fmt::format("    LUT6_2 #(.INIT(64'h{:08x}{:08x})) {} (", first & table_mask(half), second & table_mask(half), instance);
    for (int i = 0; i < half; ++i) {
        text_ += fmt::format(".I{}({}), ", i, i < inputs.num_inputs ? name(inputs.nets[static_cast<std::size_t>(i)]) : "1'b1");
    }
    text_ += fmt::format(".I5(1'b1), .O6({}), .O5({}));\n", first_net, second_net);
}

void CellWriter::write_luts() {
    text_ += '\n';
    for (std::size_t i = 0; i < netlist_.luts.size(); ++i) {
        const LutCell& lut = netlist_.luts[i];
        const std::string instance = scope_.take(fmt::format("lut_{}", i));
        if (lut.has_two_outputs()) {
            write_two_outputs(instance, lut.inputs, lut.table, lut.second_table, name(lut.output), name(lut.second_output));
        } else {
            write_one_output(instance, lut.inputs, lut.table, name(lut.output));
        }
    }
}

void CellWriter::write_muxes() {
    for (std::size_t i = 0; i < netlist_.muxes.size(); ++i) {
        const MuxCell& mux = netlist_.muxes[i];
        const std::string instance = scope_.take(fmt::format("mux_{}", i));
        const auto& [zero, one, selector, output] = std::tie(name(mux.if_zero), name(mux.if_one), name(mux.selector), name(mux.output));
        if (netlist_.style == CellStyle::Lut6) {
            text_ += fmt::format("    MUXF{} {} (.I0({}), .I1({}), .S({}), .O({}));\n", 7 + mux.level, instance, zero, one, selector, output);
        } else if (mux.level == 0) {
            text_ += fmt::format("    PFUMX {} (.BLUT({}), .ALUT({}), .C0({}), .Z({}));\n", instance, zero, one, selector, output);
        } else {
            text_ += fmt::format("    L6MUX21 {} (.D0({}), .D1({}), .SD({}), .Z({}));\n", instance, zero, one, selector, output);
        }
    }
}

void CellWriter::write_chains() {
    for (std::size_t i = 0; i < netlist_.chains.size(); ++i) {
        text_ += '\n';
        if (netlist_.style == CellStyle::Lut6) {
            write_xilinx_chain(netlist_.chains[i], i);
        } else {
            write_ecp5_chain(netlist_.chains[i], i);
        }
    }
}

/// Writes what stands before one bit of a carry chain; gives the nets that propagate and that generate.
std::pair<std::string, std::string> CellWriter::write_xilinx_column(const CarryCell& cell, std::size_t chain, std::size_t place) {
    if (!cell.has_lut(netlist_.style)) {
        LUTRA_ASSERT(!cell.generates_second);
        const std::string constant = (cell.propagate & 1) != 0 ? "1'b1" : "1'b0";
        return {cell.inputs.num_inputs == 0 ? constant : name(cell.inputs.nets[0]), name(cell.generate_net)};
    }
    const auto local_wire = [&](std::string_view what) {
        const std::string net = scope_.take(fmt::format("{}_{}_{}", what, chain, place));
        text_ += fmt::format("    wire {};\n", net);
        return net;
    };
    const std::string instance = scope_.take(fmt::format("lut_{}_{}", chain, place));
    const std::string propagate = local_wire("s");
    if (cell.second_output != no_net) {
        const std::string& second = name(cell.second_output);
        write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, propagate, second);
        return {propagate, cell.generates_second ? second : name(cell.generate_net)};
    }
    if (cell.generates_second) {
        const std::string generate = local_wire("g");
        write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, propagate, generate);
        return {propagate, generate};
    }
    write_one_output(instance, cell.inputs, cell.propagate, propagate);
    return {propagate, name(cell.generate_net)};
}

void CellWriter::write_xilinx_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const std::size_t block = bits_per_carry_cell(library_);
    const std::size_t num_blocks = (width + block - 1) / block;
    const std::string carries = scope_.take(fmt::format("co_{}", number));
    const std::string sums = scope_.take(fmt::format("o_{}", number));
    text_ += fmt::format("    wire [{0}:0] {1};\n    wire [{0}:0] {2};\n", num_blocks * block - 1, carries, sums);
    std::vector<std::pair<std::string, std::string>> columns;
    for (std::size_t c = 0; c < width; ++c) {
        columns.push_back(write_xilinx_column(chain.cells[c], number, c));
    }
    columns.resize(num_blocks * block, {"1'b0", "1'b0"});
    for (std::size_t b = 0; b < num_blocks; ++b) {
        const std::size_t low = b * block;
        const std::size_t high = low + block - 1;
        std::string propagates;
        std::string generates;
        for (std::size_t c = high + 1; c-- > low;) {
            const std::string separator = c == low ? "" : ", ";
            propagates += columns[c].first + separator;
            generates += columns[c].second + separator;
        }
        const std::string carry_in = b == 0 ? name(chain.carry_in) : fmt::format("{}[{}]", carries, low - 1);
        const std::string instance = scope_.take(fmt::format("carry_{}_{}", number, b));
        text_ += library_ == CellLibrary::UltraScalePlus
                     ? fmt::format("    CARRY8 #(.CARRY_TYPE(\"SINGLE_CY8\")) {} (.CI({}), .CI_TOP(1'b0)", instance, carry_in)
                     : fmt::format("    CARRY4 {} (.CI({}), .CYINIT({})", instance, b == 0 ? "1'b0" : carry_in, b == 0 ? carry_in : "1'b0");
        text_ += fmt::format(", .DI({{{}}}), .S({{{}}}), .O({}[{}:{}]), .CO({}[{}:{}]));\n", generates, propagates, sums, high, low, carries, high, low);
    }
    text_ += width == 1 ? fmt::format("    assign {} = {}[0];\n", chain_names_[number], sums)
                        : fmt::format("    assign {} = {}[{}:0];\n", chain_names_[number], sums, width - 1);
}

void CellWriter::write_ecp5_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const std::size_t num_cells = (width + 1) / 2;
    const std::string carries = scope_.take(fmt::format("co_{}", number));
    text_ += fmt::format("    wire [{}:0] {};\n", num_cells, carries);
    std::string unread;  // the upper half of the last cell
    if (width % 2 != 0) {
        unread = scope_.take(fmt::format("top_{}", number));
        text_ += fmt::format("    wire {};\n", unread);
    }
    text_ += fmt::format("    assign {}[0] = {};\n", carries, name(chain.carry_in));
    for (std::size_t k = 0; k < num_cells; ++k) {
        const std::string instance = scope_.take(fmt::format("carry_{}_{}", number, k));
        text_ += fmt::format("    CCU2C #(.INIT0(16'h{:04x}), .INIT1(16'h{:04x}), .INJECT1_0(\"NO\"), .INJECT1_1(\"NO\")) {} (.CIN({}[{}])",
                             chain.cells[2 * k].propagate & 0xFFFF, 2 * k + 1 < width ? chain.cells[2 * k + 1].propagate & 0xFFFF : 0, instance, carries, k);
        for (std::size_t half = 0; half < 2; ++half) {
            const std::size_t c = 2 * k + half;
            for (std::size_t pin = 0; pin < 4; ++pin) {
                text_ += fmt::format(", .{}{}({})", "ABCD"[pin], half, c < width ? name(chain.cells[c].inputs.nets[pin]) : "1'b0");
            }
            text_ += fmt::format(", .S{}({})", half, c < width ? name(chain.cells[c].sum) : unread);
        }
        text_ += fmt::format(", .COUT({}[{}]));\n", carries, k + 1);
    }
}

void CellWriter::write_registers() {
    if (netlist_.registers.empty()) {
        return;
    }
    text_ += "\n    always @(posedge clk) begin\n";
    for (const RegisterCell& cell : netlist_.registers) {
        text_ += fmt::format("        {} <= {};\n", name(cell.output), name(cell.input));
    }
    text_ += "    end\n";
}

void CellWriter::write_outputs() {
    text_ += '\n';
    std::size_t next = 0;
    for (const PortLayout& layout : layouts_) {
        for (std::int64_t i = 0; !layout.is_input && i < layout.width; ++i) {
            text_ += fmt::format("    assign {}[{}] = {};\n", layout.verilog_name, i, name(netlist_.outputs[next++]));
        }
    }
}

}  // namespace

CellStyle style_of(CellLibrary library) {
    switch (library) {
        case CellLibrary::UltraScalePlus:
        case CellLibrary::Xilinx7: return CellStyle::Lut6;
        case CellLibrary::Ecp5: return CellStyle::Lut4;
    }
    LUTRA_UNREACHABLE("cell library");
}

std::size_t bits_per_carry_cell(CellLibrary library) {
    switch (library) {
        case CellLibrary::UltraScalePlus: return 8;
        case CellLibrary::Xilinx7: return 4;
        case CellLibrary::Ecp5: return 2;
    }
    LUTRA_UNREACHABLE("cell library");
}

Result<EmittedFile> emit_cells(const CellNetlist& netlist, const Circuit& circuit, CellLibrary library, const VerilogOptions& options) {
    const std::string module_name = verilog_module_name(options);
    if (const auto checked = check_port_widths(circuit); !checked) {
        return std::unexpected(checked.error());
    }
    return EmittedFile{module_name + ".v", CellWriter(netlist, circuit, library, module_name).write()};
}

}  // namespace lutra
