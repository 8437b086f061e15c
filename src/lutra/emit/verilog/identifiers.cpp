#include "lutra/emit/verilog/identifiers.h"

#include <algorithm>
#include <array>

namespace lutra::verilog {

namespace {

// IEEE 1800-2017, annex B, which includes the words of IEEE 1364-2005. In alphabetical order.
// clang-format off: many words on a line
constexpr auto keywords = std::to_array<std::string_view>({
    "accept_on", "alias", "always", "always_comb", "always_ff", "always_latch", "and", "assert", "assign", "assume", "automatic", "before",
    "begin", "bind", "bins", "binsof", "bit", "break", "buf", "bufif0", "bufif1", "byte", "case", "casex", "casez", "cell", "chandle", "checker",
    "class", "clocking", "cmos", "config", "const", "constraint", "context", "continue", "cover", "covergroup", "coverpoint", "cross", "deassign",
    "default", "defparam", "design", "disable", "dist", "do", "edge", "else", "end", "endcase", "endchecker", "endclass", "endclocking",
    "endconfig", "endfunction", "endgenerate", "endgroup", "endinterface", "endmodule", "endpackage", "endprimitive", "endprogram", "endproperty",
    "endsequence", "endspecify", "endtable", "endtask", "enum", "event", "eventually", "expect", "export", "extends", "extern", "final",
    "first_match", "for", "force", "foreach", "forever", "fork", "forkjoin", "function", "generate", "genvar", "global", "highz0", "highz1", "if",
    "iff", "ifnone", "ignore_bins", "illegal_bins", "implements", "implies", "import", "incdir", "include", "initial", "inout", "input", "inside",
    "instance", "int", "integer", "interconnect", "interface", "intersect", "join", "join_any", "join_none", "large", "let", "liblist", "library",
    "local", "localparam", "logic", "longint", "macromodule", "matches", "medium", "modport", "module", "nand", "negedge", "nettype", "new",
    "nexttime", "nmos", "nor", "noshowcancelled", "not", "notif0", "notif1", "null", "or", "output", "package", "packed", "parameter", "pmos",
    "posedge", "primitive", "priority", "program", "property", "protected", "pull0", "pull1", "pulldown", "pullup", "pulsestyle_ondetect",
    "pulsestyle_onevent", "pure", "rand", "randc", "randcase", "randsequence", "rcmos", "real", "realtime", "ref", "reg", "reject_on", "release",
    "repeat", "restrict", "return", "rnmos", "rpmos", "rtran", "rtranif0", "rtranif1", "s_always", "s_eventually", "s_nexttime", "s_until",
    "s_until_with", "scalared", "sequence", "shortint", "shortreal", "showcancelled", "signed", "small", "soft", "solve", "specify", "specparam",
    "static", "string", "strong", "strong0", "strong1", "struct", "super", "supply0", "supply1", "sync_accept_on", "sync_reject_on", "table",
    "tagged", "task", "this", "throughout", "time", "timeprecision", "timeunit", "tran", "tranif0", "tranif1", "tri", "tri0", "tri1", "triand",
    "trior", "trireg", "type", "typedef", "union", "unique", "unique0", "unsigned", "until", "until_with", "untyped", "use", "uwire", "var",
    "vectored", "virtual", "void", "wait", "wait_order", "wand", "weak", "weak0", "weak1", "while", "wildcard", "wire", "with", "within", "wor",
    "xnor", "xor"});
// clang-format on
static_assert(std::ranges::is_sorted(keywords));

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string sanitized(std::string_view name, std::string_view if_empty) {
    constexpr std::size_t longest = 40;
    std::string result;
    for (const char c : name) {
        const bool is_plain = is_letter(c) || is_digit(c);
        if (is_plain) {
            result += c;
        } else if (!result.empty() && result.back() != '_') {
            result += '_';
        }
        if (result.size() == longest) {
            break;
        }
    }
    while (!result.empty() && result.back() == '_') {
        result.pop_back();
    }
    if (result.empty()) {
        return std::string(if_empty);
    }
    return is_digit(result[0]) ? "n" + result : result;
}

bool is_keyword(std::string_view word) { return std::ranges::binary_search(keywords, word); }

std::string comment_text(std::string_view text) {
    constexpr std::size_t longest = 100;
    std::string result(text.substr(0, longest));
    for (char& c : result) {
        if (c < ' ' || c > '~' || c == '\\' || c == '`') {
            c = '?';
        }
    }
    return result;
}

std::string NameTable::take(std::string identifier) {
    while (is_keyword(identifier) || taken_.contains(identifier)) {
        identifier += '_';
    }
    taken_.insert(identifier);
    return identifier;
}

}  // namespace lutra::verilog
