#include "lutra/prove/flat_netlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lutra/prove/table_words.h"

namespace lutra {

namespace {

using Kind = NetSource::Kind;

/// Collects sources, then orders them.
class Flattening {
public:
    explicit Flattening(const CellNetlist& netlist) : source_(netlist) {
        constexpr std::size_t nets_of_column = 3;  // what a column may have beside those of the text
        std::size_t num_columns = 0;
        std::ranges::for_each(netlist.chains, [&](const CarryChain& chain) { num_columns += chain.cells.size(); });
        result_.nets.reserve(netlist.num_nets + nets_of_column * num_columns);
        result_.nets.resize(netlist.num_nets);
        result_.origins = netlist.origins;
        result_.inputs = netlist.inputs;
        result_.outputs = netlist.outputs;
    }

    std::expected<FlatNetlist, std::string> run() {
        add_sources();
        if (problem_.empty()) {
            order_all();
        }
        if (problem_.empty()) {
            count_registers();
        }
        if (!problem_.empty()) {
            return std::unexpected(problem_);
        }
        return std::move(result_);
    }

private:
    void drive(Net net, const NetSource& source) {
        if (net >= result_.nets.size() || result_.nets[net].kind != Kind::Undriven) {
            problem_ = fmt::format("net {} has more than one driver", net);
            return;
        }
        result_.nets[net] = source;
    }

    /// Without the inputs that the table does not depend on: LUTs of two outputs have those of both.
    static NetSource function_of(const CellInputs& inputs, std::uint64_t table, std::uint32_t origin) {
        NetSource source{.kind = Kind::Function, .table = table, .origin = origin};
        for (int i = inputs.num_inputs; i-- > 0;) {
            const Net net = inputs.nets[static_cast<std::size_t>(i)];
            if (net < 2) {
                source.table = cofactor(source.table, i, net == 1);
            }
            if (!depends_on(source.table, i)) {
                source.table = without_input(source.table, i);
            } else {
                std::copy_backward(source.inputs.begin(), source.inputs.begin() + source.num_inputs, source.inputs.begin() + source.num_inputs + 1);
                source.inputs[0] = net;
                ++source.num_inputs;
            }
        }
        source.kind = source.num_inputs == 0 ? Kind::Constant : Kind::Function;
        source.table = source.num_inputs == 0 ? source.table & 1 : source.table;
        return source;
    }

    /// The table of the inputs but input i, which it does not depend on.
    static std::uint64_t without_input(std::uint64_t table, int i) {
        std::uint64_t result = 0;
        for (int a = 0; a < 1 << (max_table_inputs - 1); ++a) {
            const int low = a & ((1 << i) - 1);
            result |= (table >> (low | (a - low) << 1) & 1) << a;
        }
        return repeated_table(result, max_table_inputs - 1);
    }

    Net new_net(const NetSource& source) {
        result_.nets.push_back(source);
        return static_cast<Net>(result_.nets.size() - 1);
    }

    void add_sources() {
        drive(0, {.kind = Kind::Constant, .table = 0});
        drive(1, {.kind = Kind::Constant, .table = 1});
        for (std::uint32_t i = 0; i < source_.inputs.size(); ++i) {
            drive(source_.inputs[i], {.kind = Kind::Input, .place = i});
        }
        for (const LutCell& lut : source_.luts) {
            drive(lut.output, function_of(lut.inputs, lut.table, lut.origin));
            if (lut.has_two_outputs()) {
                drive(lut.second_output, function_of(lut.inputs, lut.second_table, lut.origin));
            }
        }
        constexpr std::uint64_t choose = 0xCACACACACACACACAU;
        for (const MuxCell& mux : source_.muxes) {
            drive(mux.output,
                  {.kind = Kind::Function, .num_inputs = 3, .inputs = {mux.if_zero, mux.if_one, mux.selector}, .table = choose, .origin = mux.origin});
        }
        for (const RegisterCell& cell : source_.registers) {
            drive(cell.output, {.kind = Kind::Function, .num_inputs = 1, .inputs = {cell.input}, .table = input_tables[0], .origin = cell.origin});
            is_register_.resize(result_.nets.size(), false);
            is_register_[cell.output] = true;
        }
        for (const CarryChain& chain : source_.chains) {
            add_chain(chain);
        }
        is_register_.resize(result_.nets.size(), false);
    }

    void add_chain(const CarryChain& chain) {
        FlatChain flat{{}, chain.carry_in};
        for (const CarryCell& cell : chain.cells) {
            FlatColumn column;
            const bool is_net = cell.inputs.num_inputs == 1 && cell.propagate == input_tables[0];
            column.propagate = is_net ? cell.inputs.nets[0] : new_net(function_of(cell.inputs, cell.propagate, chain.origin));
            if (source_.style == CellStyle::Lut4) {
                const std::uint64_t low = cofactor(cofactor(cell.propagate, 2, false), 3, false);
                column.generate = new_net(function_of(cell.inputs, low, chain.origin));
            } else if (cell.generates_second) {
                column.generate = new_net(function_of(cell.inputs, cell.generate, chain.origin));
            } else {
                column.generate = cell.generate_net;
            }
            if (cell.second_output != no_net) {
                drive(cell.second_output, function_of(cell.inputs, cell.generate, chain.origin));
            }
            column.sum = cell.sum;
            flat.columns.push_back(column);
        }
        const auto number = static_cast<std::uint32_t>(result_.chains.size());
        for (std::uint32_t c = 0; c < flat.columns.size(); ++c) {
            Net& sum = flat.columns[c].sum;
            if (flat.columns.size() == 1 && sum != no_net && flat.carry_in < 2) {
                if (const auto copy = copied_by(flat.columns[0].propagate, flat.carry_in == 1)) {
                    drive(sum, *copy);
                    sum = no_net;
                }
            }
            const NetSource source{.kind = Kind::ChainSum, .chain = number, .place = c, .origin = chain.origin};
            if (sum == no_net) {
                sum = new_net(source);
            } else {
                drive(sum, source);
            }
        }
        if (!flat.columns.empty()) {
            result_.chains.push_back(std::move(flat));
        }
    }

    /// What a chain of one column passes on, where it is a net or its inverse.
    std::optional<NetSource> copied_by(Net propagate, bool is_inverted) const {
        NetSource copy{.kind = Kind::Function, .num_inputs = 1, .inputs = {propagate}, .table = input_tables[0]};
        const bool is_register = propagate < is_register_.size() && is_register_[propagate];
        if (propagate < result_.nets.size() && result_.nets[propagate].kind == Kind::Function && !is_register) {
            copy = result_.nets[propagate];
        }
        copy.table = is_inverted ? ~copy.table : copy.table;
        return copy.num_inputs == 1 ? std::optional(copy) : std::nullopt;
    }

    template <typename Visit>
    void visit_inputs(Net net, Visit visit) const {
        const NetSource& source = result_.nets[net];
        if (source.kind == Kind::Function) {
            std::ranges::for_each(source.all(), visit);
        } else if (source.kind == Kind::ChainSum) {
            const FlatChain& chain = result_.chains[source.chain];
            visit(chain.carry_in);
            for (const FlatColumn& column : chain.columns) {
                visit(column.propagate);
                visit(column.generate);
            }
        }
    }

    /// The net that stands for what computes it.
    Net leader(Net net) const {
        const NetSource& source = result_.nets[net];
        return source.kind == Kind::ChainSum ? result_.chains[source.chain].columns[0].sum : net;
    }

    /// Depth first with a stack of our own.
    void order_all() {
        enum class State : std::uint8_t { New, Open, Done };
        std::vector<State> state(result_.nets.size(), State::New);
        std::vector<Net> stack;
        for (Net root = 0; root < result_.nets.size() && problem_.empty(); ++root) {
            if (result_.nets[root].kind != Kind::Undriven) {
                stack.push_back(leader(root));
            }
            while (!stack.empty() && problem_.empty()) {
                const Net net = stack.back();
                if (state[net] != State::New) {
                    stack.pop_back();
                    if (state[net] == State::Open) {
                        state[net] = State::Done;
                        result_.order.push_back(net);
                    }
                    continue;
                }
                state[net] = State::Open;
                visit_inputs(net, [&](Net input) {
                    if (input >= result_.nets.size() || result_.nets[input].kind == Kind::Undriven) {
                        problem_ = fmt::format("a cell reads net {}, which nothing drives", input);
                    } else if (state[leader(input)] == State::Open) {
                        problem_ = fmt::format("net {} depends on itself", input);
                    } else if (state[leader(input)] == State::New) {
                        stack.push_back(leader(input));
                    }
                });
            }
        }
        for (const Net output : result_.outputs) {
            if (output >= result_.nets.size() || result_.nets[output].kind == Kind::Undriven) {
                problem_ = "an output is driven by nothing";
            }
        }
        if (problem_.empty()) {
            renumber_chains();
        }
    }

    /// Chains get numbers in the order of computation.
    void renumber_chains() {
        std::vector<FlatChain> sorted;
        for (const Net net : result_.order) {
            if (result_.nets[net].kind == Kind::ChainSum) {
                FlatChain chain = std::move(result_.chains[result_.nets[net].chain]);
                for (const FlatColumn& column : chain.columns) {
                    result_.nets[column.sum].chain = static_cast<std::uint32_t>(sorted.size());
                }
                sorted.push_back(std::move(chain));
            }
        }
        result_.chains = std::move(sorted);
    }

    /// Registers between the inputs and each net; nothing for what depends on no input.
    void count_registers() {
        std::vector<std::optional<int>> depth(result_.nets.size());
        for (const Net net : result_.order) {
            std::optional<int> common;
            if (result_.nets[net].kind == Kind::Input) {
                common = 0;
            }
            visit_inputs(net, [&](Net input) {
                if (common && depth[input] && *common != *depth[input]) {
                    problem_ = fmt::format("the registers are not balanced: a cell of layer '{}' reads values that are {} and {} cycles old",
                                           result_.origins[result_.nets[net].origin], *common, *depth[input]);
                }
                common = common ? common : depth[input];
            });
            if (common && is_register_[net]) {
                ++*common;
            }
            depth[net] = common;
            if (result_.nets[net].kind == Kind::ChainSum) {
                for (const FlatColumn& column : result_.chains[result_.nets[net].chain].columns) {
                    depth[column.sum] = common;
                }
            }
        }
        std::optional<int> latency;
        for (const Net output : result_.outputs) {
            if (latency && depth[output] && *latency != *depth[output]) {
                problem_ = fmt::format("the registers are not balanced: outputs come after {} and after {} cycles", *latency, *depth[output]);
            }
            latency = latency ? latency : depth[output];
        }
        result_.latency = latency.value_or(0);
    }

    const CellNetlist& source_;
    FlatNetlist result_;
    std::vector<bool> is_register_;
    std::string problem_;
};

}  // namespace

std::expected<FlatNetlist, std::string> flatten(const CellNetlist& netlist) { return Flattening(netlist).run(); }

std::vector<std::uint64_t> evaluate_nets(const FlatNetlist& netlist, std::span<const std::uint64_t> inputs, std::size_t width) {
    std::vector<std::uint64_t> values(netlist.nets.size() * width, 0);
    std::vector<std::uint64_t> carry(width);
    for (const Net net : netlist.order) {
        const NetSource& source = netlist.nets[net];
        std::uint64_t* value = &values[net * width];
        if (source.kind == Kind::Constant) {
            std::fill_n(value, width, source.table != 0 ? ~std::uint64_t{0} : 0);
        } else if (source.kind == Kind::Input) {
            std::copy_n(inputs.begin() + static_cast<std::ptrdiff_t>(source.place * width), width, value);
        } else if (source.kind == Kind::Function) {
            std::array<const std::uint64_t*, max_table_inputs> operands{};
            std::ranges::transform(source.all(), operands.begin(), [&](Net input) { return &values[input * width]; });
            evaluate_table(source.table, std::span(operands).first(source.num_inputs), {value, width});
        } else if (source.kind == Kind::ChainSum) {
            const FlatChain& chain = netlist.chains[source.chain];
            std::copy_n(&values[chain.carry_in * width], width, carry.begin());
            for (const FlatColumn& column : chain.columns) {
                const std::uint64_t* propagate = &values[column.propagate * width];
                const std::uint64_t* generate = &values[column.generate * width];
                std::uint64_t* sum = &values[column.sum * width];
                for (std::size_t w = 0; w < width; ++w) {
                    sum[w] = propagate[w] ^ carry[w];
                    carry[w] = (propagate[w] & carry[w]) | (~propagate[w] & generate[w]);
                }
            }
        }
    }
    return values;
}

}  // namespace lutra
