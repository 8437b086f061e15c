#pragma once

/// Bits of the specification and of the netlist as functions of a few cut points, known by all their values.

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "lutra/prove/correspondence.h"

namespace lutra {

/// The cut points that a bit depends on: nodes of the specification, ascending.
using Support = std::vector<std::uint32_t>;

/// The place of a cut point in the word that it belongs to; cut points of one word can be correlated.
struct WordPlace {
    std::uint32_t word = 0;  ///< an index of LocalFunctions::words
    std::uint32_t place = 0;
};

/// A word of cut points, lowest bit first, with what is proved of its value.
struct CutWord {
    std::uint32_t num_bits = 1;
    bool is_signed = false;
    Interval interval = {0, 1};
    Support low_bits = {};  ///< bits of earlier words with which the word begins, ascending
};

class LocalFunctions {
public:
    /// Functions of more cut points are not local.
    static constexpr std::size_t max_support = 12;

    /// All of them must outlive this; what is proved may grow.
    LocalFunctions(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved);

    /// Inputs, bits of sums that have a net, and choices of many cut points that have a net.
    bool is_cut_point(std::uint32_t node);
    /// Nothing when there are more than max_support, or when what lies in front is not proved yet. Sums that have no net are functions like others.
    const Support* support_of_node(std::uint32_t node);
    const Support* support_of_net(Net net);
    /// Whether the net is a function of bits of chains that are not known: those come before what they are functions of.
    bool reads_open_chains(Net net);
    static Support join(const Support& a, const Support& b);
    /// Whether all cut points belong to one word, with those that it begins with.
    bool is_of_one_word(const Support& support) const;

    WordPlace place_of(std::uint32_t cut_point) const { return places_[cut_point]; }
    const CutWord& word(std::uint32_t index) const { return words_[index]; }

    /// A set of cut points whose assignments are all looked at: assignment a gives bit i of a to the i-th. It holds all of `support`.
    std::uint32_t domain_of(const Support& support);
    const Support& cut_points(std::uint32_t domain) const { return domains_[domain].cut_points; }
    /// One bit per assignment, 64 in a word; those of a domain of fewer repeat.
    const std::vector<std::uint64_t>& values_of_node(std::uint32_t domain, std::uint32_t node);
    const std::vector<std::uint64_t>& values_of_net(std::uint32_t domain, Net net);
    /// False for an assignment that the proved intervals exclude.
    bool can_occur(std::uint32_t domain, std::uint64_t assignment);
    /// Whether both are functions of a few cut points, and equal for all their values that can occur.
    bool are_equal(Bit bit, Net net);

private:
    struct Domain {
        Support cut_points;
        std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> of_node;
        std::unordered_map<Net, std::vector<std::uint64_t>> of_net;
        std::vector<bool> occurs = {};  ///< per assignment, once that was asked for
    };
    /// What was found of a support: it stays when it was, and until more is proved when it was not.
    struct KnownSupport {
        std::uint64_t stamp = 0;
        bool is_found = false;
        bool reads_open_chains = false;
        Support support;
    };

    std::vector<bool> possible_assignments(const Support& cut_points) const;
    void exclude_assignments(const Support& cut_points, std::uint32_t word, std::vector<bool>& occurs) const;
    bool is_upper_part(const Support& cut_points) const;
    bool is_within(std::uint32_t domain, std::uint32_t node);
    void find_words(const Circuit& circuit);
    bool join_into(Support& support, const Support* added) const;
    bool collect(const SpecNode& node, Support& support);
    bool collect(const NetSource& source, Support& support);
    /// Words of the values of a function.
    std::size_t num_words(std::uint32_t domain) const;
    /// The values of the cut point at this place.
    std::vector<std::uint64_t> pattern(std::uint32_t domain, std::size_t place) const;
    std::vector<std::uint64_t> values_of_chain(std::uint32_t domain, const FlatChain& chain, std::size_t place);
    void evaluate_sum(std::uint32_t domain, const SpecSum& sum);

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    std::vector<WordPlace> places_;
    std::vector<CutWord> words_;
    std::vector<KnownSupport> of_node_;
    std::vector<KnownSupport> of_net_;
    std::vector<Domain> domains_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> domains_with_;  ///< per cut point
};

}  // namespace lutra
