#pragma once

/// The last part of the search: cheaper types that the events of the search and those held back both find good enough.

#include <optional>
#include <set>

#include "lutra/quantize/bit_search.h"

namespace lutra {

/// Improves what BitSearch found on its own events until the work is used up.
class BitPolish {
public:
    /// All must outlive this. `budget` is the largest loss, on either set of events.
    BitPolish(const PrecisionPlan& plan, BitSearch& search, CandidateEvaluator& held_back, double budget)
        : plan_(plan), search_(search), held_back_(held_back), cost_(plan), budget_(budget) {}

    /// Adds bits where a look-up table takes away most loss until both sets are content; nothing when even the generous types are not good enough.
    std::optional<Assignment> repair(Assignment at);
    /// Bits less, exchanges of a bit and pairs of bits less, those first that save most for the error they are expected to cause, until none of them is
    /// within the budget or the evaluators have done `most_work` in all.
    Assignment polish(Assignment at, double most_work);
    /// What the evaluators have done.
    double work() const { return search_.work() + held_back_.work(); }

private:
    struct Verdict {
        bool is_good = false;
        double loss = 0;  ///< the larger one of the two sets, with its uncertainty
    };
    Verdict judge(const Assignment& assignment);
    /// The same without evaluating the events held back where those of the search are not content.
    bool is_good(const Assignment& assignment);
    /// True when both are within the budget, and no more labels than that are lost on all events together.
    bool are_content(const OutputLoss& search, const OutputLoss& held_back) const;
    std::vector<Assignment> cheaper_neighbours(const Assignment& at);

    const PrecisionPlan& plan_;
    BitSearch& search_;
    CandidateEvaluator& held_back_;
    PrecisionCost cost_;
    double budget_;
    std::set<Assignment> tried_{};  ///< by `polish`, which does not try them again when it goes on
};

}  // namespace lutra
