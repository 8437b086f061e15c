#include "lutra/prove/read_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>

#include "lutra/prove/verilog_words.h"

namespace lutra {

namespace {

using Nets = std::vector<Net>;

/// What stands behind the pins and the parameters of an instance.
struct Instance {
    std::string_view cell;
    std::map<std::string_view, Nets> pins;
    std::map<std::string_view, std::string_view> parameters;
};

class ModuleReader {
public:
    ModuleReader(std::string_view text, const std::string& file_name) : words_(text), file_name_(file_name) {}

    Result<ReadModule> run() {
        read_header();
        while (!failed() && !words_.accept("endmodule")) {
            read_item();
        }
        if (!failed() && !words_.peek().empty()) {
            stop("text behind the module");
        }
        if (!failed()) {
            finish();
        }
        if (failed()) {
            return fail(DiagnosticId::TextSyntax, fmt::format("{}:{}", file_name_, problem_line_), problem_, "this is not the Verilog that lutra compile printed; run it again");
        }
        return std::move(module_);
    }

private:
    bool failed() const { return !problem_.empty(); }
    void stop(std::string what) {
        if (!failed()) {
            problem_ = std::move(what);
            problem_line_ = words_.line();
        }
    }
    void expect(std::string_view word) {
        if (!failed() && !words_.accept(word)) {
            stop(fmt::format("expected '{}', found '{}'", word, words_.peek().substr(0, 40)));
        }
    }

    std::size_t number(std::string_view word) {
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc() || end != word.data() + word.size() || value > max_width) {
            stop(fmt::format("'{}' is no bit number", word.substr(0, 40)));
            return 0;
        }
        return value;
    }

    /// [high:0], if it is there.
    std::size_t read_width() {
        if (!words_.accept("[")) {
            return 1;
        }
        const std::size_t high = number(words_.take());
        expect(":");
        expect("0");
        expect("]");
        return high + 1;
    }

    Nets declare(std::string_view name, std::size_t width) {
        Nets nets;
        for (std::size_t i = 0; i < width && !failed(); ++i) {
            nets.push_back(module_.netlist.num_nets++);
        }
        if (!names_.emplace(name, nets).second) {
            stop(fmt::format("'{}' is declared twice", name));
        }
        return nets;
    }

    void read_header() {
        expect("module");
        module_.name = words_.take();
        expect("(");
        while (!failed() && !words_.accept(")")) {
            const bool is_input = words_.accept("input");
            if (!is_input) {
                expect("output");
            }
            expect("wire");
            const std::size_t width = read_width();
            const std::string_view name = words_.take();
            const Nets nets = declare(name, width);
            if (name == "clk") {
                clock_ = nets;
            } else {
                module_.ports.push_back({std::string(name), width, is_input});
                Nets& all = is_input ? module_.netlist.inputs : module_.netlist.outputs;
                all.insert(all.end(), nets.begin(), nets.end());
            }
            if (!words_.accept(",") && words_.peek() != ")") {
                expect(")");
            }
        }
        expect(";");
    }

    void read_item() {
        if (words_.accept("wire") || words_.accept("reg")) {
            const std::size_t width = read_width();
            declare(words_.take(), width);
            expect(";");
        } else if (words_.accept("assign")) {
            read_assignment();
        } else if (words_.accept("always")) {
            read_registers();
        } else {
            read_instance();
        }
    }

    /// A constant bit, a net, some of its bits, or several of these; lowest bit first.
    Nets read_nets() {
        if (words_.accept("1'b0")) {
            return {0};
        }
        if (words_.accept("1'b1")) {
            return {1};
        }
        Nets nets;
        if (words_.accept("{")) {
            do {
                const Nets part = read_nets();
                nets.insert(nets.begin(), part.begin(), part.end());
            } while (!failed() && words_.accept(","));
            expect("}");
            return nets;
        }
        const std::string_view name = words_.take();
        const auto found = names_.find(name);
        if (found == names_.end()) {
            stop(fmt::format("'{}' is not declared", name.substr(0, 40)));
            return {0};
        }
        if (!words_.accept("[")) {
            return found->second;
        }
        const std::size_t high = number(words_.take());
        const std::size_t low = words_.accept(":") ? number(words_.take()) : high;
        expect("]");
        if (low > high || high >= found->second.size()) {
            stop(fmt::format("'{}' has no bits [{}:{}]", name, high, low));
            return {0};
        }
        return {found->second.begin() + static_cast<std::ptrdiff_t>(low), found->second.begin() + static_cast<std::ptrdiff_t>(high) + 1};
    }

    /// The nets on the left become names of those on the right.
    void read_assignment() {
        const Nets left = read_nets();
        expect("=");
        const Nets right = read_nets();
        expect(";");
        if (left.size() != right.size()) {
            stop("the sides of an assignment have different widths");
        }
        for (std::size_t i = 0; i < left.size() && !failed(); ++i) {
            if (left[i] < 2 || !alias_.emplace(left[i], right[i]).second) {
                stop("a net is assigned twice");
            }
        }
    }

    void read_registers() {
        for (const std::string_view word : {"@", "(", "posedge", "clk", ")", "begin"}) {
            expect(word);
        }
        if (clock_.empty()) {
            stop("there is no clock");
        }
        while (!failed() && !words_.accept("end")) {
            const Nets left = read_nets();
            expect("<=");
            const Nets right = read_nets();
            expect(";");
            if (left.size() != 1 || right.size() != 1) {
                stop("a register has one bit");
                return;
            }
            module_.netlist.registers.push_back({right[0], left[0], 0});
        }
    }

    void read_instance() {
        Instance instance{words_.take(), {}, {}};
        if (words_.accept("#")) {
            expect("(");
            do {
                expect(".");
                const std::string_view name = words_.take();
                expect("(");
                instance.parameters[name] = words_.take();
                expect(")");
            } while (!failed() && words_.accept(","));
            expect(")");
        }
        words_.take();  // its name
        expect("(");
        do {
            expect(".");
            const std::string_view name = words_.take();
            expect("(");
            if (!instance.pins.emplace(name, read_nets()).second) {
                stop("a pin is connected twice");
            }
            expect(")");
        } while (!failed() && words_.accept(","));
        expect(")");
        expect(";");
        if (!failed()) {
            add_instance(instance);
        }
    }

    Nets pins(const Instance& instance, std::string_view name, std::size_t width) {
        const auto found = instance.pins.find(name);
        if (found == instance.pins.end() || found->second.size() != width) {
            stop(fmt::format("{} needs {} bits on pin {}", instance.cell, width, name));
            return Nets(width, 0);
        }
        return found->second;
    }
    Net pin(const Instance& instance, std::string_view name) { return pins(instance, name, 1)[0]; }

    /// The value of a parameter such as 16'h6996.
    std::uint64_t table(const Instance& instance, std::string_view name, int num_inputs) {
        const auto found = instance.parameters.find(name);
        const std::string prefix = fmt::format("{}'h", 1 << num_inputs);
        std::uint64_t value = 0;
        if (found != instance.parameters.end() && found->second.starts_with(prefix)) {
            const std::string_view digits = found->second.substr(prefix.size());
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
            if (error == std::errc() && end == digits.data() + digits.size() && (value & ~table_mask(num_inputs)) == 0) {
                return repeated_table(value, num_inputs);
            }
        }
        stop(fmt::format("{} needs a parameter {} of {} bits", instance.cell, name, 1 << num_inputs));
        return 0;
    }
    void expect_parameter(const Instance& instance, std::string_view name, std::string_view value) {
        const auto found = instance.parameters.find(name);
        if (found == instance.parameters.end() || found->second != value) {
            stop(fmt::format("{} needs the parameter {} = {}", instance.cell, name, value));
        }
    }

    CellInputs numbered_inputs(const Instance& instance, int count) {
        CellInputs inputs;
        for (int i = 0; i < count; ++i) {
            inputs.nets[static_cast<std::size_t>(i)] = pin(instance, fmt::format("I{}", i));
        }
        inputs.num_inputs = count;
        return inputs;
    }

    CellInputs lettered_inputs(const Instance& instance, std::string_view suffix) {
        CellInputs inputs;
        for (std::size_t i = 0; i < 4; ++i) {
            inputs.nets[i] = pin(instance, fmt::format("{}{}", "ABCD"[i], suffix));
        }
        inputs.num_inputs = 4;
        return inputs;
    }

    void add_lut(const CellInputs& inputs, std::uint64_t entries, Net output) {
        module_.netlist.luts.push_back({.inputs = inputs, .table = entries, .output = output});
    }

    void add_mux(const Instance& instance, std::string_view zero, std::string_view one, std::string_view selector, std::string_view output) {
        module_.netlist.muxes.push_back({.if_zero = pin(instance, zero), .if_one = pin(instance, one), .selector = pin(instance, selector), .output = pin(instance, output)});
    }

    void add_instance(const Instance& instance) {
        constexpr int low_inputs = 5;
        if (instance.cell == "LUT4" && instance.pins.contains("Z")) {
            add_lut(lettered_inputs(instance, ""), table(instance, "INIT", 4), pin(instance, "Z"));
        } else if (instance.cell == "LUT6_2") {
            const std::uint64_t entries = table(instance, "INIT", max_table_inputs);
            add_lut(numbered_inputs(instance, max_table_inputs), entries, pin(instance, "O6"));
            add_lut(numbered_inputs(instance, low_inputs), repeated_table(entries, low_inputs), pin(instance, "O5"));
        } else if (instance.cell.size() == 4 && instance.cell.starts_with("LUT") && instance.cell[3] >= '1' && instance.cell[3] <= '6') {
            const int count = instance.cell[3] - '0';
            add_lut(numbered_inputs(instance, count), table(instance, "INIT", count), pin(instance, "O"));
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
        const auto found = open_chains_.find(carry_in);
        if (found != open_chains_.end()) {
            return module_.netlist.chains[found->second];
        }
        open_chains_[carry_in] = module_.netlist.chains.size();
        module_.netlist.chains.push_back({{}, carry_in, 0});
        return module_.netlist.chains.back();
    }

    /// A carry is read by the next cell of its chain only.
    void hand_on(Net carry_in, Net carry_out) {
        const std::size_t chain = open_chains_.at(carry_in);
        open_chains_.erase(carry_in);
        open_chains_[carry_out] = chain;
    }

    void add_carries(const Instance& instance, std::size_t width, std::string_view second_input) {
        const Net carry = pin(instance, "CI");
        const Net second = pin(instance, second_input);
        if (second != 0 && (carry != 0 || width == 8)) {
            stop(fmt::format("{} has two carries in", instance.cell));
        }
        const Net carry_in = second != 0 ? second : carry;
        const Nets generates = pins(instance, "DI", width);
        const Nets propagates = pins(instance, "S", width);
        const Nets sums = pins(instance, "O", width);
        const Nets carries = pins(instance, "CO", width);
        CarryChain& chain = chain_at(carry_in);
        for (std::size_t i = 0; i < width; ++i) {
            CarryCell cell{.inputs = {{propagates[i]}, 1}, .propagate = input_tables[0]};
            cell.generate_net = generates[i];
            cell.sum = sums[i];
            chain.cells.push_back(cell);
        }
        hand_on(carry_in, carries.back());
    }

    void add_ccu2c(const Instance& instance) {
        module_.netlist.style = CellStyle::Lut4;
        const Net carry_in = pin(instance, "CIN");
        CarryChain& chain = chain_at(carry_in);
        for (const std::string_view half : {"0", "1"}) {
            expect_parameter(instance, fmt::format("INJECT1_{}", half), "\"NO\"");
            CarryCell cell{.inputs = lettered_inputs(instance, half), .propagate = table(instance, fmt::format("INIT{}", half), 4)};
            cell.sum = pin(instance, fmt::format("S{}", half));
            chain.cells.push_back(cell);
        }
        hand_on(carry_in, pin(instance, "COUT"));
    }

    /// What a net is another name of.
    Net resolved(Net net) {
        for (std::size_t steps = 0; steps <= alias_.size(); ++steps) {
            const auto found = alias_.find(net);
            if (found == alias_.end()) {
                return net;
            }
            net = found->second;
        }
        stop("assignments go round in a circle");
        return 0;
    }

    /// Gives every net its one name, and drops the columns at the top of chains that nothing reads.
    void finish() {
        CellNetlist& netlist = module_.netlist;
        netlist.origins = {""};
        std::vector<bool> is_read(netlist.num_nets, false);
        const auto read = [&](Net& net) {
            net = resolved(net);
            is_read[net] = true;
        };
        const auto read_all = [&](CellInputs& inputs) { std::for_each_n(inputs.nets.begin(), inputs.num_inputs, read); };
        std::ranges::for_each(netlist.outputs, read);
        std::ranges::for_each(netlist.luts, [&](LutCell& lut) { read_all(lut.inputs); });
        std::ranges::for_each(netlist.registers, [&](RegisterCell& cell) { read(cell.input); });
        for (MuxCell& mux : netlist.muxes) {
            read(mux.if_zero);
            read(mux.if_one);
            read(mux.selector);
        }
        for (CarryChain& chain : netlist.chains) {
            read(chain.carry_in);
            for (CarryCell& cell : chain.cells) {
                read_all(cell.inputs);
                if (cell.generate_net != no_net) {
                    read(cell.generate_net);
                }
            }
        }
        for (CarryChain& chain : netlist.chains) {
            while (!chain.cells.empty() && !is_read[chain.cells.back().sum]) {
                chain.cells.pop_back();
            }
        }
        for (const auto& [net, other] : alias_) {
            if (is_driven_as_well(net)) {
                stop("a net is assigned and driven by a cell");
            }
        }
    }

    bool is_driven_as_well(Net net) {
        if (driven_.empty()) {
            driven_.assign(module_.netlist.num_nets, false);
            const auto drive = [&](Net driven) { driven_[driven] = true; };
            std::ranges::for_each(module_.netlist.luts, drive, &LutCell::output);
            std::ranges::for_each(module_.netlist.muxes, drive, &MuxCell::output);
            std::ranges::for_each(module_.netlist.registers, drive, &RegisterCell::output);
            std::ranges::for_each(module_.netlist.inputs, drive);
            for (const CarryChain& chain : module_.netlist.chains) {
                std::ranges::for_each(chain.cells, drive, &CarryCell::sum);
            }
        }
        return driven_[net];
    }

    static constexpr std::size_t max_width = std::size_t{1} << 24;

    VerilogWords words_;
    std::string file_name_;
    ReadModule module_;
    Nets clock_;
    std::unordered_map<std::string_view, Nets> names_;
    std::unordered_map<Net, Net> alias_;
    std::unordered_map<Net, std::size_t> open_chains_;
    std::vector<bool> driven_;
    std::string problem_;
    int problem_line_ = 0;
};

}  // namespace

Result<ReadModule> read_cells(std::string_view text, const std::string& file_name) { return ModuleReader(text, file_name).run(); }

}  // namespace lutra
