#pragma once

/// What a person or a script is told of a compiled model. docs/commands.md is the contract for the keys of report.json.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// An input or output of the model: shape without the batch axis, such as "16", and element type, such as "fixed<8,3>".
struct TensorReport {
    std::string name;
    std::vector<std::int64_t> shape;
    std::string type;
    std::string scale;   ///< empty, or the exact factor of the raw values beyond the type's binary point
    std::string offset;  ///< empty, or the exact offset
};

/// A choice taken on the way from the file to the circuit.
struct DecisionReport {
    std::string id;  ///< of the diagnostic, such as "E0310"
    std::string node;
    std::string text;
};

/// What one layer became.
struct LayerReport {
    std::string name;
    std::string op;
    std::string type;
    int primitives = 0;
    int adders = 0;
    int tables = 0;
    double max_abs_error = 0;  ///< bound against the layer's mathematics for the same input; 0: exact
};

/// Counts of the mapped circuit.
struct CircuitReport {
    std::int64_t primitives = 0;
    std::int64_t adders = 0;
    std::int64_t adder_bits = 0;
    std::int64_t tables = 0;
    std::int64_t table_bits = 0;
    std::int64_t multipliers = 0;
    std::int64_t register_bits = 0;
};

/// A port of the Verilog top module.
struct RtlPortReport {
    std::string name;
    int width = 0;
    std::string direction;                 ///< "input" or "output"
    std::vector<std::int64_t> first_bits;  ///< lowest bit of each element of the tensor; empty for control ports
    std::string tensor{};                  ///< what the model calls the tensor; empty for control ports
};

struct RtlReport {
    std::string top;
    std::vector<std::string> files;  ///< relative to the design folder
    std::vector<RtlPortReport> ports;
    std::string cells;  ///< the family whose cells are instantiated; empty for none
};

struct TimingReport {
    std::optional<double> clock_ns;
    int latency_cycles = 0;
    std::optional<double> latency_ns;
    int initiation_interval = 1;
};

/// Cell counts, measured or estimated.
struct ResourceReport {
    std::string version;  ///< of the tool; empty for an estimate
    std::string family;
    std::map<std::string, std::int64_t> counts;  ///< lut, ff, carry, dsp, bram, mux
};

/// A design that was placed on the way to one that meets its clock.
struct TimingRound {
    int latency_cycles = 0;
    double fmax_mhz = 0;
    std::int64_t lut = 0;
    std::int64_t ff = 0;
};

struct PlacementReport {
    std::string version;
    std::string device;
    std::int64_t lut = 0;
    std::int64_t ff = 0;
    double fmax_mhz = 0;
    int seed = 0;
    std::vector<double> fmax_of_seeds;
    std::vector<TimingRound> rounds{};  ///< where timing was closed: all designs that were placed, in order
};

struct SimulationReport {
    std::string simulator;
    std::uint64_t vectors = 0;
    std::uint64_t mismatches = 0;
};

/// A simulation of the netlist that synthesis made, against the emulator.
struct NetlistReport {
    std::uint64_t vectors = 0;
    std::uint64_t mismatches = 0;
};

/// What was proved of one layer of the netlist that synthesis made, against the Verilog.
struct LayerEquivalenceReport {
    std::string name;
    int bits = 0;           ///< nets of the layer that others read
    int proved_bits = 0;    ///< each equal to a net of the netlist
    int absorbed_bits = 0;  ///< not nets of the netlist: compared within what reads them
    bool is_proved = false;
};

/// The same of all layers.
struct EquivalenceReport {
    bool is_proved = false;
    std::string method;
    std::vector<LayerEquivalenceReport> layers;
};

/// What was proved of a design.
struct ProvedReport {
    std::int64_t outputs = 0;                     ///< bits of the outputs; elements, where the Verilog has no cells
    std::map<std::string, std::int64_t> methods;  ///< how many parts by each
};

/// Everything. Parts that are not known stay empty and are left out of the files.
struct Report {
    std::string lutra;  ///< version
    std::string model_file;
    std::string model_format;
    std::string model_sha256;
    std::vector<TensorReport> inputs;
    std::vector<TensorReport> outputs;
    std::vector<DecisionReport> decisions;
    std::vector<LayerReport> layers;
    std::vector<std::string> precision;  ///< lines of the table of widths and errors that `--precision auto` found
    CircuitReport circuit;
    std::optional<RtlReport> rtl;
    std::optional<TimingReport> timing;
    std::string device;
    int optimize_level = 2;  ///< as given to -O
    std::optional<ResourceReport> estimate;
    std::optional<ResourceReport> yosys;
    std::optional<PlacementReport> nextpnr;
    std::optional<SimulationReport> simulated;
    std::optional<NetlistReport> netlist;
    std::optional<EquivalenceReport> equivalence;
    std::optional<ProvedReport> proved;
    std::map<std::string, double> seconds;  ///< of the steps; not part of the files in a design folder, which are the same each time
};

/// report.json. `with_seconds` adds the times of the steps.
std::string to_json(const Report& report, bool with_seconds);
/// Reads report.json back. Fails with NotADesignFolder, naming `file`.
Result<Report> parse_report(std::string_view json, const std::string& file);
/// report.txt: the same for people.
std::string to_text(const Report& report);

}  // namespace lutra
