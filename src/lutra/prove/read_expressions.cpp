#include "lutra/prove/read_expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lutra/prove/verilog_expression.h"

namespace lutra {

namespace {

/// Of the elements of a port that have bits, by their lowest.
struct PortBits {
    std::vector<std::size_t> elements;
    std::vector<int> lows;
    int width = 0;
};

PortBits bits_of(const Circuit& circuit, const Port& port) {
    PortBits bits;
    for (std::size_t i = 0; i < port.wires.size(); ++i) {
        if (const int width = circuit.type(port.wires[i]).width; width > 0) {
            bits.elements.push_back(i);
            bits.lows.push_back(bits.width);
            bits.width += width;
        }
    }
    return bits;
}

class ExpressionModuleReader {
public:
    ExpressionModuleReader(std::string_view text, const std::string& file_name, const Circuit& printed)
        : text_(text), words_(text), file_name_(file_name), printed_(printed) {}

    Result<ReadCircuit> run() {
        add_inputs();
        read_header();
        read_registers();
        while (!problem_ && !words_.accept("endmodule")) {
            read_item();
        }
        if (!problem_ && !words_.peek().empty()) {
            expressions_.stop("text behind the module");
        }
        add_outputs();
        if (problem_) {
            return fail(DiagnosticId::TextSyntax, fmt::format("{}:{}", file_name_, problem_.line), problem_.text,
                        "this is not the Verilog that lutra compile printed; run it again");
        }
        result_.circuit = builder_.finish();
        return std::move(result_);
    }

private:
    void expect(std::string_view word) { expressions_.expect(word); }

    void add_inputs() {
        for (const Port& port : printed_.inputs()) {
            Port added = port;
            for (Wire& wire : added.wires) {
                wire = builder_.input(printed_.type(wire), printed_.interval(wire));
            }
            inputs_.push_back(added.wires);
            builder_.add_input(std::move(added));
        }
    }

    /// [high:0], if it is there.
    int read_width(int highest) {
        if (!words_.accept("[")) {
            return 1;
        }
        const int high = expressions_.read_number(highest - 1);
        expect(":");
        expect("0");
        expect("]");
        return high + 1;
    }

    void read_header() {
        expect("module");
        result_.module_name = words_.take();
        expect("(");
        for (const bool is_input : {true, false}) {
            const std::vector<Port>& ports = is_input ? printed_.inputs() : printed_.outputs();
            for (std::size_t i = 0; i < ports.size(); ++i) {
                const PortBits bits = bits_of(printed_, ports[i]);
                if (bits.width > 0) {
                    const std::string_view name = read_port(is_input, bits.width);
                    (is_input ? input_ports_ : output_ports_).emplace(name, i);
                }
            }
        }
        expect(")");
        expect(";");
    }

    /// The clock may stand in front of it.
    std::string_view read_port(bool is_input, int width) {
        std::string_view name = "clk";
        while (!problem_ && name == "clk") {
            words_.accept(",");
            const bool may_be_clock = !has_clock_ && words_.peek() == "input";
            expect(is_input || may_be_clock ? "input" : "output");
            expect("wire");
            const bool has_width = words_.peek() == "[";
            const int found = read_width(std::numeric_limits<int>::max());
            name = words_.take();
            has_clock_ = has_clock_ || name == "clk";
            if (!problem_ && (name == "clk" ? has_width : found != width)) {
                expressions_.stop(fmt::format("port '{}' has {} bits", name.substr(0, 40), found));
            }
        }
        return name;
    }

    /// What registers take over stands at the end of the text, but names only what is declared in front of them.
    void read_registers() {
        constexpr std::string_view begin = "always @(posedge clk) begin";
        const std::size_t place = text_.rfind(begin);
        if (place == std::string_view::npos) {
            return;
        }
        VerilogWords words(text_.substr(place + begin.size()));
        first_register_ = words.peek().data();
        while (!words.peek().empty() && !words.accept("end")) {
            const std::string_view name = words.take();
            const std::string_view arrow = words.take();
            const char* first = words.peek().data();
            while (!words.peek().empty() && words.peek() != ";") {
                words.take();
            }
            const std::string_view value(first, static_cast<std::size_t>(words.peek().data() - first));
            if (arrow != "<=" || !registers_.emplace(name, value).second) {
                expressions_.stop(fmt::format("register '{}' is set twice, or not by '<='", name.substr(0, 40)));
                return;
            }
            words.take();
        }
    }

    void read_item() {
        if (words_.accept("wire")) {
            read_wire();
        } else if (words_.accept("reg")) {
            read_register();
        } else if (words_.accept("function")) {
            read_function();
        } else if (words_.accept("assign")) {
            read_output();
        } else if (words_.accept("always")) {
            skip_registers();
        } else {
            expressions_.stop(fmt::format("'{}' begins no statement", words_.peek().substr(0, 40)));
        }
    }

    void declare(std::string_view name, const VerilogValue& value) {
        if (!problem_ && !scope_.values.emplace(name, VerilogValue{expressions_.as(value, is_signed(name)), value.width}).second) {
            expressions_.stop(fmt::format("'{}' is declared twice", name.substr(0, 40)));
        }
    }

    /// Whether the wire with the number at the end of the name is signed in the printed circuit.
    bool is_signed(std::string_view name) const {
        name = name.substr(0, name.find_last_not_of('_') + 1);
        const std::string_view digits = name.substr(name.find_last_not_of("0123456789") + 1);
        std::uint32_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return number < printed_.size() && printed_.type(Wire{number}).is_signed;
    }

    void read_wire() {
        const int width = read_width(max_width);
        const std::string_view name = words_.take();
        expect("=");
        const auto port = input_ports_.find(words_.peek());
        declare(name, port != input_ports_.end() ? read_input(port->second, width) : expressions_.read(width, is_signed(name)));
        expect(";");
    }

    /// name[high:low], which has to be one element.
    std::size_t read_element(const Port& port) {
        const PortBits bits = bits_of(printed_, port);
        words_.take();
        expect("[");
        const int high = expressions_.read_number(bits.width - 1);
        expect(":");
        const int low = expressions_.read_number(high);
        expect("]");
        const auto found = std::ranges::lower_bound(bits.lows, low);
        const auto place = static_cast<std::size_t>(found - bits.lows.begin());
        const bool is_element = found != bits.lows.end() && *found == low && printed_.type(port.wires[bits.elements[place]]).width == high - low + 1;
        if (problem_ || !is_element) {
            expressions_.stop(fmt::format("bits [{}:{}] are no element of the port", high, low));
            return 0;
        }
        return bits.elements[place];
    }

    VerilogValue read_input(std::size_t port, int width) {
        const Wire element = inputs_[port][read_element(printed_.inputs()[port])];
        if (!problem_ && builder_.type(element).width != width) {
            expressions_.stop("an element of another width");
        }
        return {builder_.scale(element, builder_.type(element).fraction), builder_.type(element).width};
    }

    void read_register() {
        const int width = read_width(max_width);
        const std::string_view name = words_.take();
        expect(";");
        const auto found = registers_.find(name);
        if (problem_ || found == registers_.end()) {
            expressions_.stop(fmt::format("register '{}' is never set", name.substr(0, 40)));
            return;
        }
        VerilogWords words(found->second);
        VerilogProblem problem;
        const VerilogValue value = VerilogExpressions(words, builder_, scope_, problem).read(width);
        if (problem || !words.peek().empty()) {
            expressions_.stop(problem ? problem.text : "a register is set to more than an expression");
            return;
        }
        declare(name, {builder_.register_stage(value.wire), width});
        ++num_registers_;
    }

    /// They were read already, if this is the place where they were read: there is no other one.
    void skip_registers() {
        for (const std::string_view word : {"@", "(", "posedge", "clk", ")", "begin"}) {
            expect(word);
        }
        if (!problem_ && words_.peek().data() != first_register_) {
            expressions_.stop("registers are set in more than one place");
        }
        while (!problem_ && !words_.peek().empty() && !words_.accept("end")) {
            words_.take();
        }
        if (!problem_ && (!has_clock_ || num_registers_ != registers_.size())) {
            expressions_.stop("what is set in each cycle is not what is declared");
        }
    }

    void read_function() {
        VerilogFunction function;
        function.width = read_width(max_width);
        const std::string_view name = words_.take();
        expect(";");
        expect("input");
        function.argument_width = read_width(max_width);
        for (const std::string_view word : {"a", ";", "case", "(", "a", ")"}) {
            expect(word);
        }
        while (!problem_ && !words_.accept("default")) {
            const Integer address = expressions_.read_literal(function.argument_width);
            read_entry(name);
            const Integer entry = expressions_.read_literal(function.width);
            expect(";");
            if (!problem_ && !function.entries.emplace(address, entry).second) {
                expressions_.stop("an entry stands twice in a table");
            }
        }
        read_entry(name);
        const std::string width = std::to_string(function.width);
        for (const std::string_view word : {"{", width.c_str(), "{", "1'bx", "}", "}", ";", "endcase", "endfunction"}) {
            expect(word);
        }
        if (!problem_ && !scope_.functions.emplace(name, std::move(function)).second) {
            expressions_.stop(fmt::format("'{}' is declared twice", name.substr(0, 40)));
        }
    }

    void read_entry(std::string_view function) {
        expect(":");
        expect(function);
        expect("=");
    }

    /// assign port[high:low] = ...;
    void read_output() {
        const auto port = output_ports_.find(words_.peek());
        if (port == output_ports_.end()) {
            expressions_.stop("an assignment to what is no output");
            return;
        }
        const Port& printed = printed_.outputs()[port->second];
        const std::size_t element = read_element(printed);
        expect("=");
        if (problem_) {
            return;
        }
        const FixedPointType type = printed_.type(printed.wires[element]);
        const VerilogValue value = expressions_.read(type.width);
        expect(";");
        if (!problem_ && !outputs_.emplace(std::pair(port->second, element), builder_.scale(expressions_.as(value, type.is_signed), -type.fraction)).second) {
            expressions_.stop("an element of an output is assigned twice");
        }
    }

    void add_outputs() {
        for (std::size_t i = 0; i < printed_.outputs().size() && !problem_; ++i) {
            Port port = printed_.outputs()[i];
            for (std::size_t k = 0; k < port.wires.size(); ++k) {
                const FixedPointType type = printed_.type(port.wires[k]);
                const auto found = outputs_.find({i, k});
                if (found == outputs_.end() && type.width > 0) {
                    expressions_.stop(fmt::format("element {} of output {} is not assigned", k, i));
                    return;
                }
                port.wires[k] = type.width > 0 ? found->second : builder_.wrap(builder_.scale(builder_.constant(0), -type.fraction), type);
            }
            builder_.add_output(std::move(port));
        }
    }

    std::string_view text_;
    VerilogWords words_;
    std::string file_name_;
    const Circuit& printed_;
    ReadCircuit result_;
    CircuitBuilder builder_;
    VerilogScope scope_;
    VerilogProblem problem_;
    VerilogExpressions expressions_{words_, builder_, scope_, problem_};
    std::vector<std::vector<Wire>> inputs_;  ///< per port and element
    std::map<std::string_view, std::size_t> input_ports_;
    std::map<std::string_view, std::size_t> output_ports_;
    std::map<std::pair<std::size_t, std::size_t>, Wire> outputs_;  ///< by port and element
    std::unordered_map<std::string_view, std::string_view> registers_;
    const char* first_register_ = nullptr;  ///< where what they take over begins in the text
    std::size_t num_registers_ = 0;
    bool has_clock_ = false;
};

}  // namespace

Result<ReadCircuit> read_expressions(std::string_view text, const std::string& file_name, const Circuit& printed) {
    return ExpressionModuleReader(text, file_name, printed).run();
}

}  // namespace lutra
