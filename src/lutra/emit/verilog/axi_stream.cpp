#include "lutra/emit/verilog/axi_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "lutra/emit/verilog/bit_text.h"
#include "lutra/emit/verilog/port_layout.h"

namespace lutra {

namespace {

using namespace verilog;

/// What the texts below are filled with.
struct ShellFigures {
    std::string core;
    int latency = 0;
    int pointer_width = 1;      ///< of the FIFO, which has 2^pointer_width places
    std::int64_t width_in = 0;  ///< bits of all inputs; at least one
    std::int64_t width_out = 0;
    std::int64_t padded_in = 0;  ///< whole bytes
    std::int64_t padded_out = 0;
    std::string connections;
};

std::int64_t whole_bytes(std::int64_t width) { return (width + 7) / 8 * 8; }

std::string connect(const std::vector<PortLayout>& layouts, bool has_clock) {
    std::string text = has_clock ? "\n        .clk(aclk)" : "";
    std::int64_t used_in = 0;
    std::int64_t used_out = 0;
    for (const PortLayout& layout : layouts) {
        if (layout.width > 0) {
            std::int64_t& used = layout.is_input ? used_in : used_out;
            text += fmt::format("{}\n        .{}({}[{}:{}])", text.empty() ? "" : ",", layout.verilog_name, layout.is_input ? "s_axis_tdata" : "result",
                                used + layout.width - 1, used);
            used += layout.width;
        }
    }
    return text;
}

ShellFigures figures_of(const Circuit& circuit, const VerilogOptions& options) {
    ShellFigures figures{.core = verilog_module_name(options), .latency = module_latency(circuit, options), .connections = ""};
    NameTable scope = module_scope(figures.core);
    const auto layouts = port_layout(circuit, scope);
    figures.width_in = std::max<std::int64_t>(total_width(layouts, true), 1);
    figures.width_out = std::max<std::int64_t>(total_width(layouts, false), 1);
    figures.padded_in = whole_bytes(figures.width_in);
    figures.padded_out = whole_bytes(figures.width_out);
    figures.connections = connect(layouts, has_clock(circuit, options));
    // An event holds its credit for the latency, one cycle in the FIFO and one until the counter knows that it left.
    figures.pointer_width = std::bit_width(static_cast<unsigned>(figures.latency) + 1);
    return figures;
}

/// The bits that travel beside the pipeline: shift registers as long as it, or nothing for a combinational core.
std::string delay_text(int latency) {
    if (latency == 0) {
        return "    wire result_valid = accept;\n    wire result_last = s_axis_tlast;\n";
    }
    const std::string range = range_text(latency);
    std::string text = fmt::format("    reg {} valids;\n    reg {} lasts;\n", range, range);
    text += fmt::format("    wire result_valid = valids[{}];\n    wire result_last = lasts[{}];\n", latency - 1, latency - 1);
    const std::string valid_next = latency == 1 ? "accept" : fmt::format("{{valids[{}:0], accept}}", latency - 2);
    const std::string last_next = latency == 1 ? "s_axis_tlast" : fmt::format("{{lasts[{}:0], s_axis_tlast}}", latency - 2);
    text += fmt::format("    always @(posedge aclk) begin\n        valids <= aresetn ? {} : {{{}{{1'b0}}}};\n        lasts <= {};\n    end\n", valid_next,
                        latency, last_next);
    return text;
}

constexpr std::string_view shell_text = R"(// {core} behind AXI4-Stream: one event per beat; an event enters when the FIFO has a place left for it.
/* verilator lint_off UNUSEDSIGNAL */
module {core}_axis (
    input  wire aclk,
    input  wire aresetn,
    input  wire [{top_in}:0] s_axis_tdata,
    input  wire s_axis_tvalid,
    output wire s_axis_tready,
    input  wire s_axis_tlast,
    output wire [{top_out}:0] m_axis_tdata,
    output wire m_axis_tvalid,
    input  wire m_axis_tready,
    output wire m_axis_tlast
);
    wire {range_result} result;
    {core} core ({connections}
    );

    // Places of the FIFO that are taken or promised.
    reg [{pointer_width}:0] credits_used;
    assign s_axis_tready = !credits_used[{pointer_width}];
    wire accept = s_axis_tvalid && s_axis_tready;
    wire leave = m_axis_tvalid && m_axis_tready;
{delay}
    reg {range_entry} entries [0:{last_place}];
    reg [{pointer_width}:0] written;
    reg [{pointer_width}:0] read;
    wire {range_entry} entry = entries[read[{pointer_top}:0]];
    assign m_axis_tvalid = written != read;
    assign m_axis_tdata = {padded_result};
    assign m_axis_tlast = entry[{width_out}];

    always @(posedge aclk) begin
        if (result_valid) entries[written[{pointer_top}:0]] <= {{result_last, result}};
        if (!aresetn) begin
            credits_used <= {zero};
            written <= {zero};
            read <= {zero};
        end else begin
            if (accept && !leave) credits_used <= credits_used + {one};
            if (leave && !accept) credits_used <= credits_used - {one};
            if (result_valid) written <= written + {one};
            if (leave) read <= read + {one};
        end
    end
endmodule
)";

constexpr std::string_view bench_text = R"(// Feeds {in_name} to {core}_axis under random stalls and compares with {out_name}.
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off WIDTHCONCAT */
module {core}_axis_tb;
    reg aclk;
    reg aresetn;
    reg {range_in} stimulus;
    wire [{top_in}:0] s_axis_tdata = {padded_stimulus};
    reg s_axis_tvalid;
    wire s_axis_tready;
    reg s_axis_tlast;
    wire [{top_out}:0] m_axis_tdata;
    wire m_axis_tvalid;
    reg m_axis_tready;
    wire m_axis_tlast;
    reg [{top_out}:0] expected;
    reg [{top_out}:0] waiting_data;
    reg is_waiting;
    reg at_end;
    reg accepted;
    integer in_file;
    integer out_file;
    integer seed;
    integer cycle;
    integer idle;
    integer phase;
    integer fed;
    integer checked;
    integer mismatches;

    {core}_axis dut (
        .aclk(aclk), .aresetn(aresetn),
        .s_axis_tdata(s_axis_tdata), .s_axis_tvalid(s_axis_tvalid), .s_axis_tready(s_axis_tready), .s_axis_tlast(s_axis_tlast),
        .m_axis_tdata(m_axis_tdata), .m_axis_tvalid(m_axis_tvalid), .m_axis_tready(m_axis_tready), .m_axis_tlast(m_axis_tlast)
    );

    function chance;
        input integer percent;
        chance = ({{$random(seed)}} % 100) < percent;
    endfunction

    task complain;
        begin
            mismatches = mismatches + 1;
            if (mismatches <= 10) begin
                $display("vector %0d, cycle %0d: expected %h, found %h, last %b", checked, cycle, expected, m_axis_tdata, m_axis_tlast);
            end
        end
    endtask

    // Percent of the cycles in which the sender, then the receiver, is ready: 100/100, 70/70, 100/30, 30/100.
    task drive;
        begin
            phase = (cycle / 256) % 4;
            if (!s_axis_tvalid && !at_end && chance(phase == 1 ? 70 : phase == 3 ? 30 : 100)) begin
                if ($fscanf(in_file, "%h", stimulus) == 1) begin
                    s_axis_tvalid = 1'b1;
                    s_axis_tlast = fed % 7 == 6;
                end else begin
                    at_end = 1'b1;
                end
            end
            m_axis_tready = chance(phase == 1 ? 70 : phase == 2 ? 30 : 100);
        end
    endtask

    task sample;
        begin
            accepted = s_axis_tvalid && s_axis_tready;
            idle = idle + 1;
            if (cycle < 256 && s_axis_tready !== 1'b1) complain;
            if (is_waiting && (m_axis_tvalid !== 1'b1 || m_axis_tdata !== waiting_data)) complain;
            is_waiting = m_axis_tvalid && !m_axis_tready;
            waiting_data = m_axis_tdata;
            if (m_axis_tvalid && m_axis_tready) begin
                idle = 0;
                if ($fscanf(out_file, "%h", expected) != 1 || m_axis_tdata !== expected || m_axis_tlast !== (checked % 7 == 6)) complain;
                checked = checked + 1;
            end
        end
    endtask

    initial begin
        aclk = 1'b0;
        aresetn = 1'b0;
        at_end = 1'b0;
        seed = 1;
        cycle = 0;
        idle = 0;
        fed = 0;
        checked = 0;
        mismatches = 0;
        stimulus = {{{width_in}{{1'b0}}}};
        expected = {{{padded_out}{{1'b0}}}};
        s_axis_tvalid = 1'b0;
        s_axis_tlast = 1'b0;
        m_axis_tready = 1'b0;
        is_waiting = 1'b0;
        in_file = $fopen("{in_name}", "r");
        out_file = $fopen("{out_name}", "r");
        if (in_file == 0 || out_file == 0) begin
            at_end = 1'b1;
            $display("{in_name} or {out_name} cannot be opened");
        end
        #5 aclk = 1'b1;
        #5 aclk = 1'b0;
        aresetn = 1'b1;
        while ((!at_end || s_axis_tvalid || checked < fed) && idle < 100000) begin
            drive;
            #4 sample;
            #1 aclk = 1'b1;
            cycle = cycle + 1;
            if (accepted) fed = fed + 1;
            #5 aclk = 1'b0;
            if (accepted) s_axis_tvalid = 1'b0;
        end
        if (checked != fed || (fed > 0 && $fscanf(out_file, "%h", expected) == 1)) begin
            $display("%0d events went in, %0d came out, or {out_name} has more", fed, checked);
            mismatches = mismatches + 1;
        end
        $display("%0d vectors, %0d mismatches", checked, mismatches);
        if (mismatches > 0 || checked == 0) $fatal(0);
        $finish;
    end
endmodule
)";

/// `name` with zero bits above it up to `padded` bits.
std::string padded(std::string_view name, std::int64_t width, std::int64_t padded_width) {
    return padded_width == width ? std::string(name) : fmt::format("{{{}'d0, {}}}", padded_width - width, name);
}

}  // namespace

EmittedFile emit_axi_stream(const Circuit& circuit, const VerilogOptions& options) {
    const ShellFigures f = figures_of(circuit, options);
    using namespace fmt::literals;
    return {.path = f.core + "_axis.v",
            .content = fmt::format(fmt::runtime(shell_text), "core"_a = f.core, "top_in"_a = f.padded_in - 1, "top_out"_a = f.padded_out - 1,
                                   "range_result"_a = range_text(f.width_out), "connections"_a = f.connections, "pointer_width"_a = f.pointer_width,
                                   "delay"_a = delay_text(f.latency), "range_entry"_a = range_text(f.width_out + 1),
                                   "last_place"_a = (std::int64_t{1} << f.pointer_width) - 1, "pointer_top"_a = f.pointer_width - 1,
                                   "padded_result"_a = padded(fmt::format("entry[{}:0]", f.width_out - 1), f.width_out, f.padded_out),
                                   "width_out"_a = f.width_out, "zero"_a = literal(0, f.pointer_width + 1), "one"_a = literal(1, f.pointer_width + 1))};
}

TestbenchFiles emit_axi_stream_testbench(const Circuit& circuit, const VerilogOptions& options) {
    const ShellFigures f = figures_of(circuit, options);
    const std::string top = f.core + "_axis_tb";
    using namespace fmt::literals;
    std::string text = fmt::format(fmt::runtime(bench_text), "core"_a = f.core, "in_name"_a = vectors_in_name, "out_name"_a = vectors_out_name,
                                   "range_in"_a = range_text(f.width_in), "top_in"_a = f.padded_in - 1, "top_out"_a = f.padded_out - 1,
                                   "padded_stimulus"_a = padded("stimulus", f.width_in, f.padded_in), "width_in"_a = f.width_in, "padded_out"_a = f.padded_out);
    return {.bench = {.path = "tb/" + top + ".v", .content = std::move(text)}, .top = top};
}

}  // namespace lutra
