#include "lutra/prove/guesses.h"

#include <algorithm>
#include <map>

#include "lutra/circuit/random_circuit.h"

namespace lutra {

namespace {

constexpr std::size_t lanes = 64;

/// Bits of all input elements, `num_words` words for each bit.
std::vector<std::uint64_t> transpose(const Circuit& circuit, const std::vector<Integer>& events, std::size_t num_words) {
    std::vector<std::uint64_t> bits;
    const std::vector<Wire> wires = flat_wires(circuit.inputs());
    for (std::size_t i = 0; i < wires.size(); ++i) {
        const auto width = static_cast<std::size_t>(circuit.type(wires[i]).width);
        const std::size_t first = bits.size();
        bits.resize(first + width * num_words, 0);
        for (std::size_t event = 0; event < num_words * lanes; ++event) {
            const Integer& value = events[event * wires.size() + i];
            for (std::size_t b = 0; b < width; ++b) {
                bits[first + b * num_words + event / lanes] |= std::uint64_t{value.bit(static_cast<int>(b))} << event % lanes;
            }
        }
    }
    return bits;
}

}  // namespace

Guesses::Guesses(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, std::size_t num_words)
    : spec_(spec),
      netlist_(netlist),
      num_words_(num_words),
      events_(random_inputs(circuit, num_words * lanes, 1)),
      inputs_per_event_(flat_wires(circuit.inputs()).size()) {
    const std::vector<std::uint64_t> inputs = transpose(circuit, events_, num_words);
    node_values_ = spec.evaluate(inputs, num_words);
    net_values_ = evaluate_nets(netlist, inputs, num_words);
    nets_by_value_.reserve(netlist.nets.size());
    const auto note = [&](Net net) { nets_by_value_.push_back({hash_of(&net_values_[net * num_words]), net}); };
    for (const Net net : netlist.order) {
        if (netlist.nets[net].kind == NetSource::Kind::ChainSum) {
            for (const FlatColumn& column : netlist.chains[netlist.nets[net].chain].columns) {
                note(column.sum);
            }
        } else if (netlist.nets[net].kind != NetSource::Kind::Constant) {
            note(net);
        }
    }
    std::ranges::stable_sort(nets_by_value_, {}, &NetOfValue::hash);
}

std::uint64_t Guesses::hash_of(const std::uint64_t* words) const {
    const bool is_inverted = (words[0] & 1) != 0;
    std::uint64_t hash = 0;
    for (std::size_t w = 0; w < num_words_; ++w) {
        hash = (hash ^ (is_inverted ? ~words[w] : words[w])) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 29;
    }
    return hash;
}

bool Guesses::is_like(Net net, Bit bit) const {
    const std::uint64_t flip = bit.is_inverted() ? ~std::uint64_t{0} : 0;
    const std::uint64_t* node = &node_values_[bit.node() * num_words_];
    return std::equal(node, node + num_words_, &net_values_[net * num_words_], [&](std::uint64_t a, std::uint64_t b) { return (a ^ flip) == b; });
}

std::vector<Net> Guesses::nets_like(Bit bit) const {
    std::vector<Net> nets;
    for (const auto& [hash, net] : std::ranges::equal_range(nets_by_value_, hash_of(&node_values_[bit.node() * num_words_]), {}, &NetOfValue::hash)) {
        if (is_like(net, bit)) {
            nets.push_back(net);
        }
    }
    return nets;
}

std::vector<Guesses::ChainPlace> Guesses::chains_of_sum(const SpecSum& sum, const BitWord& word) const {
    std::map<std::pair<std::uint32_t, int>, int> bits_like;
    for (int b = sum.low; b < sum.low + sum.num_bits; ++b) {
        for (const Net net : nets_like(word[static_cast<std::size_t>(b)])) {
            if (const NetSource& source = netlist_.nets[net]; source.kind == NetSource::Kind::ChainSum) {
                ++bits_like[{source.chain, b - static_cast<int>(source.place)}];
            }
        }
    }
    std::vector<std::pair<int, ChainPlace>> found;
    for (const auto& [place, count] : bits_like) {
        const auto [chain, offset] = place;
        const std::vector<FlatColumn>& columns = netlist_.chains[chain].columns;
        bool is_like_all = offset >= 0;
        for (int c = 0; is_like_all && c < static_cast<int>(columns.size()) && offset + c < sum.width; ++c) {
            is_like_all = is_like(columns[static_cast<std::size_t>(c)].sum, word[static_cast<std::size_t>(offset + c)]);
        }
        if (is_like_all) {
            found.push_back({count, {chain, offset}});
        }
    }
    std::ranges::stable_sort(found, std::greater(), [](const auto& entry) { return entry.first; });
    std::vector<ChainPlace> places;
    std::ranges::transform(found, std::back_inserter(places), [](const auto& entry) { return entry.second; });
    return places;
}

std::optional<Guesses::Difference> Guesses::find_difference() const {
    for (std::size_t o = 0; o < spec_.outputs().size(); ++o) {
        const Bit bit = spec_.outputs()[o];
        const std::uint64_t flip = bit.is_inverted() ? ~std::uint64_t{0} : 0;
        for (std::size_t w = 0; w < num_words_; ++w) {
            const std::uint64_t different = node_values_[bit.node() * num_words_ + w] ^ flip ^ net_values_[netlist_.outputs[o] * num_words_ + w];
            if (different != 0) {
                return Difference{w * lanes + static_cast<std::size_t>(std::countr_zero(different)), o};
            }
        }
    }
    return std::nullopt;
}

std::span<const Integer> Guesses::event(std::size_t number) const { return std::span(events_).subspan(number * inputs_per_event_, inputs_per_event_); }

}  // namespace lutra
