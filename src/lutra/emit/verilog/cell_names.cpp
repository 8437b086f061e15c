#include "lutra/emit/verilog/cell_names.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra::verilog {

namespace {

/// Whether a name ends in a number, or would without its last underscores.
bool ends_in_number(std::string_view name) {
    const std::size_t last = name.find_last_not_of('_');
    return last != std::string_view::npos && name[last] >= '0' && name[last] <= '9';
}

}  // namespace

CellNames::CellNames(const CellNetlist& netlist, const std::vector<PortLayout>& layouts, const NameTable& scope)
    : netlist_(netlist), layouts_(layouts), scope_(scope), may_clash_(std::ranges::any_of(scope.taken(), ends_in_number)), sources_(netlist.num_nets) {
    for (const std::string& origin : netlist.origins) {
        prefixes_.push_back(sanitized(origin, "net"));
    }
    sources_[1].number = 1;
    std::size_t next = 0;
    for (std::size_t port = 0; port < layouts.size(); ++port) {
        for (std::int64_t i = 0; layouts[port].is_input && i < layouts[port].width; ++i) {
            set_source(netlist.inputs[next++], Kind::Input, port, static_cast<std::size_t>(i));
        }
    }
    for (std::size_t i = 0; i < netlist.chains.size(); ++i) {
        const std::vector<CarryCell>& cells = netlist.chains[i].cells;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            set_source(cells[c].sum, Kind::ChainSum, i, c);
            set_source(cells[c].second_output, Kind::ChainCarry, i, c);
        }
    }
    for (std::size_t i = 0; i < netlist.luts.size(); ++i) {
        set_source(netlist.luts[i].output, Kind::Lut, i);
        set_source(netlist.luts[i].second_output, Kind::SecondLut, i);
    }
    for (std::size_t i = 0; i < netlist.muxes.size(); ++i) {
        set_source(netlist.muxes[i].output, Kind::Mux, i);
    }
    for (std::size_t i = 0; i < netlist.registers.size(); ++i) {
        set_source(netlist.registers[i].output, Kind::Register, i);
    }
}

void CellNames::set_source(Net net, Kind kind, std::size_t number, std::size_t place) {
    if (net != no_net) {
        Source& source = sources_[net];
        source.number = static_cast<std::uint32_t>(number);
        source.kind = kind;
        source.place = static_cast<std::uint32_t>(place);
    }
}

void CellNames::end_name(TextBuffer& text, std::size_t begin) const {
    while (may_clash_ && scope_.is_taken(text.from(begin))) {
        text << '_';
    }
}

void CellNames::append(TextBuffer& text, const LocalName& local) const {
    const std::size_t begin = text.size();
    text << local.word << '_' << local.number;
    if (local.place) {
        text << '_' << *local.place;
    }
    end_name(text, begin);
}

void CellNames::append(TextBuffer& text, const PinName& pin) const {
    if (const Net* net = std::get_if<Net>(&pin)) {
        append_net(text, *net);
    } else {
        append(text, std::get<LocalName>(pin));
    }
}

void CellNames::append_wire(TextBuffer& text, std::uint32_t origin, std::string_view word, std::size_t number, std::optional<std::size_t> place) const {
    const std::size_t begin = text.size();
    text << prefixes_[origin] << word << number;
    if (place) {
        text << "_carry" << *place;
    }
    end_name(text, begin);
}

void CellNames::append_chain(TextBuffer& text, std::size_t number) const { append_wire(text, netlist_.chains[number].origin, "_row", number); }

void CellNames::append_net(TextBuffer& text, Net net) const {
    const Source& source = sources_[net];
    const std::size_t number = source.number;
    switch (source.kind) {
        case Kind::Constant: text << (number == 0 ? "1'b0" : "1'b1"); return;
        case Kind::Input: text << layouts_[number].verilog_name << '[' << std::uint64_t{source.place} << ']'; return;
        case Kind::ChainSum:
            append_chain(text, number);
            if (netlist_.chains[number].cells.size() > 1) {
                text << '[' << std::uint64_t{source.place} << ']';
            }
            return;
        case Kind::ChainCarry: append_wire(text, netlist_.chains[number].origin, "_row", number, source.place); return;
        case Kind::Lut: append_wire(text, netlist_.luts[number].origin, "_lut", number); return;
        case Kind::SecondLut: append_wire(text, netlist_.luts[number].origin, "_lut_low", number); return;
        case Kind::Mux: append_wire(text, netlist_.muxes[number].origin, "_mux", number); return;
        case Kind::Register: append_wire(text, netlist_.registers[number].origin, "_reg", number); return;
    }
    LUTRA_UNREACHABLE("kind of a net's source");
}

}  // namespace lutra::verilog
