#include "lutra/compile/firmware.h"

#include <chrono>

#include "lutra/circuit/latency.h"
#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/testbench.h"
#include "lutra/emit/verilog/verilog.h"
#include "lutra/target/device.h"

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

RtlReport report_rtl(const Circuit& circuit, const std::string& top, const std::vector<EmittedFile>& files) {
    RtlReport rtl{top, {}, {}};
    for (const EmittedFile& file : files) {
        rtl.files.push_back(file.path);
    }
    if (has_registers(circuit)) {
        rtl.ports.push_back({"clk", 1, "input", {}});
    }
    auto scope = verilog::module_scope(top);
    for (const verilog::PortLayout& port : verilog::port_layout(circuit, scope)) {
        rtl.ports.push_back({port.verilog_name, static_cast<int>(port.width), port.is_input ? "input" : "output", port.first_bit_of});
    }
    return rtl;
}

}  // namespace

Result<Firmware> make_firmware(const Circuit& lowered, const CompileOptions& options) {
    Firmware firmware;
    const auto optimise_begin = Clock::now();
    LUTRA_TRY(const Device device, find_device(options.device));
    firmware.circuit = lowered;
    firmware.timing.latency_cycles = latency_cycles(firmware.circuit);
    firmware.optimise_seconds = seconds_since(optimise_begin);

    const auto emit_begin = Clock::now();
    const VerilogOptions verilog{.module_name = "lutra_model"};
    LUTRA_TRY(std::vector<EmittedFile> files, emit_verilog(firmware.circuit, verilog));
    files.push_back(emit_testbench(firmware.circuit, verilog).bench);
    for (EmittedFile& file : files) {
        file.path = "rtl/" + file.path;
    }
    firmware.rtl = report_rtl(firmware.circuit, verilog_module_name(verilog), files);
    firmware.files = std::move(files);
    firmware.emit_seconds = seconds_since(emit_begin);
    return firmware;
}

}  // namespace lutra
