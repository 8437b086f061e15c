#include "lutra/prove/verilog_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace lutra {

using enum PrimitiveKind;

void VerilogExpressions::stop(std::string what) {
    if (!problem_) {
        problem_ = {std::move(what), words_.line()};
    }
}

void VerilogExpressions::expect(std::string_view word) {
    if (!problem_ && !words_.accept(word)) {
        stop(fmt::format("expected '{}', found '{}'", word, words_.peek().substr(0, 40)));
    }
}

/// What stands for an expression that was not understood.
VerilogValue VerilogExpressions::nothing(std::string what) {
    stop(std::move(what));
    return literal(0, 1);
}

int VerilogExpressions::read_number(int highest) {
    const std::string_view word = words_.take();
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value < 0 || value > highest) {
        stop(fmt::format("'{}' is no number from 0 to {}", word.substr(0, 40), highest));
        return 0;
    }
    return value;
}

Wire VerilogExpressions::as(const VerilogValue& value, bool is_signed) { return b_.wrap(value.wider.value_or(value.wire), {is_signed, value.width, 0}); }

VerilogValue VerilogExpressions::literal(const Integer& value, int width) {
    const std::array values = {value};
    return {b_.append({.kind = Constant, .type = {false, width, 0}, .integers = values}), width};
}

Integer VerilogExpressions::read_literal(int width) {
    const VerilogValue value = read_operand();
    const Interval interval = b_.interval(value.wire);
    if (!problem_ && (value.width != width || !interval.is_constant())) {
        stop(fmt::format("a number of {} bits is missing", width));
    }
    return problem_ ? Integer(0) : interval.low;
}

VerilogValue VerilogExpressions::read(int width, bool is_signed) {
    prefers_signed_ = is_signed;
    const VerilogValue value = read_choice();
    if (!problem_ && value.width != width) {
        stop(fmt::format("an expression of {} bits stands for {}", value.width, width));
    }
    return problem_ ? literal(0, width) : value;
}

VerilogValue VerilogExpressions::read_choice() {
    const VerilogValue selector = read_comparison();
    if (!words_.accept("?")) {
        return selector;
    }
    const VerilogValue if_one = read_comparison();
    expect(":");
    const VerilogValue if_zero = read_comparison();
    if (problem_ || selector.width != 1 || if_one.width != if_zero.width) {
        return nothing("the parts of a choice have different widths");
    }
    return choose(as(selector, false), if_one, if_zero);
}

/// a < b ? a : b is the lesser one.
VerilogValue VerilogExpressions::choose(Wire selector, const VerilogValue& if_one, const VerilogValue& if_zero) {
    const int width = if_one.width;
    if (b_.circuit()[selector].kind == Less) {
        const std::array<Wire, 2> compared = {b_.circuit().operands(selector)[0], b_.circuit().operands(selector)[1]};
        const bool is_signed = b_.type(compared[0]).is_signed;
        const std::array chosen = {as(if_one, is_signed), as(if_zero, is_signed)};
        const FixedPointType type{is_signed, width, 0};
        if (chosen == compared || (chosen[0] == compared[1] && chosen[1] == compared[0])) {
            return {b_.append({.kind = chosen == compared ? Min : Max, .type = type, .operands = compared}), width};
        }
    }
    const bool is_signed = b_.type(if_one.wire).is_signed || b_.type(if_zero.wire).is_signed;
    const std::array operands = {selector, as(if_one, is_signed), as(if_zero, is_signed)};
    return {b_.append({.kind = Mux, .type = {is_signed, width, 0}, .operands = operands}), width};
}

VerilogValue VerilogExpressions::read_comparison() {
    const VerilogValue left = read_sum();
    const bool is_equality = words_.accept("=");
    if (is_equality) {
        expect("=");
    }
    const bool is_less = !is_equality && words_.accept("<");
    if (!is_equality && !is_less && !words_.accept(">")) {
        return left;
    }
    const VerilogValue right = read_sum();
    if (problem_ || left.width != right.width || left.says_signed != right.says_signed) {
        return nothing("a comparison of different types");
    }
    const std::array operands = {as(is_less || is_equality ? left : right, left.says_signed), as(is_less || is_equality ? right : left, left.says_signed)};
    return {b_.append({.kind = is_equality ? Equal : Less, .type = boolean_type, .operands = operands}), 1};
}

VerilogValue VerilogExpressions::read_sum() {
    VerilogValue value = read_product();
    while (!problem_) {
        const std::string_view symbol = words_.peek();
        if (symbol.size() != 1 || std::string_view("+-&|^").find(symbol[0]) == std::string_view::npos) {
            return value;
        }
        words_.take();
        value = combine(symbol, value, read_product());
        if (symbol != "+" && symbol != "-") {  // their rank does not matter where there is only one
            return value;
        }
    }
    return value;
}

VerilogValue VerilogExpressions::read_product() {
    const VerilogValue left = read_operand();
    if (problem_ || !words_.accept("*")) {
        return left;
    }
    const VerilogValue right = read_operand();
    if (problem_ || left.width != right.width) {
        return nothing("factors of different widths");
    }
    const Wire product = b_.align(b_.multiply(left.wire, right.wire), 0);
    return {b_.wrap(product, {b_.type(product).is_signed, left.width, 0}), left.width};
}

VerilogValue VerilogExpressions::combine(std::string_view symbol, const VerilogValue& a, const VerilogValue& b) {
    if (problem_ || a.width != b.width) {
        return nothing("operands of different widths");
    }
    const bool is_signed = b_.type(a.wire).is_signed || b_.type(b.wire).is_signed || symbol == "-";
    const PrimitiveKind kind = symbol == "+" ? Add : symbol == "-" ? Subtract : symbol == "&" ? And : symbol == "|" ? Or : Xor;
    const std::array operands = {as(a, is_signed), as(b, is_signed)};
    return {b_.append({.kind = kind, .type = {is_signed, a.width, 0}, .operands = operands}), a.width};
}

VerilogValue VerilogExpressions::read_operand() {
    if (++depth_ > max_depth) {
        return nothing("parentheses are nested too deep");
    }
    const std::string_view word = words_.take();
    VerilogValue value;
    if (word == "(" || word == "$signed") {
        if (word == "$signed") {
            expect("(");
        }
        value = read_choice();
        expect(")");
        value = word == "$signed" && !problem_ ? VerilogValue{as(value, true), value.width, true} : value;
    } else if (word == "{") {
        value = read_braces();
    } else if (word == "~" || word == "-") {
        const VerilogValue operand = read_operand();
        const bool is_signed = word == "-" || b_.type(operand.wire).is_signed;
        const std::array operands = {as(operand, is_signed)};
        value = {b_.append({.kind = word == "-" ? Negate : Not, .type = {is_signed, operand.width, 0}, .operands = operands}), operand.width};
    } else {
        value = read_named(word);
    }
    --depth_;
    return value;
}

/// A number, a name, some bits of one, or a call.
VerilogValue VerilogExpressions::read_named(std::string_view word) {
    if (const std::size_t mark = word.find("'h"); mark != std::string_view::npos) {
        int width = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + mark, width);
        const auto value = Integer::parse(fmt::format("0x{}", word.substr(mark + 2)));
        if (error != std::errc() || end != word.data() + mark || width < 1 || width > max_width || !value || value->bit_length() > width) {
            return nothing(fmt::format("'{}' is no number of its width", word.substr(0, 40)));
        }
        return literal(*value, width);
    }
    if (const auto function = scope_.functions.find(word); function != scope_.functions.end()) {
        return read_call(function->second);
    }
    const auto found = scope_.values.find(word);
    if (found == scope_.values.end()) {
        return nothing(fmt::format("'{}' is not declared before it is used", word.substr(0, 40)));
    }
    const VerilogValue& value = found->second;
    if (!words_.accept("[")) {
        return bits(value, value.width - 1, 0);
    }
    const int high = read_number(value.width - 1);
    const int low = words_.accept(":") ? read_number(high) : high;
    expect("]");
    return problem_ ? literal(0, 1) : bits(value, high, low);
}

VerilogValue VerilogExpressions::bits(const VerilogValue& value, int high, int low) {
    const int width = high - low + 1;
    const bool is_signed = b_.type(value.wire).is_signed;
    const auto without_low_bits = [&](int amount) {
        const std::array operands = {value.wire};
        const FixedPointType type{is_signed, value.width - amount, -amount};
        return amount == 0
                   ? value.wire
                   : b_.scale(b_.append({.kind = ShiftRight, .type = type, .operands = operands, .amount = static_cast<std::uint32_t>(amount)}), -amount);
    };
    if (high + 1 < value.width || !is_signed) {
        const Wire wider = without_low_bits(low);
        return {.wire = b_.wrap(wider, {false, width, 0}), .width = width, .says_signed = false, .sign = {}, .repeats = {}, .wider = wider};
    }
    return {.wire = without_low_bits(low), .width = width, .says_signed = false, .sign = without_low_bits(value.width - 1), .repeats = {}, .wider = {}};
}

VerilogValue VerilogExpressions::read_call(const VerilogFunction& function) {
    expect("(");
    const VerilogValue argument = read_choice();
    expect(")");
    if (problem_ || argument.width != function.argument_width) {
        return nothing("an argument of another width than the function's");
    }
    const Interval domain = b_.interval(argument.wire);
    if (domain.high - domain.low >= Integer::power_of_two(CircuitBuilder::max_table_bits)) {
        return nothing("the argument of a table can take too many values");
    }
    // x, which no entry is: where it can be reached, this is not the table that it should be.
    const Integer unknown = Integer::power_of_two(function.width);
    const Wire table = b_.table(argument.wire, 0, [&](const Integer& raw) {
        const auto entry = function.entries.find(raw.low_bits(argument.width));
        return entry == function.entries.end() ? unknown : prefers_signed_ ? entry->second.low_bits_signed(function.width) : entry->second;
    });
    return {b_.wrap(b_.align(table, 0), {prefers_signed_, function.width, 0}), function.width};
}

/// {a, b, ...} or {3{a}}.
VerilogValue VerilogExpressions::read_braces() {
    if (const std::string_view word = words_.peek(); !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos) {
        const int count = read_number(max_width);
        expect("{");
        const VerilogValue bit = read_operand();
        expect("}");
        expect("}");
        return problem_ || bit.width != 1 || count < 1 ? nothing("only single bits are repeated") : repeated(bit, count);
    }
    VerilogValue whole = read_choice();
    while (!problem_ && words_.accept(",")) {
        whole = joined(whole, read_choice());
    }
    expect("}");
    whole.says_signed = false;
    return whole;
}

/// Where the highest bit of the low part is repeated in front of it, that part is extended with its sign.
VerilogValue VerilogExpressions::joined(const VerilogValue& high, const VerilogValue& low) {
    const int width = high.width + low.width;
    if (problem_ || width > max_width) {
        return nothing(fmt::format("a value of more than {} bits", max_width));
    }
    if (high.repeats && low.sign == high.repeats) {
        return {b_.wrap(low.wire, {true, width, 0}), width};
    }
    const std::array operands = {high.wire, as(low, false)};
    return {b_.append({.kind = Concat, .type = {b_.type(high.wire).is_signed, width, 0}, .operands = operands}), width};
}

VerilogValue VerilogExpressions::repeated(const VerilogValue& bit, int count) {
    const Wire sign = as(bit, true);
    return {.wire = b_.wrap(sign, {true, count, 0}), .width = count, .says_signed = false, .sign = {}, .repeats = sign, .wider = {}};
}

}  // namespace lutra
