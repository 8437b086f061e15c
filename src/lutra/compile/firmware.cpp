#include "lutra/compile/firmware.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "lutra/circuit/latency.h"
#include "lutra/emit/verilog/axi_stream.h"
#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/testbench.h"
#include "lutra/emit/verilog/verilog.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/primitive_cost.h"
#include "lutra/optimize/remove_dead.h"
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

/// Whether the ports carry anything; a stream of nothing is no stream.
bool has_bits(const Circuit& circuit, const std::vector<Port>& ports) {
    return std::ranges::any_of(flat_wires(ports), [&](Wire wire) { return circuit.type(wire).width > 0; });
}

/// The usual clock of a family when the user names none: what one or two rows of adders between registers reach.
double default_clock_ns(DeviceFamily family) {
    switch (family) {
        case DeviceFamily::Ecp5:
        case DeviceFamily::Lut4: return 10;
        case DeviceFamily::Ice40: return 20;
        case DeviceFamily::Xilinx7: return 5;
        case DeviceFamily::UltraScalePlus:
        case DeviceFamily::Lut6: return 3;
    }
    LUTRA_UNREACHABLE("device family");
}

/// Sums to adder rows, then registers as the options ask.
Circuit map_circuit(const Circuit& lowered, const CostModel& model, const CompileOptions& options, double clock_ns) {
    const Circuit mapped = remove_dead(expand_sums(lowered));
    if (options.combinational) {
        return mapped;
    }
    const DelayFunction delay = [&](const Circuit& circuit, Wire wire) { return primitive_delay_ns(circuit, wire, model); };
    if (options.latency_cycles) {
        return pipeline_for_stages(mapped, delay, *options.latency_cycles);
    }
    return pipeline_for_delay(mapped, delay, clock_ns - model.clock_overhead_ns());
}

TimingReport report_timing(const Circuit& circuit, const CompileOptions& options, double clock_ns) {
    TimingReport timing{.clock_ns = {}, .latency_cycles = latency_cycles(circuit), .latency_ns = {}};
    if (!options.combinational && !options.latency_cycles) {
        timing.clock_ns = clock_ns;
        timing.latency_ns = clock_ns * timing.latency_cycles;
    }
    return timing;
}

ResourceReport report_estimate(const Circuit& circuit, const Device& device, const CostModel& model) {
    const CircuitCost cost = estimate_cost(circuit, model);
    return {"", std::string(to_string(device.family)), {{"lut", static_cast<std::int64_t>(std::llround(cost.luts))}, {"ff", cost.register_bits}}};
}

}  // namespace

Result<Firmware> make_firmware(const Circuit& lowered, const CompileOptions& options) {
    Firmware firmware;
    const auto optimise_begin = Clock::now();
    LUTRA_TRY(const Device device, find_device(options.device));
    const CostModel model(device);
    const double clock_ns = options.clock_ns.value_or(default_clock_ns(device.family));
    firmware.circuit = map_circuit(lowered, model, options, clock_ns);
    firmware.timing = report_timing(firmware.circuit, options, clock_ns);
    firmware.estimate = report_estimate(firmware.circuit, device, model);
    firmware.optimise_seconds = seconds_since(optimise_begin);

    const auto emit_begin = Clock::now();
    const VerilogOptions verilog{.module_name = "lutra_model"};
    LUTRA_TRY(std::vector<EmittedFile> files, emit_verilog(firmware.circuit, verilog));
    files.push_back(emit_testbench(firmware.circuit, verilog).bench);
    if (has_bits(firmware.circuit, firmware.circuit.inputs()) && has_bits(firmware.circuit, firmware.circuit.outputs())) {
        files.push_back(emit_axi_stream(firmware.circuit, verilog));
        files.push_back(emit_axi_stream_testbench(firmware.circuit, verilog).bench);
    }
    for (EmittedFile& file : files) {
        file.path = "rtl/" + file.path;
    }
    firmware.rtl = report_rtl(firmware.circuit, verilog_module_name(verilog), files);
    firmware.files = std::move(files);
    firmware.emit_seconds = seconds_since(emit_begin);
    return firmware;
}

}  // namespace lutra
