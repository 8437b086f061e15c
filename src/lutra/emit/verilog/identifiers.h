#pragma once

/// Names in Verilog made from names that people gave to layers and tensors.

#include <set>
#include <string>
#include <string_view>

namespace lutra::verilog {

/// A legal identifier close to `name`, at most 40 characters: runs of other characters become one underscore, a leading digit gets an 'n' in
/// front. Not yet checked against keywords. `if_empty` is used when nothing is left.
std::string sanitized(std::string_view name, std::string_view if_empty);

/// True for words that Verilog-2005 or SystemVerilog-2017 reserve.
bool is_keyword(std::string_view word);

/// The text for a comment: printable ASCII of at most 100 characters, without backslashes and backquotes.
std::string comment_text(std::string_view text);

/// Hands out identifiers of one scope, each once.
class NameTable {
public:
    /// The identifier, with underscores appended until it is neither a keyword nor taken.
    std::string take(std::string identifier);
    bool is_taken(std::string_view identifier) const { return taken_.contains(identifier); }
    const std::set<std::string, std::less<>>& taken() const { return taken_; }

private:
    std::set<std::string, std::less<>> taken_;
};

}  // namespace lutra::verilog
