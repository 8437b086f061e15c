#include "lutra/emit/verilog/testbench.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/emit/verilog/bit_text.h"
#include "lutra/emit/verilog/port_layout.h"

namespace lutra {

namespace {

using namespace verilog;

/// The parts of the bench that follow the ports.
struct PortText {
    std::string wires;        ///< one vector per output port
    std::string connections;  ///< inputs to slices of `stimulus`, outputs to their vectors
    std::string result;       ///< all output vectors, the last one on top, as one expression
};

PortText port_text(const std::vector<PortLayout>& layouts, bool has_clock) {
    PortText text{.wires = "", .connections = has_clock ? "\n        .clk(clk)" : "", .result = ""};
    std::int64_t used_in = 0;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        const PortLayout& layout = layouts[i];
        if (layout.width == 0) {
            continue;
        }
        std::string partner = fmt::format("stimulus[{}:{}]", used_in + layout.width - 1, used_in);
        if (layout.is_input) {
            used_in += layout.width;
        } else {
            partner = fmt::format("result_{}", i);
            text.wires += fmt::format("    wire {} {};\n", range_text(layout.width), partner);
            text.result = partner + (text.result.empty() ? "" : ", ") + text.result;
        }
        text.connections += fmt::format("{}\n        .{}({})", text.connections.empty() ? "" : ",", layout.verilog_name, partner);
    }
    text.result = text.result.empty() ? "1'b0" : fmt::format("{{{}}}", text.result);
    return text;
}

constexpr std::string_view bench_text = R"(// Feeds {in_name} to {module}, one event per cycle, and compares with {out_name}.
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off UNDRIVEN */
/* verilator lint_off WIDTHCONCAT */
module {top};
    localparam LATENCY = {latency};

    reg clk;
    reg {range_in} stimulus;
{wires}    reg {range_out} expected;
    integer in_file;
    integer out_file;
    integer step;
    integer fed;
    integer checked;
    integer mismatches;
    reg at_end;

    {module} dut ({connections}
    );

    // Takes the next event; after the last one, unknown bits.
    task feed;
        begin
            if (!at_end && $fscanf(in_file, "%h", stimulus) == 1) begin
                fed = fed + 1;
            end else begin
                at_end = 1'b1;
                stimulus = {{{width_in}{{1'bx}}}};
            end
        end
    endtask

    task complain;
        begin
            mismatches = mismatches + 1;
            if (mismatches <= 10) begin
                $display("vector %0d: expected %h, found %h", checked, expected, {result});
            end
        end
    endtask

    task check;
        begin
            if ($fscanf(out_file, "%h", expected) != 1) begin
                $display("vector %0d: {out_name} has no line for it", checked);
                mismatches = mismatches + 1;
            end else if ({result} !== expected) begin
                complain;
            end
            checked = checked + 1;
        end
    endtask

    initial begin
        clk = 1'b0;
        at_end = 1'b0;
        fed = 0;
        checked = 0;
        mismatches = 0;
        step = 0;
        stimulus = {{{width_in}{{1'bx}}}};
        expected = {{{width_out}{{1'b0}}}};
        in_file = $fopen("{in_name}", "r");
        out_file = $fopen("{out_name}", "r");
        if (in_file == 0 || out_file == 0) begin
            at_end = 1'b1;
            $display("{in_name} or {out_name} cannot be opened");
        end
        while (!at_end || checked < fed) begin
            feed;
            #4 clk = (LATENCY > 0);
            #1 step = step + 1;
            if (step >= LATENCY && checked < fed) check;
            #5 clk = 1'b0;
        end
        if (fed > 0 && $fscanf(out_file, "%h", expected) == 1) begin
            $display("{out_name} has more lines than {in_name}");
            mismatches = mismatches + 1;
        end
        $display("%0d vectors, %0d mismatches", checked, mismatches);
        if (mismatches > 0 || checked == 0) $fatal(0);
        $finish;
    end
endmodule
)";

}  // namespace

TestbenchFiles emit_testbench(const Circuit& circuit, const VerilogOptions& options) {
    const std::string module_name = verilog_module_name(options);
    const std::string top = module_name + "_tb";
    NameTable scope = module_scope(module_name);
    const auto layouts = port_layout(circuit, scope);
    const std::int64_t width_in = std::max<std::int64_t>(total_width(layouts, true), 1);
    const std::int64_t width_out = std::max<std::int64_t>(total_width(layouts, false), 1);
    const PortText ports = port_text(layouts, has_clock(circuit, options));
    using namespace fmt::literals;
    std::string text = fmt::format(fmt::runtime(bench_text), "module"_a = module_name, "top"_a = top, "latency"_a = module_latency(circuit, options),
                                   "range_in"_a = range_text(width_in), "range_out"_a = range_text(width_out), "width_in"_a = width_in,
                                   "width_out"_a = width_out, "wires"_a = ports.wires, "connections"_a = ports.connections, "result"_a = ports.result,
                                   "in_name"_a = vectors_in_name, "out_name"_a = vectors_out_name);
    return {.bench = {.path = "tb/" + top + ".v", .content = std::move(text)}, .top = top};
}

}  // namespace lutra
