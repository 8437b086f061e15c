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
        : netlist_(netlist), circuit_(circuit), library_(library), module_name_(std::move(module_name)), scope_(module_scope(module_name_)),
          layouts_(port_layout(circuit, scope_)), net_names_(netlist.num_nets) {
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
    std::string propagate_net(const CarryCell& cell, std::size_t chain, std::size_t place) const;
    std::string generate_net(const CarryCell& cell, std::size_t chain, std::size_t place) const;
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
    std::vector<std::string> prefixes_;     ///< per origin
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
            text_ += fmt::format("{}    {} wire [{}:0] {}", separator, layout.is_input ? "input " : "output", layout.width - 1, layout.verilog_name);
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

void CellWriter::write_two_outputs(std::string_view instance, const CellInputs& inputs, std::uint64_t first, std::uint64_t second,
                                   std::string_view first_net, std::string_view second_net) {
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
        const std::string instance = fmt::format("lut_{}", i);
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
        const auto& [zero, one, selector, output] = std::tie(name(mux.if_zero), name(mux.if_one), name(mux.selector), name(mux.output));
        if (netlist_.style == CellStyle::Lut6) {
            text_ += fmt::format("    MUXF{} mux_{} (.I0({}), .I1({}), .S({}), .O({}));\n", 7 + mux.level, i, zero, one, selector, output);
        } else if (mux.level == 0) {
            text_ += fmt::format("    PFUMX mux_{} (.BLUT({}), .ALUT({}), .C0({}), .Z({}));\n", i, zero, one, selector, output);
        } else {
            text_ += fmt::format("    L6MUX21 mux_{} (.D0({}), .D1({}), .SD({}), .Z({}));\n", i, zero, one, selector, output);
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

std::string CellWriter::propagate_net(const CarryCell& cell, std::size_t chain, std::size_t place) const {
    if (cell.has_lut(netlist_.style)) {
        return fmt::format("s_{}_{}", chain, place);
    }
    return cell.inputs.num_inputs == 0 ? ((cell.propagate & 1) != 0 ? "1'b1" : "1'b0") : name(cell.inputs.nets[0]);
}

std::string CellWriter::generate_net(const CarryCell& cell, std::size_t chain, std::size_t place) const {
    return cell.generates_second ? fmt::format("g_{}_{}", chain, place) : name(cell.generate_net);
}

void CellWriter::write_xilinx_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const std::size_t block = library_ == CellLibrary::UltraScalePlus ? 8 : 4;
    const std::size_t num_blocks = (width + block - 1) / block;
    const auto ranged = [&](std::string_view net, std::size_t size) { return fmt::format("    wire [{}:0] {}_{};\n", size - 1, net, number); };
    text_ += ranged("co", num_blocks * block) + ranged("o", num_blocks * block);
    for (std::size_t c = 0; c < width; ++c) {
        const CarryCell& cell = chain.cells[c];
        if (!cell.has_lut(netlist_.style)) {
            continue;
        }
        const std::string instance = fmt::format("lut_{}_{}", number, c);
        const std::string sum = propagate_net(cell, number, c);
        text_ += fmt::format("    wire {};\n", sum);
        if (cell.second_output != no_net) {
            write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, sum, name(cell.second_output));
        } else if (cell.generates_second) {
            text_ += fmt::format("    wire {};\n", generate_net(cell, number, c));
            write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, sum, generate_net(cell, number, c));
        } else {
            write_one_output(instance, cell.inputs, cell.propagate, sum);
        }
    }
    for (std::size_t b = 0; b < num_blocks; ++b) {
        std::string propagates;
        std::string generates;
        for (std::size_t i = block; i-- > 0;) {
            const std::size_t c = b * block + i;
            const std::string separator = i == 0 ? "" : ", ";
            propagates += (c < width ? propagate_net(chain.cells[c], number, c) : "1'b0") + separator;
            generates += (c < width ? generate_net(chain.cells[c], number, c) : "1'b0") + separator;
        }
        const std::size_t low = b * block;
        const std::size_t high = low + block - 1;
        const std::string carry_in = b == 0 ? name(chain.carry_in) : fmt::format("co_{}[{}]", number, low - 1);
        const std::string cell = block == 8 ? fmt::format("CARRY8 #(.CARRY_TYPE(\"SINGLE_CY8\")) carry_{}_{} (.CI({}), .CI_TOP(1'b0)", number, b, carry_in)
                                            : fmt::format("CARRY4 carry_{}_{} (.CI({}), .CYINIT({})", number, b, b == 0 ? "1'b0" : carry_in, b == 0 ? carry_in : "1'b0");
        text_ += fmt::format("    {}, .DI({{{}}}), .S({{{}}}), .O(o_{}[{}:{}]), .CO(co_{}[{}:{}]));\n", cell, generates, propagates, number, high, low, number, high, low);
    }
    text_ += width == 1 ? fmt::format("    assign {} = o_{}[0];\n", chain_names_[number], number)
                        : fmt::format("    assign {} = o_{}[{}:0];\n", chain_names_[number], number, width - 1);
}

void CellWriter::write_ecp5_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const std::size_t num_cells = (width + 1) / 2;
    text_ += fmt::format("    wire [{}:0] co_{};\n", num_cells, number);
    if (width % 2 != 0) {
        text_ += fmt::format("    wire top_{};\n", number);
    }
    text_ += fmt::format("    assign co_{}[0] = {};\n", number, name(chain.carry_in));
    for (std::size_t k = 0; k < num_cells; ++k) {
        text_ += fmt::format("    CCU2C #(.INIT0(16'h{:04x}), .INIT1(16'h{:04x}), .INJECT1_0(\"NO\"), .INJECT1_1(\"NO\")) carry_{}_{} (.CIN(co_{}[{}])",
                             chain.cells[2 * k].propagate & 0xFFFF, 2 * k + 1 < width ? chain.cells[2 * k + 1].propagate & 0xFFFF : 0, number, k, number, k);
        for (std::size_t half = 0; half < 2; ++half) {
            const std::size_t c = 2 * k + half;
            for (std::size_t pin = 0; pin < 4; ++pin) {
                text_ += fmt::format(", .{}{}({})", "ABCD"[pin], half, c < width ? name(chain.cells[c].inputs.nets[pin]) : "1'b0");
            }
            text_ += fmt::format(", .S{}({})", half, c < width ? name(chain.cells[c].sum) : fmt::format("top_{}", number));
        }
        text_ += fmt::format(", .COUT(co_{}[{}]));\n", number, k + 1);
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

constexpr std::string_view xilinx_luts = R"(
module LUT6 #(parameter [63:0] INIT = 64'h0) (output O, input I0, I1, I2, I3, I4, I5);
    wire [5:0] address = {I5, I4, I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT5 #(parameter [31:0] INIT = 32'h0) (output O, input I0, I1, I2, I3, I4);
    wire [4:0] address = {I4, I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT4 #(parameter [15:0] INIT = 16'h0) (output O, input I0, I1, I2, I3);
    wire [3:0] address = {I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT3 #(parameter [7:0] INIT = 8'h0) (output O, input I0, I1, I2);
    wire [2:0] address = {I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT2 #(parameter [3:0] INIT = 4'h0) (output O, input I0, I1);
    wire [1:0] address = {I1, I0};
    assign O = INIT[address];
endmodule
module LUT1 #(parameter [1:0] INIT = 2'h0) (output O, input I0);
    assign O = INIT[I0];
endmodule
// O5 reads the lower half of the table; O6 the half that I5 chooses.
module LUT6_2 #(parameter [63:0] INIT = 64'h0) (output O6, output O5, input I0, I1, I2, I3, I4, I5);
    wire [5:0] address = {I5, I4, I3, I2, I1, I0};
    wire [5:0] low = {1'b0, I4, I3, I2, I1, I0};
    assign O6 = INIT[address];
    assign O5 = INIT[low];
endmodule
module MUXF7 (output O, input I0, I1, S);
    assign O = S ? I1 : I0;
endmodule
module MUXF8 (output O, input I0, I1, S);
    assign O = S ? I1 : I0;
endmodule
)";

/// A carry chain of `width` bits as one addition: S propagates, DI generates where S does not. `second_input` is the cell's other first carry.
std::string xilinx_carry(std::string_view name, int width, std::string_view parameter, std::string_view second_input) {
    const int top = width - 1;
    std::string text = fmt::format("module {}{} (input CI, input {}, input [{}:0] DI, S, output [{}:0] O, CO);\n", name, parameter, second_input, top, top);
    text += fmt::format("    wire carry_in = {};\n", second_input == "CYINIT" ? "CI | CYINIT" : "CI");
    text += fmt::format("    wire [{0}:0] total = {{1'b0, DI & ~S}} + {{1'b0, S | DI}} + {{{0}'d0, carry_in}};\n", width);
    text += fmt::format("    wire [{0}:0] carries = total[{0}:0] ^ S;\n    assign O = total[{0}:0];\n    assign CO = {{total[{1}], carries[{0}:1]}};\n", top, width);
    return text + "endmodule\n";
}

constexpr std::string_view ecp5_cells = R"(
module LUT4 #(parameter [15:0] INIT = 16'h0) (input A, B, C, D, output Z);
    wire [3:0] address = {D, C, B, A};
    assign Z = INIT[address];
endmodule
module PFUMX (input ALUT, BLUT, C0, output Z);
    assign Z = C0 ? ALUT : BLUT;
endmodule
module L6MUX21 (input D0, D1, SD, output Z);
    assign Z = SD ? D1 : D0;
endmodule
// Two bits of a carry chain: a table of four inputs propagates; its four lowest entries, read by A and B, generate.
module CCU2C #(parameter [15:0] INIT0 = 16'h0, parameter [15:0] INIT1 = 16'h0, parameter INJECT1_0 = "NO", parameter INJECT1_1 = "NO")
    (input CIN, A0, B0, C0, D0, A1, B1, C1, D1, output S0, S1, COUT);
    wire [3:0] address_0 = {D0, C0, B0, A0};
    wire [3:0] address_1 = {D1, C1, B1, A1};
    wire [3:0] low_0 = {2'b00, B0, A0};
    wire [3:0] low_1 = {2'b00, B1, A1};
    wire propagate_0 = INIT0[address_0];
    wire propagate_1 = INIT1[address_1];
    wire carry = propagate_0 ? CIN : INIT0[low_0];
    assign S0 = propagate_0 ^ CIN;
    assign S1 = propagate_1 ^ carry;
    assign COUT = propagate_1 ? carry : INIT1[low_1];
endmodule
)";

}  // namespace

Result<EmittedFile> emit_cells(const CellNetlist& netlist, const Circuit& circuit, CellLibrary library, const VerilogOptions& options) {
    const std::string module_name = verilog_module_name(options);
    if (const auto checked = check_port_widths(circuit); !checked) {
        return std::unexpected(checked.error());
    }
    return EmittedFile{module_name + ".v", CellWriter(netlist, circuit, library, module_name).write()};
}

EmittedFile emit_cell_models(CellLibrary library) {
    std::string text = "// Models of the device's cells, for simulation only.\n/* verilator lint_off DECLFILENAME */\n/* verilator lint_off UNUSEDSIGNAL */\n"
                       "/* verilator lint_off UNUSEDPARAM */\n/* verilator lint_off UNOPTFLAT */\n";
    switch (library) {
        case CellLibrary::UltraScalePlus:
            text += std::string(xilinx_luts) + xilinx_carry("CARRY8", 8, " #(parameter CARRY_TYPE = \"SINGLE_CY8\")", "CI_TOP");
            break;
        case CellLibrary::Xilinx7: text += std::string(xilinx_luts) + xilinx_carry("CARRY4", 4, "", "CYINIT"); break;
        case CellLibrary::Ecp5: text += ecp5_cells; break;
    }
    return {std::string(cell_models_name), text};
}

}  // namespace lutra
