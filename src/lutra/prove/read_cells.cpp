#include "lutra/prove/read_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "lutra/prove/cell_instances.h"
#include "lutra/prove/verilog_words.h"

namespace lutra {

namespace {

using Nets = std::vector<Net>;

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
            return fail(DiagnosticId::TextSyntax, fmt::format("{}:{}", file_name_, problem_line_), problem_,
                        "this is not the Verilog that lutra compile printed; run it again");
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
        module_.wires.push_back({name, module_.netlist.num_nets, width > 1});
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
        CellInstance instance{words_.take(), {}, {}};
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
        if (const std::string problem = failed() ? "" : cells_.add(instance); !problem.empty()) {
            stop(problem);
        }
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
    CellInstances cells_{module_.netlist};
    Nets clock_;
    std::unordered_map<std::string_view, Nets> names_;
    std::unordered_map<Net, Net> alias_;
    std::vector<bool> driven_;
    std::string problem_;
    int problem_line_ = 0;
};

}  // namespace

std::string ReadModule::name_of(Net net) const {
    const auto behind = std::ranges::upper_bound(wires, net, {}, &ReadWire::first);
    if (behind == wires.begin() || net >= netlist.num_nets) {
        return "";
    }
    const ReadWire& wire = *std::prev(behind);
    return wire.is_vector ? fmt::format("{}[{}]", wire.name, net - wire.first) : std::string(wire.name);
}

Result<ReadModule> read_cells(std::string_view text, const std::string& file_name) { return ModuleReader(text, file_name).run(); }

}  // namespace lutra
