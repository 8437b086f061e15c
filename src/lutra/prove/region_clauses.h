#pragma once

/// A region as clauses for the SAT solver.

#include "lutra/prove/region_check.h"

namespace lutra {

/// Decides whether the net and the bit can differ. Sums are written out as adders, so that it can find inputs for which a wrong one differs; regions that
/// end at cut points leave out which values of them occur together.
RegionVerdict decide_by_sat(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, const Region& region, Bit bit, Net net,
                            int max_conflicts);

}  // namespace lutra
