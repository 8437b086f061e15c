#pragma once

/// Names of the nets and instances of a netlist, made whenever they are printed: as texts they would take more memory than the netlist.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/text_buffer.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra::verilog {

/// An instance, or a wire that belongs to it: `lut_12`, `s_3_4`.
struct LocalName {
    std::string_view word;
    std::size_t number = 0;
    std::optional<std::size_t> place = {};
};

/// What can stand at a pin.
using PinName = std::variant<Net, LocalName>;

/// Prints names.
///
/// All names of a netlist differ: local ones end in a number behind an underscore; the last word of a net's name starts with a letter, and its number is that
/// of one cell. Keywords look like neither. So only ports, which users name, can be called like one of them; it then gets underscores at its end until it
/// differs.
class CellNames {
public:
    /// `scope` holds the names of the module and its ports; `layouts` are those of the ports.
    CellNames(const CellNetlist& netlist, const std::vector<PortLayout>& layouts, const NameTable& scope);

    void append(TextBuffer& text, const LocalName& local) const;
    void append(TextBuffer& text, const PinName& pin) const;
    /// A constant, a bit of an input, a bit of a chain, or the wire of another cell's output.
    void append_net(TextBuffer& text, Net net) const;
    /// The wire that holds the sums of a chain.
    void append_chain(TextBuffer& text, std::size_t number) const;

private:
    enum class Kind : std::uint32_t { Constant, Input, ChainSum, ChainCarry, Lut, SecondLut, Mux, Register };
    /// What drives a net.
    struct Source {
        std::uint32_t number = 0;  ///< of the cell or the port; the value of a constant
        Kind kind : 3 = Kind::Constant;
        std::uint32_t place : 29 = 0;  ///< in the chain or the port
    };

    void set_source(Net net, Kind kind, std::size_t number, std::size_t place = 0);
    void append_wire(TextBuffer& text, std::uint32_t origin, std::string_view word, std::size_t number, std::optional<std::size_t> place = {}) const;
    /// Makes the name in the buffer that begins at `begin` differ from those of ports.
    void end_name(TextBuffer& text, std::size_t begin) const;

    const CellNetlist& netlist_;
    const std::vector<PortLayout>& layouts_;
    const NameTable& scope_;
    bool may_clash_ = false;             ///< a port's name ends in a number
    std::vector<std::string> prefixes_;  ///< per origin
    std::vector<Source> sources_;        ///< per net
};

}  // namespace lutra::verilog
