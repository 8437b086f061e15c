#pragma once

/// Synthesis with Yosys: Verilog to cells of a device family, counted and, for place and route or simulation, written as a netlist.

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/base/result.h"
#include "lutra/flow/tools.h"
#include "lutra/target/device.h"

namespace lutra {

/// What a design takes of a device. LUTs are those of the netlist; an adder cell on a carry chain counts under `carry`, in the
/// family's own cells: CCU2C (two bits, ECP5), CARRY4 (four bits, Xilinx), SB_CARRY (one bit, iCE40).
struct Resources {
    int lut = 0;
    int ff = 0;
    int carry = 0;
    int dsp = 0;
    int bram = 0;
    int lutram = 0;                         ///< memories made of LUTs
    int mux = 0;                            ///< wide multiplexers behind LUTs: MUXF7/8/9, PFUMX, L6MUX21
    std::map<std::string, int> cells = {};  ///< every cell type that was counted, as Yosys names it

    friend bool operator==(const Resources&, const Resources&) = default;
};

/// The LUTs that a design occupies, adders included: on ECP5 and iCE40 an adder bit sits in a LUT of its own (LUT + 2 x CCU2C), on
/// Xilinx the LUT in front of CARRY4 is already counted.
int occupied_luts(const Resources& resources, DeviceFamily family);

/// One synthesis.
struct SynthesisRequest {
    std::vector<std::filesystem::path> files;        ///< Verilog; may instantiate cells of the family
    std::vector<std::filesystem::path> models = {};  ///< of cells of another family that the files instantiate: they become logic
    std::string top;
    DeviceFamily family = DeviceFamily::Ecp5;
    std::filesystem::path work_folder;  ///< exists; scripts, log and netlists are written here
    bool write_json = true;             ///< netlist.json, for nextpnr
    bool write_simulation = false;      ///< netlist.v, in which every cell is replaced by its model; takes longer than the synthesis
    std::chrono::milliseconds time_limit = std::chrono::minutes(30);
};

/// What Yosys made of a design.
struct SynthesisResult {
    Resources resources;
    std::string version;
    double seconds = 0;
    std::filesystem::path json_netlist;     ///< empty when not written
    std::filesystem::path verilog_netlist;  ///< empty when not written
};

/// Runs Yosys without I/O buffers, flattened. Fails with ToolFailed (Yosys' own words), ToolTimedOut or ToolOutputUnread.
Result<SynthesisResult> synthesize(const Tool& yosys, const SynthesisRequest& request, const Progress& progress = {});

/// The simulation models of the family's cells, as `read_verilog` finds them; empty where the netlist needs none.
std::string_view cell_models(DeviceFamily family);

/// The script that `synthesize` runs, with paths relative to the work folder where they lie in it.
std::string synthesis_script(const SynthesisRequest& request);

/// How many cells of each type there are, by what Yosys' `stat -json` prints. Fails with ToolOutputUnread.
Result<std::map<std::string, int>> parse_yosys_cells(std::string_view text);

/// Reads what `stat -json` printed. Fails with ToolOutputUnread.
Result<Resources> parse_yosys_stat(std::string_view text);

}  // namespace lutra
