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

/// A name and its nets, one after the other.
struct Declared {
    Net first = 0;
    std::size_t width = 0;
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

    Declared declare(std::string_view name, std::size_t width) {
        const Declared nets{module_.netlist.num_nets, width};
        module_.wires.push_back({name, nets.first, width > 1});
        if (width > max_nets - nets.first) {
            stop("there are too many bits");
            return {};
        }
        module_.netlist.num_nets += static_cast<Net>(width);
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
            const Declared nets = declare(name, width);
            if (name == "clk") {
                has_clock_ = true;
            } else {
                module_.ports.push_back({std::string(name), width, is_input});
                add_bits(is_input ? module_.netlist.inputs : module_.netlist.outputs, nets, 0, nets.width);
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

    static void add_bits(Nets& nets, const Declared& declared, std::size_t low, std::size_t end) {
        for (std::size_t i = low; i < end; ++i) {
            nets.push_back(declared.first + static_cast<Net>(i));
        }
    }

    /// Adds a constant bit, a net, some of its bits, or several of these; lowest bit first.
    void read_nets(Nets& nets) {
        if (words_.accept("1'b0")) {
            nets.push_back(0);
        } else if (words_.accept("1'b1")) {
            nets.push_back(1);
        } else if (words_.accept("{")) {
            read_concatenation(nets);
        } else {
            read_part(nets);
        }
    }

    /// The highest part comes first.
    void read_concatenation(Nets& nets) {
        const auto begin = static_cast<std::ptrdiff_t>(nets.size());
        do {
            const auto part = static_cast<std::ptrdiff_t>(nets.size());
            read_nets(nets);
            std::reverse(nets.begin() + part, nets.end());
        } while (!failed() && words_.accept(","));
        std::reverse(nets.begin() + begin, nets.end());
        expect("}");
    }

    void read_part(Nets& nets) {
        const std::string_view name = words_.take();
        const auto found = names_.find(name);
        if (found == names_.end()) {
            stop(fmt::format("'{}' is not declared", name.substr(0, 40)));
            return;
        }
        const Declared& declared = found->second;
        if (!words_.accept("[")) {
            add_bits(nets, declared, 0, declared.width);
            return;
        }
        const std::size_t high = number(words_.take());
        const std::size_t low = words_.accept(":") ? number(words_.take()) : high;
        expect("]");
        if (low > high || high >= declared.width) {
            stop(fmt::format("'{}' has no bits [{}:{}]", name, high, low));
            return;
        }
        add_bits(nets, declared, low, high + 1);
    }

    /// The nets on the left become names of those on the right.
    void read_assignment() {
        Nets left;
        Nets right;
        read_nets(left);
        expect("=");
        read_nets(right);
        expect(";");
        if (left.size() != right.size()) {
            stop("the sides of an assignment have different widths");
        }
        alias_.resize(module_.netlist.num_nets, no_net);
        for (std::size_t i = 0; i < left.size() && !failed(); ++i) {
            if (left[i] < 2 || alias_[left[i]] != no_net) {
                stop("a net is assigned twice");
            }
            alias_[left[i]] = right[i];
            ++num_aliases_;
        }
    }

    void read_registers() {
        for (const std::string_view word : {"@", "(", "posedge", "clk", ")", "begin"}) {
            expect(word);
        }
        if (!has_clock_) {
            stop("there is no clock");
        }
        while (!failed() && !words_.accept("end")) {
            Nets left;
            Nets right;
            read_nets(left);
            expect("<=");
            read_nets(right);
            expect(";");
            if (left.size() != 1 || right.size() != 1) {
                stop("a register has one bit");
                return;
            }
            module_.netlist.registers.push_back({right[0], left[0], 0});
        }
    }

    void read_instance() {
        CellInstance& instance = instance_;
        instance.cell = words_.take();
        instance.pins.clear();
        instance.parameters.clear();
        instance.nets.clear();
        if (words_.accept("#")) {
            expect("(");
            do {
                expect(".");
                const std::string_view name = words_.take();
                expect("(");
                if (!instance.parameter(name).empty()) {
                    stop("a parameter is given twice");
                }
                instance.parameters.push_back({name, words_.take()});
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
            if (!instance.bits_of(name).empty()) {
                stop("a pin is connected twice");
            }
            const std::size_t first = instance.nets.size();
            read_nets(instance.nets);
            instance.pins.push_back({name, first, instance.nets.size() - first});
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
        for (std::size_t steps = 0; steps <= num_aliases_; ++steps) {
            if (net >= alias_.size() || alias_[net] == no_net) {
                return net;
            }
            net = alias_[net];
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
        for (Net net = 0; net < alias_.size(); ++net) {
            if (alias_[net] != no_net && is_driven_as_well(net)) {
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
    static constexpr std::size_t max_nets = std::size_t{1} << 28;

    VerilogWords words_;
    std::string file_name_;
    ReadModule module_;
    CellInstances cells_{module_.netlist};
    CellInstance instance_;
    bool has_clock_ = false;
    std::unordered_map<std::string_view, Declared> names_;
    Nets alias_;  ///< what a net is another name of, or no_net
    std::size_t num_aliases_ = 0;
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
