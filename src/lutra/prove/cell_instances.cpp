#include "lutra/prove/cell_instances.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace lutra {

namespace {

using Names = std::array<std::string_view, max_table_inputs>;

constexpr Names numbered = {"I0", "I1", "I2", "I3", "I4", "I5"};
constexpr Names lettered = {"A", "B", "C", "D"};
/// The two halves of a CCU2C.
struct Half {
    Names inputs;
    std::string_view table;
    std::string_view inject;
    std::string_view sum;
};
constexpr std::array<Half, 2> halves = {Half{{"A0", "B0", "C0", "D0"}, "INIT0", "INJECT1_0", "S0"}, Half{{"A1", "B1", "C1", "D1"}, "INIT1", "INJECT1_1", "S1"}};
/// How tables of 0, 1, ... inputs begin.
constexpr std::array<std::string_view, max_table_inputs + 1> table_prefixes = {"1'h", "2'h", "4'h", "8'h", "16'h", "32'h", "64'h"};

}  // namespace

std::span<const Net> CellInstance::bits_of(std::string_view name) const {
    const auto found = std::ranges::find(pins, name, &Pin::name);
    return found == pins.end() ? std::span<const Net>() : std::span(nets).subspan(found->first, found->width);
}

std::string_view CellInstance::parameter(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? std::string_view() : found->value;
}

class CellInstances::Reading {
public:
    explicit Reading(CellInstances& owner) : owner_(owner) {}

    std::string run(const CellInstance& instance) {
        add_cell(instance);
        return problem_;
    }

private:
    void stop(std::string what) {
        if (problem_.empty()) {
            problem_ = std::move(what);
        }
    }

    std::span<const Net> pins(const CellInstance& instance, std::string_view name, std::size_t width) {
        static constexpr std::array<Net, 8> none{};
        const std::span<const Net> found = instance.bits_of(name);
        if (found.size() != width) {
            stop(fmt::format("{} needs {} bits on pin {}", instance.cell, width, name));
            return std::span(none).first(width);
        }
        return found;
    }
    Net pin(const CellInstance& instance, std::string_view name) { return pins(instance, name, 1)[0]; }

    /// The value of a parameter such as 16'h6996.
    std::uint64_t table(const CellInstance& instance, std::string_view name, int num_inputs) {
        std::string_view digits = instance.parameter(name);
        const std::string_view prefix = table_prefixes[static_cast<std::size_t>(num_inputs)];
        if (digits.starts_with(prefix)) {
            digits.remove_prefix(prefix.size());
            std::uint64_t value = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
            if (error == std::errc() && end == digits.data() + digits.size() && (value & ~table_mask(num_inputs)) == 0) {
                return repeated_table(value, num_inputs);
            }
        }
        stop(fmt::format("{} needs a parameter {} of {} bits", instance.cell, name, 1 << num_inputs));
        return 0;
    }
    void expect_parameter(const CellInstance& instance, std::string_view name, std::string_view value) {
        if (instance.parameter(name) != value) {
            stop(fmt::format("{} needs the parameter {} = {}", instance.cell, name, value));
        }
    }

    CellInputs inputs(const CellInstance& instance, const Names& names, int count) {
        CellInputs result;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            result.nets[i] = pin(instance, names[i]);
        }
        result.num_inputs = count;
        return result;
    }

    void add_lut(const CellInputs& read, std::uint64_t entries, Net output) {
        owner_.netlist_.luts.push_back({.inputs = read, .table = entries, .output = output});
    }

    void add_mux(const CellInstance& instance, std::string_view zero, std::string_view one, std::string_view selector, std::string_view output) {
        owner_.netlist_.muxes.push_back(
            {.if_zero = pin(instance, zero), .if_one = pin(instance, one), .selector = pin(instance, selector), .output = pin(instance, output)});
    }

    void add_cell(const CellInstance& instance) {
        constexpr int low_inputs = 5;
        if (instance.cell == "LUT4" && !instance.bits_of("Z").empty()) {
            add_lut(inputs(instance, lettered, 4), table(instance, "INIT", 4), pin(instance, "Z"));
        } else if (instance.cell == "LUT6_2") {
            const std::uint64_t entries = table(instance, "INIT", max_table_inputs);
            add_lut(inputs(instance, numbered, max_table_inputs), entries, pin(instance, "O6"));
            add_lut(inputs(instance, numbered, low_inputs), repeated_table(entries, low_inputs), pin(instance, "O5"));
        } else if (instance.cell.size() == 4 && instance.cell.starts_with("LUT") && instance.cell[3] >= '1' && instance.cell[3] <= '6') {
            const int count = instance.cell[3] - '0';
            add_lut(inputs(instance, numbered, count), table(instance, "INIT", count), pin(instance, "O"));
        } else if (instance.cell == "MUXF7" || instance.cell == "MUXF8") {
            add_mux(instance, "I0", "I1", "S", "O");
        } else if (instance.cell == "PFUMX") {
            add_mux(instance, "BLUT", "ALUT", "C0", "Z");
        } else if (instance.cell == "L6MUX21") {
            add_mux(instance, "D0", "D1", "SD", "Z");
        } else if (instance.cell == "CARRY8") {
            expect_parameter(instance, "CARRY_TYPE", "\"SINGLE_CY8\"");
            add_carries(instance, 8, "CI_TOP");
        } else if (instance.cell == "CARRY4") {
            add_carries(instance, 4, "CYINIT");
        } else if (instance.cell == "CCU2C") {
            add_ccu2c(instance);
        } else {
            stop(fmt::format("'{}' is no cell that is known here", instance.cell.substr(0, 40)));
        }
    }

    /// The chain that goes on at this carry, or a new one that starts with it.
    CarryChain& chain_at(Net carry_in) {
        const auto found = owner_.open_chains_.find(carry_in);
        if (found != owner_.open_chains_.end()) {
            return owner_.netlist_.chains[found->second];
        }
        owner_.open_chains_[carry_in] = owner_.netlist_.chains.size();
        owner_.netlist_.chains.push_back({{}, carry_in, 0});
        return owner_.netlist_.chains.back();
    }

    /// A carry is read by the next cell of its chain only.
    void hand_on(Net carry_in, Net carry_out) {
        const std::size_t chain = owner_.open_chains_.at(carry_in);
        owner_.open_chains_.erase(carry_in);
        owner_.open_chains_[carry_out] = chain;
    }

    void add_carries(const CellInstance& instance, std::size_t width, std::string_view second_input) {
        const Net carry = pin(instance, "CI");
        const Net second = pin(instance, second_input);
        if (second != 0 && (carry != 0 || width == 8)) {
            stop(fmt::format("{} has two carries in", instance.cell));
        }
        const Net carry_in = second != 0 ? second : carry;
        const auto generates = pins(instance, "DI", width);
        const auto propagates = pins(instance, "S", width);
        const auto sums = pins(instance, "O", width);
        const auto carries = pins(instance, "CO", width);
        CarryChain& chain = chain_at(carry_in);
        for (std::size_t i = 0; i < width; ++i) {
            CarryCell cell{.inputs = {{propagates[i]}, 1}, .propagate = input_tables[0]};
            cell.generate_net = generates[i];
            cell.sum = sums[i];
            chain.cells.push_back(cell);
        }
        hand_on(carry_in, carries.back());
    }

    void add_ccu2c(const CellInstance& instance) {
        owner_.netlist_.style = CellStyle::Lut4;
        const Net carry_in = pin(instance, "CIN");
        CarryChain& chain = chain_at(carry_in);
        for (const Half& half : halves) {
            expect_parameter(instance, half.inject, "\"NO\"");
            CarryCell cell{.inputs = inputs(instance, half.inputs, 4), .propagate = table(instance, half.table, 4)};
            cell.sum = pin(instance, half.sum);
            chain.cells.push_back(cell);
        }
        hand_on(carry_in, pin(instance, "COUT"));
    }

    CellInstances& owner_;
    std::string problem_;
};

std::string CellInstances::add(const CellInstance& instance) { return Reading(*this).run(instance); }

}  // namespace lutra
