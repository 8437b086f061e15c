#include "lutra/compile/firmware.h"

#include <algorithm>

#include "lutra/emit/verilog/axi_stream.h"
#include "lutra/emit/verilog/cell_models.h"
#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/testbench.h"
#include "lutra/emit/verilog/verilog.h"

namespace lutra {

namespace {

RtlReport report_rtl(const Circuit& circuit, const VerilogOptions& options, const std::vector<EmittedFile>& files) {
    const std::string top = verilog_module_name(options);
    RtlReport rtl{.top = top, .files = {}, .ports = {}, .cells = {}};
    for (const EmittedFile& file : files) {
        rtl.files.push_back(file.path);
    }
    if (has_clock(circuit, options)) {
        rtl.ports.push_back({"clk", 1, "input", {}, ""});
    }
    auto scope = verilog::module_scope(top);
    for (const verilog::PortLayout& port : verilog::port_layout(circuit, scope)) {
        rtl.ports.push_back({port.verilog_name, static_cast<int>(port.width), port.is_input ? "input" : "output", port.first_bit_of, port.name});
    }
    return rtl;
}

/// Whether the ports carry anything; a stream of nothing is no stream.
bool has_bits(const Circuit& circuit, const std::vector<Port>& ports) {
    return std::ranges::any_of(flat_wires(ports), [&](Wire wire) { return circuit.type(wire).width > 0; });
}

/// The module itself, and models of its cells where it has any.
Result<std::vector<EmittedFile>> emit_module(const std::shared_ptr<const MappedDesign>& design, const VerilogOptions& options) {
    if (!design->cells) {
        return emit_verilog(design->circuit, options);
    }
    const std::shared_ptr<const CellNetlist> netlist(design, &design->cells->cells.netlist);
    LUTRA_TRY(EmittedFile module, emit_cells(netlist, design->circuit, design->cells->library, options));
    EmittedFile models = emit_cell_models(design->cells->library);
    models.path = "tb/" + models.path;  // synthesis knows the cells
    return std::vector<EmittedFile>{std::move(module), std::move(models)};
}

}  // namespace

Result<Firmware> make_firmware(const std::shared_ptr<const MappedDesign>& design) {
    VerilogOptions options{.module_name = "lutra_model"};
    if (design->cells) {
        options.cell_latency = design->cells->cells.latency_cycles;
    }
    const Circuit& circuit = design->circuit;
    LUTRA_TRY(std::vector<EmittedFile> files, emit_module(design, options));
    files.push_back(emit_testbench(circuit, options).bench);
    if (has_bits(circuit, circuit.inputs()) && has_bits(circuit, circuit.outputs())) {
        files.push_back(emit_axi_stream(circuit, options));
        files.push_back(emit_axi_stream_testbench(circuit, options).bench);
    }
    for (EmittedFile& file : files) {
        file.path = "rtl/" + file.path;
    }
    RtlReport rtl = report_rtl(circuit, options, files);
    rtl.cells = design->cells ? design->estimate.family : "";
    return Firmware{.files = std::move(files), .rtl = std::move(rtl)};
}

}  // namespace lutra
