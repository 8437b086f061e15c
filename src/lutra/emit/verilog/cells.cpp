#include "lutra/emit/verilog/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/assert.h"
#include "lutra/emit/verilog/cell_names.h"
#include "lutra/emit/verilog/text_buffer.h"

namespace lutra {

namespace {

using namespace verilog;

/// The ports of a module, and the names that it cannot use for anything else.
struct ModuleShell {
    ModuleShell(const Circuit& circuit, std::string module_name)
        : name(std::move(module_name)), scope(module_scope(name)), layouts(port_layout(circuit, scope)) {}

    std::string name;
    NameTable scope;
    std::vector<PortLayout> layouts;
};

/// Writes the module of one netlist.
class CellWriter {
public:
    CellWriter(const CellNetlist& netlist, const ModuleShell& shell, CellLibrary library, const TextSink& sink)
        : netlist_(netlist), shell_(shell), library_(library), names_(netlist, shell.layouts, shell.scope), text_(sink) {}

    void write();

private:
    void write_header();
    void declare_nets();
    void declare(std::string_view kind, Net net);
    void write_luts();
    void write_muxes();
    void write_chains();
    void write_xilinx_chain(const CarryChain& chain, std::size_t number);
    void write_xilinx_carry(std::size_t number, std::size_t block, Net carry_in);
    void write_ecp5_chain(const CarryChain& chain, std::size_t number);
    void write_ecp5_carry(const CarryChain& chain, std::size_t number, std::size_t place);
    void write_xilinx_column(const CarryCell& cell, std::size_t chain, std::size_t place);
    void write_two_outputs(const LocalName& instance, const CellInputs& inputs, std::uint64_t first, std::uint64_t second, const PinName& first_net,
                           const PinName& second_net);
    void write_one_output(const LocalName& instance, const CellInputs& inputs, std::uint64_t table, const PinName& output);
    void write_registers();
    void write_outputs();

    CellWriter& operator<<(const PinName& pin) {
        names_.append(text_, pin);
        return *this;
    }
    CellWriter& operator<<(const LocalName& local) {
        names_.append(text_, local);
        return *this;
    }
    CellWriter& operator<<(std::string_view text) {
        text_ << text;
        return *this;
    }
    CellWriter& operator<<(const char* text) { return *this << std::string_view(text); }
    CellWriter& operator<<(char c) {
        text_ << c;
        return *this;
    }
    CellWriter& operator<<(std::size_t number) {
        text_ << number;
        return *this;
    }

    const CellNetlist& netlist_;
    const ModuleShell& shell_;
    CellLibrary library_;
    CellNames names_;
    TextBuffer text_;
    std::vector<std::pair<PinName, PinName>> columns_;  ///< of the chain at hand: what propagates and what generates
};

void CellWriter::write() {
    write_header();
    declare_nets();
    write_luts();
    write_muxes();
    write_chains();
    write_registers();
    write_outputs();
    *this << "endmodule\n";
    text_.flush();
}

void CellWriter::write_header() {
    *this << "// Written by Lutra: cells of the device, with the bits that the circuit has.\n";
    // The carries of a row that ends within a cell are read by nothing.
    *this << "/* verilator lint_off UNUSEDSIGNAL */\n";
    *this << "module " << shell_.name << " (";
    std::string_view separator = "\n";
    if (!netlist_.registers.empty()) {
        *this << "\n    input  wire clk";
        separator = ",\n";
    }
    for (const PortLayout& layout : shell_.layouts) {
        if (layout.width > 0) {
            *this << separator
                  << fmt::format("    // {}\n    {} wire [{}:0] {}", comment_text(layout.name), layout.is_input ? "input " : "output", layout.width - 1,
                                 layout.verilog_name);
            separator = ",\n";
        }
    }
    *this << "\n);\n";
}

void CellWriter::declare(std::string_view kind, Net net) {
    *this << "    " << kind << ' ' << PinName(net) << ";\n";
    text_.flush_large();
}

void CellWriter::declare_nets() {
    for (std::size_t i = 0; i < netlist_.chains.size(); ++i) {
        const CarryChain& chain = netlist_.chains[i];
        const std::size_t width = chain.cells.size();
        *this << "    wire ";
        if (width != 1) {
            *this << fmt::format("[{}:0] ", static_cast<std::int64_t>(width) - 1);
        }
        names_.append_chain(text_, i);
        *this << ";\n";
        for (const CarryCell& cell : chain.cells) {
            if (cell.second_output != no_net) {
                declare("wire", cell.second_output);
            }
        }
    }
    for (const LutCell& lut : netlist_.luts) {
        declare("wire", lut.output);
        if (lut.has_two_outputs()) {
            declare("wire", lut.second_output);
        }
    }
    for (const MuxCell& mux : netlist_.muxes) {
        declare("wire", mux.output);
    }
    for (const RegisterCell& cell : netlist_.registers) {
        declare("reg", cell.output);
    }
}

void CellWriter::write_one_output(const LocalName& instance, const CellInputs& inputs, std::uint64_t table, const PinName& output) {
    const bool is_lut4 = netlist_.style == CellStyle::Lut4;
    const int num_inputs = is_lut4 ? 4 : inputs.num_inputs;
    const int num_entries = 1 << num_inputs;
    *this << "    LUT" << static_cast<std::size_t>(num_inputs) << " #(.INIT(" << static_cast<std::size_t>(num_entries) << "'h";
    text_.hex(table & table_mask(num_inputs), std::max(num_entries / 4, 1));
    *this << ")) " << instance << " (";
    for (int i = 0; i < num_inputs; ++i) {
        const auto place = static_cast<std::size_t>(i);
        *this << (is_lut4 ? "." : ".I") << (is_lut4 ? "ABCD"[place] : static_cast<char>('0' + i)) << '('
              << PinName(i < inputs.num_inputs ? inputs.nets[place] : Net{0}) << "), ";
    }
    *this << (is_lut4 ? ".Z(" : ".O(") << output << "));\n";
    text_.flush_large();
}

void CellWriter::write_two_outputs(const LocalName& instance, const CellInputs& inputs, std::uint64_t first, std::uint64_t second, const PinName& first_net,
                                   const PinName& second_net) {
    constexpr int half = 5;
    constexpr int half_digits = 8;
    LUTRA_ASSERT(inputs.num_inputs <= half);
    *this << "    LUT6_2 #(.INIT(64'h";
    text_.hex(first, half_digits).hex(second, half_digits);
    *this << ")) " << instance << " (";
    for (int i = 0; i < half; ++i) {
        *this << ".I" << static_cast<char>('0' + i) << '(' << PinName(i < inputs.num_inputs ? inputs.nets[static_cast<std::size_t>(i)] : Net{1}) << "), ";
    }
    *this << ".I5(1'b1), .O6(" << first_net << "), .O5(" << second_net << "));\n";
    text_.flush_large();
}

void CellWriter::write_luts() {
    *this << '\n';
    for (std::size_t i = 0; i < netlist_.luts.size(); ++i) {
        const LutCell& lut = netlist_.luts[i];
        const LocalName instance{"lut", i};
        if (lut.has_two_outputs()) {
            write_two_outputs(instance, lut.inputs, lut.table, lut.second_table, lut.output, lut.second_output);
        } else {
            write_one_output(instance, lut.inputs, lut.table, lut.output);
        }
    }
}

void CellWriter::write_muxes() {
    for (std::size_t i = 0; i < netlist_.muxes.size(); ++i) {
        const MuxCell& mux = netlist_.muxes[i];
        const LocalName instance{"mux", i};
        const auto pins = [&](std::string_view cell, std::string_view zero, std::string_view one, std::string_view selector, std::string_view output) {
            *this << "    " << cell << ' ' << instance << " (" << zero << PinName(mux.if_zero) << one << PinName(mux.if_one) << selector
                  << PinName(mux.selector) << output << PinName(mux.output) << "));\n";
        };
        if (netlist_.style == CellStyle::Lut6) {
            pins(mux.level == 0 ? "MUXF7" : "MUXF8", ".I0(", "), .I1(", "), .S(", "), .O(");
        } else if (mux.level == 0) {
            pins("PFUMX", ".BLUT(", "), .ALUT(", "), .C0(", "), .Z(");
        } else {
            pins("L6MUX21", ".D0(", "), .D1(", "), .SD(", "), .Z(");
        }
        text_.flush_large();
    }
}

void CellWriter::write_chains() {
    for (std::size_t i = 0; i < netlist_.chains.size(); ++i) {
        *this << '\n';
        if (netlist_.style == CellStyle::Lut6) {
            write_xilinx_chain(netlist_.chains[i], i);
        } else {
            write_ecp5_chain(netlist_.chains[i], i);
        }
        text_.flush_large();
    }
}

/// Writes what stands before one bit of a carry chain, and notes what propagates and what generates there.
void CellWriter::write_xilinx_column(const CarryCell& cell, std::size_t chain, std::size_t place) {
    if (!cell.has_lut(netlist_.style)) {
        LUTRA_ASSERT(!cell.generates_second);
        const Net constant = (cell.propagate & 1) != 0 ? 1 : 0;
        columns_.emplace_back(cell.inputs.num_inputs == 0 ? constant : cell.inputs.nets[0], cell.generate_net);
        return;
    }
    const LocalName instance{"lut", chain, place};
    const LocalName propagate{"s", chain, place};
    const LocalName generate{"g", chain, place};
    *this << "    wire " << propagate << ";\n";
    if (cell.second_output != no_net) {
        write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, propagate, cell.second_output);
        columns_.emplace_back(propagate, cell.generates_second ? cell.second_output : cell.generate_net);
    } else if (cell.generates_second) {
        *this << "    wire " << generate << ";\n";
        write_two_outputs(instance, cell.inputs, cell.propagate, cell.generate, propagate, generate);
        columns_.emplace_back(propagate, generate);
    } else {
        write_one_output(instance, cell.inputs, cell.propagate, propagate);
        columns_.emplace_back(propagate, cell.generate_net);
    }
}

/// Writes one carry cell of the chain whose columns are noted.
void CellWriter::write_xilinx_carry(std::size_t number, std::size_t block, Net carry_in) {
    const std::size_t size = bits_per_carry_cell(library_);
    const std::size_t low = block * size;
    const std::size_t high = low + size - 1;
    const LocalName carries{"co", number};
    const LocalName instance{"carry", number, block};
    const auto write_carry_in = [&] {
        if (block == 0) {
            *this << PinName(carry_in);
        } else {
            *this << carries << '[' << low - 1 << ']';
        }
    };
    if (library_ == CellLibrary::UltraScalePlus) {
        *this << "    CARRY8 #(.CARRY_TYPE(\"SINGLE_CY8\")) " << instance << " (.CI(";
        write_carry_in();
        *this << "), .CI_TOP(1'b0)";
    } else {
        *this << "    CARRY4 " << instance << (block == 0 ? " (.CI(1'b0), .CYINIT(" : " (.CI(");
        write_carry_in();
        *this << (block == 0 ? ")" : "), .CYINIT(1'b0)");
    }
    *this << ", .DI({";
    for (std::size_t c = high + 1; c-- > low;) {
        *this << columns_[c].second << (c == low ? "" : ", ");
    }
    *this << "}), .S({";
    for (std::size_t c = high + 1; c-- > low;) {
        *this << columns_[c].first << (c == low ? "" : ", ");
    }
    *this << "}), .O(" << LocalName{"o", number} << '[' << high << ':' << low << "]), .CO(" << carries << '[' << high << ':' << low << "]));\n";
}

void CellWriter::write_xilinx_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const std::size_t size = bits_per_carry_cell(library_);
    const std::size_t num_blocks = (width + size - 1) / size;
    const LocalName sums{"o", number};
    for (const LocalName& wires : {LocalName{"co", number}, sums}) {
        *this << "    wire [" << num_blocks * size - 1 << ":0] " << wires << ";\n";
    }
    columns_.clear();
    for (std::size_t c = 0; c < width; ++c) {
        write_xilinx_column(chain.cells[c], number, c);
    }
    columns_.resize(num_blocks * size);  // constants 0
    for (std::size_t block = 0; block < num_blocks; ++block) {
        write_xilinx_carry(number, block, chain.carry_in);
    }
    *this << "    assign ";
    names_.append_chain(text_, number);
    *this << " = " << sums << '[';
    if (width != 1) {
        *this << width - 1 << ':';
    }
    *this << "0];\n";
}

/// Writes the cell of the bits at `place` and above it; `unread` is the wire of the sum above the last one.
void CellWriter::write_ecp5_carry(const CarryChain& chain, std::size_t number, std::size_t place) {
    const std::size_t width = chain.cells.size();
    const LocalName carries{"co", number};
    constexpr int init_digits = 4;
    *this << "    CCU2C #(.INIT0(16'h";
    text_.hex(chain.cells[place].propagate, init_digits);
    *this << "), .INIT1(16'h";
    text_.hex(place + 1 < width ? chain.cells[place + 1].propagate : 0, init_digits);
    *this << "), .INJECT1_0(\"NO\"), .INJECT1_1(\"NO\")) " << LocalName{"carry", number, place / 2} << " (.CIN(" << carries << '[' << place / 2 << "])";
    for (std::size_t half = 0; half < 2; ++half) {
        const CarryCell* cell = place + half < width ? &chain.cells[place + half] : nullptr;
        for (std::size_t pin = 0; pin < 4; ++pin) {
            *this << ", ." << "ABCD"[pin] << half << '(' << PinName(cell == nullptr ? Net{0} : cell->inputs.nets[pin]) << ')';
        }
        *this << ", .S" << half << '(' << (cell == nullptr ? PinName(LocalName{"top", number}) : PinName(cell->sum)) << ')';
    }
    *this << ", .COUT(" << carries << '[' << place / 2 + 1 << "]));\n";
}

void CellWriter::write_ecp5_chain(const CarryChain& chain, std::size_t number) {
    const std::size_t width = chain.cells.size();
    const LocalName carries{"co", number};
    *this << "    wire [" << (width + 1) / 2 << ":0] " << carries << ";\n";
    if (width % 2 != 0) {
        *this << "    wire " << LocalName{"top", number} << ";\n";
    }
    *this << "    assign " << carries << "[0] = " << PinName(chain.carry_in) << ";\n";
    for (std::size_t place = 0; place < width; place += 2) {
        write_ecp5_carry(chain, number, place);
    }
}

void CellWriter::write_registers() {
    if (netlist_.registers.empty()) {
        return;
    }
    *this << "\n    always @(posedge clk) begin\n";
    for (const RegisterCell& cell : netlist_.registers) {
        *this << "        " << PinName(cell.output) << " <= " << PinName(cell.input) << ";\n";
        text_.flush_large();
    }
    *this << "    end\n";
}

void CellWriter::write_outputs() {
    *this << '\n';
    std::size_t next = 0;
    for (const PortLayout& layout : shell_.layouts) {
        for (std::int64_t i = 0; !layout.is_input && i < layout.width; ++i) {
            *this << "    assign " << layout.verilog_name << '[' << static_cast<std::size_t>(i) << "] = " << PinName(netlist_.outputs[next++]) << ";\n";
            text_.flush_large();
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

Result<EmittedFile> emit_cells(std::shared_ptr<const CellNetlist> netlist, const Circuit& circuit, CellLibrary library, const VerilogOptions& options) {
    if (const auto checked = check_port_widths(circuit); !checked) {
        return std::unexpected(checked.error());
    }
    ModuleShell shell(circuit, verilog_module_name(options));
    std::string path = shell.name + ".v";
    TextPrinter printer = [netlist = std::move(netlist), shell = std::move(shell), library](const TextSink& sink) {
        CellWriter(*netlist, shell, library, sink).write();
    };
    return EmittedFile{std::move(path), std::move(printer)};
}

}  // namespace lutra
