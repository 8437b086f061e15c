#pragma once

/// Expressions of the generic Verilog that emit/verilog/verilog.h prints, as wires of a circuit. Only what is printed is taken: all operands of an operator
/// have its width, so that no rule of Verilog about the width of an expression matters.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "lutra/circuit/builder.h"
#include "lutra/prove/verilog_words.h"

namespace lutra {

/// The bits of an expression: those of a wire of this width and fraction 0. Whether that is signed says nothing about the bits, only how they are written.
struct VerilogValue {
    Wire wire;
    int width = 0;
    bool says_signed = false;          ///< $signed(...): comparisons look at it
    std::optional<Wire> sign = {};     ///< of a signed name, or of some of its highest bits: the highest bit, 0 or -1
    std::optional<Wire> repeats = {};  ///< the bit, 0 or -1, that this repeats
    std::optional<Wire> wider = {};    ///< a wire of fraction 0 whose low bits these are
};

/// A function that is a `case` over its one argument.
struct VerilogFunction {
    int argument_width = 0;
    int width = 0;
    std::map<Integer, Integer> entries;  ///< by the bits of the argument; others are x
};

/// What expressions may name.
struct VerilogScope {
    std::unordered_map<std::string_view, VerilogValue> values;
    std::unordered_map<std::string_view, VerilogFunction> functions;
};

/// The first thing that is wrong with a text; what is read after it does not matter.
struct VerilogProblem {
    std::string text;
    int line = 0;

    explicit operator bool() const { return !text.empty(); }
};

class VerilogExpressions {
public:
    /// All of them must outlive this.
    VerilogExpressions(VerilogWords& words, CircuitBuilder& builder, const VerilogScope& scope, VerilogProblem& problem)
        : words_(words), b_(builder), scope_(scope), problem_(problem) {}

    /// An expression of exactly this width; where that is free, it is written as a signed number or not.
    VerilogValue read(int width, bool is_signed = false);
    /// The same bits as a wire of this type.
    Wire as(const VerilogValue& value, bool is_signed);
    /// A number such as 16'h6996, or several in braces, the highest first.
    Integer read_literal(int width);
    /// A decimal number from 0 to `highest`.
    int read_number(int highest);
    void expect(std::string_view word);
    void stop(std::string what);

private:
    static constexpr int max_depth = 64;  ///< of parentheses and braces

    VerilogValue read_choice();
    VerilogValue read_comparison();
    VerilogValue read_sum();
    VerilogValue read_product();
    VerilogValue read_operand();
    VerilogValue read_named(std::string_view name);
    VerilogValue read_call(const VerilogFunction& function);
    VerilogValue read_braces();
    VerilogValue choose(Wire selector, const VerilogValue& if_one, const VerilogValue& if_zero);
    VerilogValue combine(std::string_view symbol, const VerilogValue& a, const VerilogValue& b);
    VerilogValue bits(const VerilogValue& value, int high, int low);
    VerilogValue repeated(const VerilogValue& bit, int count);
    VerilogValue joined(const VerilogValue& high, const VerilogValue& low);
    VerilogValue literal(const Integer& value, int width);
    VerilogValue nothing(std::string what);

    VerilogWords& words_;
    CircuitBuilder& b_;
    const VerilogScope& scope_;
    VerilogProblem& problem_;
    int depth_ = 0;
    bool prefers_signed_ = false;
};

}  // namespace lutra
