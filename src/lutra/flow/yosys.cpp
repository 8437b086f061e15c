#include "lutra/flow/yosys.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t max_stat_bytes = std::uint64_t{16} << 20;

constexpr std::string_view adder_map_name = "adders.v";

/// A map of $add and $sub to $alu, one carry chain each. Left alone, alumacc would join adders that have one user to $macc cells and build
/// those of 3:2 rows at two LUTs a bit: on a 32x32 layer 13 % more cells on ECP5 and 5 % more on UltraScale+ than the adders that we chose.
std::string adder_map() {
    std::string map;
    for (const auto& [cell, inverts] : {std::pair("add", 0), std::pair("sub", 1)}) {
        map += fmt::format(R"((* techmap_celltype = "${0}" *)
module lutra_map_{0} (A, B, Y);
    parameter A_SIGNED = 0;
    parameter B_SIGNED = 0;
    parameter A_WIDTH = 1;
    parameter B_WIDTH = 1;
    parameter Y_WIDTH = 1;
    input [A_WIDTH-1:0] A;
    input [B_WIDTH-1:0] B;
    output [Y_WIDTH-1:0] Y;
    wire [Y_WIDTH-1:0] x;
    wire [Y_WIDTH-1:0] carries;
    \$alu #(.A_SIGNED(A_SIGNED), .B_SIGNED(B_SIGNED), .A_WIDTH(A_WIDTH), .B_WIDTH(B_WIDTH), .Y_WIDTH(Y_WIDTH))
        _TECHMAP_REPLACE_ (.A(A), .B(B), .CI(1'b{1}), .BI(1'b{1}), .Y(Y), .X(x), .CO(carries));
endmodule
)",
                           cell, inverts);
    }
    return map;
}

/// The command that maps to the family's cells.
std::string synthesis_command(const SynthesisRequest& request) {
    switch (request.family) {
        case DeviceFamily::Ecp5: return fmt::format("synth_ecp5 -top {} -noiopad", request.top);
        case DeviceFamily::Ice40: return fmt::format("synth_ice40 -top {}", request.top);
        case DeviceFamily::Xilinx7: return fmt::format("synth_xilinx -family xc7 -top {} -flatten -noiopad -noclkbuf", request.top);
        case DeviceFamily::UltraScalePlus: return fmt::format("synth_xilinx -family xcup -top {} -flatten -noiopad -noclkbuf", request.top);
        case DeviceFamily::Lut4: return fmt::format("synth -top {} -flatten -lut 4", request.top);
        case DeviceFamily::Lut6: return fmt::format("synth -top {} -flatten -lut 6", request.top);
    }
    LUTRA_UNREACHABLE("device family");
}

/// The passes of abc9 for generic LUTs, as they are but for the last one, which computes nodes anew by SAT: with 1,500 conflicts for each in place of 5,000. On
/// sums without registers between them most tries reach the limit. No LUT more for HGQ 0.743; 31 s for the 4,311 LUT4s of HGQ 0.758.
std::string_view lut_passes(DeviceFamily family) {
    const bool is_generic = family == DeviceFamily::Lut4 || family == DeviceFamily::Lut6;
    return is_generic ? "scratchpad -set abc9.script \"+&scorr;&sweep;&dc2;&dch,-f,-r;&ps;&if,{C},{W},{D},{R},-v;&mfs,-C,1500\"\n" : "";
}

/// The cells that a design may instantiate, as black boxes.
std::string read_cells(DeviceFamily family) {
    const std::string_view models = cell_models(family);
    const bool has_instances = family == DeviceFamily::Ecp5 || family == DeviceFamily::Xilinx7 || family == DeviceFamily::UltraScalePlus;
    return has_instances ? fmt::format("read_verilog -lib {}\n", models) : "";
}

/// The commands that write Verilog in which every cell is replaced by its model, so that it simulates without a library. The design is
/// read anew for that: cells that abc9 has derived as black boxes would stay.
std::string simulation_commands(const SynthesisRequest& request) {
    std::string commands = "write_verilog -noattr netlist.v\n";
    if (const std::string_view models = cell_models(request.family); !models.empty()) {
        commands += fmt::format(
            "design -reset\nread_verilog netlist.v\nread_verilog -defer -nooverwrite {}\nhierarchy -top {}\n"
            "proc\nflatten\nopt_clean -purge\nwrite_verilog -noattr netlist.v\n",
            models, request.top);
    }
    return commands;
}

/// Names as Yosys scripts quote them.
std::string quoted(const fs::path& path) { return "\"" + path.string() + "\""; }

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// Adds cells of one type to the count that they belong to.
void add_cells(Resources& resources, const std::string& type, int count) {
    resources.cells[type] += count;
    if (starts_with_any(type, {"RAMB", "URAM", "DP16KD", "PDPW16KD", "SB_RAM40", "SB_SPRAM"})) {
        resources.bram += count;
    } else if (starts_with_any(type, {"DSP48", "MULT18X18", "ALU54B", "SB_MAC16"})) {
        resources.dsp += count;
    } else if (starts_with_any(type, {"RAM16X", "RAM32", "RAM64", "RAM128", "RAM256", "RAM512", "TRELLIS_DPR16X4", "SRL"})) {
        resources.lutram += count;
    } else if (starts_with_any(type, {"CARRY", "CCU2", "SB_CARRY"})) {
        resources.carry += count;
    } else if (starts_with_any(type, {"MUXF", "PFUMX", "L6MUX21"})) {
        resources.mux += count;
    } else if (starts_with_any(type, {"TRELLIS_FF", "FDRE", "FDSE", "FDCE", "FDPE", "SB_DFF", "$_DFF", "$_SDFF", "$_DLATCH"})) {
        resources.ff += count;
    } else if (starts_with_any(type, {"LUT", "SB_LUT4", "$lut", "INV"})) {
        resources.lut += count;
    }
}

/// Shows the numbered passes of Yosys' log, such as "3.12. Executing OPT_EXPR pass".
void show_pass(const Progress& progress, std::string_view line, std::uint64_t& num_passes) {
    const std::size_t found = line.find(". Executing ");
    if (!progress || found == std::string_view::npos || line.empty() || line[0] < '0' || line[0] > '9') {
        return;
    }
    const std::string_view rest = line.substr(found + 12);
    ++num_passes;
    progress({.what = fmt::format("yosys {}", rest.substr(0, rest.find(' '))), .done = num_passes, .total = 0});
}

}  // namespace

std::string_view cell_models(DeviceFamily family) {
    switch (family) {
        case DeviceFamily::Ecp5: return "+/lattice/cells_sim_ecp5.v";
        case DeviceFamily::Ice40: return "-D NO_ICE40_DEFAULT_ASSIGNMENTS +/ice40/cells_sim.v";
        case DeviceFamily::Xilinx7:
        case DeviceFamily::UltraScalePlus: return "+/xilinx/cells_sim.v";
        case DeviceFamily::Lut4:
        case DeviceFamily::Lut6: return "";
    }
    LUTRA_UNREACHABLE("device family");
}

int occupied_luts(const Resources& resources, DeviceFamily family) {
    switch (family) {
        case DeviceFamily::Ecp5: return resources.lut + 2 * resources.carry;
        case DeviceFamily::Ice40:
        case DeviceFamily::Xilinx7:
        case DeviceFamily::UltraScalePlus:
        case DeviceFamily::Lut4:
        case DeviceFamily::Lut6: return resources.lut;
    }
    LUTRA_UNREACHABLE("device family");
}

std::string synthesis_script(const SynthesisRequest& request) {
    std::string script = request.models.empty() ? read_cells(request.family) : "";
    for (const auto* files : {&request.models, &request.files}) {
        for (const fs::path& file : *files) {
            script += fmt::format("read_verilog {}\n", quoted(file));
        }
    }
    // After `flatten` the models are no longer used, and their names are free for the family's own cells.
    script += fmt::format("hierarchy -check -top {0}\nproc\nflatten\nhierarchy -top {0}\nopt\nwreduce\nopt_clean\ntechmap -map {1}\nopt_clean\n", request.top,
                          adder_map_name);
    // abc9 proves its own result again, which takes most of the time and changes no count.
    script += fmt::format("scratchpad -set abc9.verify 0\n{}{}\n", lut_passes(request.family), synthesis_command(request));
    script += "tee -q -o stat.json stat -json\n";
    if (request.write_json) {
        script += "write_json netlist.json\n";
    }
    if (request.write_simulation) {
        script += simulation_commands(request);
    }
    return script;
}

Result<SynthesisResult> synthesize(const Tool& yosys, const SynthesisRequest& request, const Progress& progress) {
    SynthesisRequest relative = request;
    for (auto* files : {&relative.files, &relative.models}) {
        for (fs::path& file : *files) {
            file = fs::absolute(file).lexically_proximate(fs::absolute(request.work_folder));
            if (file.string().find_first_of("\"\n\\") != std::string::npos) {
                return fail(DiagnosticId::FileUnreadable, file.string(), "the path has a quote, a backslash or a newline, which Yosys cannot read",
                            "rename the folder");
            }
        }
    }
    if (const auto written = write_file(request.work_folder / "synth.ys", synthesis_script(relative)); !written) {
        return std::unexpected(written.error());
    }
    if (const auto written = write_file(request.work_folder / adder_map_name, adder_map()); !written) {
        return std::unexpected(written.error());
    }
    std::error_code error;
    fs::remove(request.work_folder / "stat.json", error);
    std::uint64_t num_passes = 0;
    std::string yosys_error;
    const Command command{.program = fs::absolute(yosys.program),
                          .arguments = {"-s", "synth.ys"},
                          .folder = request.work_folder,
                          .time_limit = request.time_limit,
                          .on_line = [&](std::string_view line) {
                              show_pass(progress, line, num_passes);
                              if (const std::size_t found = line.find("ERROR: "); found != std::string_view::npos && yosys_error.empty()) {
                                  yosys_error = line.substr(found + 7);
                              }
                          }};
    LUTRA_TRY(const CommandOutput output, run_command(command));
    if (const auto written = write_file(request.work_folder / "synth.log", output.text); !written) {
        return std::unexpected(written.error());
    }
    if (output.status != 0) {
        return fail(DiagnosticId::ToolFailed, "yosys",
                    fmt::format("synthesis of '{}' ended with status {}: {}", request.top, output.status,
                                yosys_error.empty() ? last_lines(output.text, 4) : yosys_error),
                    fmt::format("see {}", (request.work_folder / "synth.log").string()));
    }
    LUTRA_TRY(const std::string stat, read_file(request.work_folder / "stat.json", max_stat_bytes));
    LUTRA_TRY(Resources resources, parse_yosys_stat(stat));
    SynthesisResult result{.resources = std::move(resources), .version = yosys.version, .seconds = output.seconds, .json_netlist = {}, .verilog_netlist = {}};
    if (request.write_json) {
        result.json_netlist = request.work_folder / "netlist.json";
    }
    if (request.write_simulation) {
        result.verilog_netlist = request.work_folder / "netlist.v";
    }
    return result;
}

Result<std::map<std::string, int>> parse_yosys_cells(std::string_view text) {
    const auto unread = [](std::string why) {
        return fail(DiagnosticId::ToolOutputUnread, "yosys", "the cell counts of `stat -json` cannot be read: " + std::move(why),
                    "this version of Yosys may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is");
    };
    const std::size_t begin = text.find('{');
    if (begin == std::string_view::npos) {
        return unread("it holds no JSON");
    }
    const auto json = nlohmann::json::parse(text.substr(begin), nullptr, false);
    if (json.is_discarded() || !json.contains("design") || !json["design"].is_object()) {
        return unread("it holds no object 'design'");
    }
    const auto cells = json["design"].find("num_cells_by_type");
    if (cells == json["design"].end() || !cells->is_object()) {
        return unread("it holds no 'num_cells_by_type'");
    }
    std::map<std::string, int> counts;
    for (const auto& [type, count] : cells->items()) {
        if (!count.is_number_integer() || count.get<std::int64_t>() < 0 || count.get<std::int64_t>() > 1'000'000'000) {
            return unread("the count of " + type.substr(0, 100));
        }
        counts[type] = count.get<int>();
    }
    return counts;
}

Result<Resources> parse_yosys_stat(std::string_view text) {
    LUTRA_TRY(const auto counts, parse_yosys_cells(text));
    Resources resources;
    for (const auto& [type, count] : counts) {
        add_cells(resources, type, count);
    }
    return resources;
}

}  // namespace lutra
