#pragma once

/// Proves that a net equals a bit of the specification over all values of the cut points in front of both: by trying all of them, or by SAT.

#include <span>
#include <vector>

#include "lutra/prove/correspondence.h"

namespace lutra {

/// A word whose bits are leaves or nodes of a region, and what is proved of its value.
struct BoundedWord {
    BitWord bits;
    bool is_signed = false;
    Interval interval;
};

/// The part of both sides between cut points and one pair of bits.
struct Region {
    std::vector<std::uint32_t> leaves;  ///< nodes of the specification that are taken for variables
    std::vector<std::uint32_t> nodes;   ///< those of the specification in between, in order
    std::vector<Net> nets;              ///< those of the netlist, in order
    std::vector<BoundedWord> words;     ///< those that have a bit among the leaves and all of them in the region
    bool has_sums = false;              ///< sums or chains are in it: too hard for trying
};

/// How a region was decided.
struct RegionVerdict {
    enum class Kind {
        Tried,      ///< equal for all values of the leaves that can occur
        Satisfied,  ///< SAT found values of the leaves for which they differ
        Refuted,    ///< the same, by trying
        Proved,     ///< equal, by SAT
        GaveUp,     ///< beyond the limit
    };
    Kind kind = Kind::GaveUp;
    std::vector<bool> leaf_values;  ///< Satisfied, Refuted: per leaf

    bool is_equal() const { return kind == Kind::Tried || kind == Kind::Proved; }
};

/// How far back a region goes.
enum class RegionDepth {
    CutPoints,  ///< to the next cut points, as if their values were independent
    Sums,       ///< through choices and tables: cut points of one table depend on each other, and nets may make use of that
    Inputs,     ///< so that every value of the leaves can occur
};

class RegionCheck {
public:
    RegionCheck(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved);

    /// The region behind a net and a bit; only a part of it when it stops at the first sum.
    Region collect(Bit bit, Net net, RegionDepth depth, bool stops_at_sums = false);
    RegionVerdict decide(const Region& region, Bit bit, Net net, int max_conflicts);

    /// Regions of so many leaves are tried.
    static constexpr std::size_t max_tried_leaves = 12;

private:
    class Clauses;

    RegionVerdict try_all(const Region& region, Bit bit, Net net);
    /// 64 assignments of the leaves at a time, of which `can_occur` keeps those that the proved intervals allow.
    std::uint64_t can_occur(const Region& region);
    std::vector<bool> assignment(const Region& region, int lane) const;
    std::vector<Wire> whole_wires(const Region& region) const;

    const Circuit& circuit_;
    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    std::vector<std::uint32_t> node_mark_;
    std::vector<std::uint32_t> net_mark_;
    std::uint32_t mark_ = 0;
    std::vector<std::uint64_t> node_values_;
    std::vector<std::uint64_t> net_values_;
};

}  // namespace lutra
