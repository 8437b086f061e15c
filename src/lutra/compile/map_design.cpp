#include "lutra/compile/map_design.h"

#include <cmath>

#include "lutra/circuit/latency.h"
#include "lutra/compile/choose_cells.h"
#include "lutra/optimize/delay_clamps.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/join_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/primitive_cost.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/subtract_score.h"
#include "lutra/target/device.h"

namespace lutra {

namespace {

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

/// Circuits of more bits are left to synthesis: they take more LUTs than any device has, and their netlists gigabytes (about 200 bytes a bit).
constexpr std::int64_t max_cell_design_bits = 10'000'000;

std::int64_t total_bits(const Circuit& circuit) {
    std::int64_t bits = 0;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        const std::int64_t num_terms = circuit[wire].kind == PrimitiveKind::Sum ? circuit[wire].num_operands : 1;
        bits += num_terms * circuit.type(wire).width;
    }
    return bits;
}

/// The cells that are instantiated on a family; nothing where synthesis chooses them.
std::optional<CellLibrary> library_of(DeviceFamily family) {
    switch (family) {
        case DeviceFamily::Ecp5: return CellLibrary::Ecp5;
        case DeviceFamily::Xilinx7: return CellLibrary::Xilinx7;
        case DeviceFamily::UltraScalePlus: return CellLibrary::UltraScalePlus;
        case DeviceFamily::Ice40:
        case DeviceFamily::Lut4:
        case DeviceFamily::Lut6: return std::nullopt;
    }
    LUTRA_UNREACHABLE("device family");
}

/// What registers are placed for.
ClockGoal goal_of(const Device& device, const CompileOptions& options) {
    const bool has_clock = !options.max_fmax && (options.clock_ns || !options.latency_cycles);
    return {device, options.latency_cycles, has_clock ? std::optional(options.clock_ns.value_or(default_clock_ns(device.family))) : std::nullopt};
}

/// Sums to adder rows, then registers as the options ask.
Circuit map_generic(const Circuit& circuit, const CostModel& model, const CompileOptions& options, const ClockGoal& goal) {
    const Circuit mapped = remove_dead(expand_sums(circuit));
    if (options.combinational) {
        return mapped;
    }
    const DelayFunction delay = [&](const Circuit& source, Wire wire) { return primitive_delay_ns(source, wire, model); };
    if (options.latency_cycles) {
        return pipeline_for_stages(mapped, delay, *options.latency_cycles);
    }
    return pipeline_for_delay(mapped, delay, goal.stage_ns(model));
}

PipelinedCells map_to_cells(const Circuit& circuit, CellLibrary library, const CompileOptions& options, const ClockGoal& goal) {
    // Depth binds where somebody asked for a clock or a latency.
    const bool is_asked_for = !options.combinational && (options.clock_ns || options.latency_cycles || options.max_fmax);
    CellNetlist cells = choose_cells(circuit, style_of(library), options.optimize_level, options.jobs, is_asked_for ? &goal : nullptr);
    if (options.combinational) {
        return {std::move(cells), 0};
    }
    const CostModel model(goal.device, static_cast<double>(occupied_luts(cells)));
    PipelinedCells pipelined = goal.num_stages ? pipeline_for_stages(cells, model, *goal.num_stages) : pipeline_for_delay(cells, model, goal.stage_ns(model));
    if (pipelined.netlist.registers.empty()) {  // every output is constant
        pipelined.latency_cycles = 0;
    }
    return pipelined;
}

ResourceReport estimate_cells(const CellDesign& design, DeviceFamily family) {
    const CellCounts counts = count_cells(design.cells.netlist);
    const int carries = count_carry_cells(design.cells.netlist, bits_per_carry_cell(design.library));
    return {"",
            std::string(to_string(family)),
            {{"lut", occupied_luts(design.cells.netlist)}, {"ff", counts.registers}, {"carry", carries}, {"mux", counts.muxes}}};
}

ResourceReport estimate_generic(const Circuit& circuit, DeviceFamily family, const CostModel& model) {
    const CircuitCost cost = estimate_cost(circuit, model);
    return {"", std::string(to_string(family)), {{"lut", static_cast<std::int64_t>(std::llround(cost.luts))}, {"ff", cost.register_bits}}};
}

}  // namespace

Result<MappedDesign> map_design(const Circuit& lowered, const CompileOptions& options) {
    LUTRA_TRY(const Device device, find_device(options.device));
    const CostModel model(device);
    const double clock_ns = options.clock_ns.value_or(default_clock_ns(device.family));
    const ClockGoal goal = goal_of(device, options);
    if (auto checked = check_port_widths(lowered); !checked) {
        return std::unexpected(std::move(checked).error());
    }
    MappedDesign design;
    const bool is_optimized = options.optimize_level > 0;
    const Circuit circuit = remove_dead(is_optimized ? subtract_score(remove_dead(join_sums(delay_clamps(lowered)))) : lowered);
    const std::optional<CellLibrary> library = is_optimized ? library_of(device.family) : std::nullopt;
    if (library && total_bits(circuit) <= max_cell_design_bits) {
        design.circuit = circuit;
        design.cells = CellDesign{*library, map_to_cells(circuit, *library, options, goal)};
        design.timing.latency_cycles = design.cells->cells.latency_cycles;
        design.estimate = estimate_cells(*design.cells, device.family);
    } else {
        design.circuit = map_generic(circuit, model, options, goal);
        design.timing.latency_cycles = latency_cycles(design.circuit);
        design.estimate = estimate_generic(design.circuit, device.family, model);
    }
    if (options.clock_ns || (!options.combinational && !options.latency_cycles && !options.max_fmax)) {
        design.timing.clock_ns = clock_ns;
        design.timing.latency_ns = clock_ns * design.timing.latency_cycles;
    }
    return design;
}

}  // namespace lutra
