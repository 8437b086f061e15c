#pragma once

/// Types for a float model, chosen on data: the cheapest that keep the accuracy.

#include <string>
#include <vector>

#include "lutra/base/progress.h"
#include "lutra/quantize/bit_search.h"
#include "lutra/quantize/calibrate.h"
#include "lutra/quantize/layer_table.h"
#include "lutra/quantize/output_loss.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// How types are chosen.
struct AutoPrecisionOptions {
    double accuracy_budget = 0.002;  ///< the largest loss, as OutputLoss::expected_loss counts it
    int num_threads = 0;
    Progress progress;
};

/// Chosen types and how good they are.
struct AutoPrecision {
    PrecisionSpec spec;                  ///< without `auto`: give it to apply_precision
    std::vector<LayerPrecision> layers;  ///< errors over the events that were held back
    double cost = 0;                     ///< estimated look-up tables
    OutputLoss search;                   ///< on the events that the types were chosen on
    OutputLoss held_back;                ///< on the events that were held back
    std::size_t num_search_events = 0;
    std::size_t num_held_back_events = 0;
    std::size_t num_evaluations = 0;
    std::vector<FrontPoint> front;  ///< what the search saw between cost and loss, cheapest last
    Diagnostics warnings;           ///< AccuracyBudgetMissed, when no types met the budget
};

/// Chooses a type for every variable that `request` leaves to `auto`.
///
/// Each fourth event is held back (each second one of less than 4,000). Ranges come from the others; from generous types, the search measures what each bit
/// less does to the output, follows the path on which a look-up table saved costs the least error, and takes the last point of it within the budget. Bits are
/// added until the held-back events agree; then single bits, exchanges and pairs of bits are tried until a fixed amount of work is done. The same data give the
/// same types.
Results<AutoPrecision> choose_precision(const Graph& graph, const PrecisionSpec& request, const CalibrationData& data,
                                        const AutoPrecisionOptions& options = {});

/// The table and what was reached, as lines for people.
std::vector<std::string> to_lines(const AutoPrecision& chosen);

}  // namespace lutra
