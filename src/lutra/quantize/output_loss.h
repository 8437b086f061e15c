#pragma once

/// How much worse the outputs of a quantised model are than those of the float model.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lutra/ir/graph.h"
#include "lutra/quantize/batch.h"

namespace lutra {

/// What an output means.
enum class OutputKind {
    Probabilities,  ///< of a softmax: the largest one decides
    Scores,         ///< read by an argmax, or labels are given: the largest one decides, and a softmax of them is a probability
    Probability,    ///< of a sigmoid: 1/2 decides
    Score,          ///< one value, with labels: its sign decides, and a sigmoid of it is a probability
    Values,         ///< anything else
};

/// Where a graph is compared with another: at its first output, or at what an argmax there reads, which says more than the index.
struct ComparedOutput {
    NodeId node;
    OutputKind kind = OutputKind::Values;
};
ComparedOutput compared_output(const Graph& graph, bool has_labels);

/// Comparison of outputs with those of the float model.
struct OutputLoss {
    /// The accuracy that is expected to be lost: over the events that are decided differently, the float model's own probability of its decision
    /// minus that of the other one. It never gains by luck, as counting labels does, so few events say much. Where nothing is decided: the relative
    /// error.
    double expected_loss = 0;
    double uncertainty = 0;                ///< of expected_loss, from the finite number of events: standard deviation, and a little for events never seen
    double relative_error = 0;             ///< root mean square of the difference, over the standard deviation of the float outputs
    bool keeps_scores = true;              ///< false when probabilities, which leave the model, have a relative error above 0.15
    double agreement = 1;                  ///< part of the events that are decided alike; 1 where nothing is decided
    std::optional<double> float_accuracy;  ///< with labels
    std::optional<double> accuracy;        ///< with labels
};

/// Compares two batches of an output.
OutputLoss compare_outputs(OutputKind kind, const Batch& expected, const Batch& actual, std::span<const std::int64_t> labels, std::size_t num_events);

/// True when the loss is within the budget: the expected one with its uncertainty, and the counted one as far as counting can tell (two standard
/// deviations). Probabilities must be kept, too, so that a search for decisions does not leave them a bit or two.
bool is_within_budget(const OutputLoss& loss, double budget, std::size_t num_events);

}  // namespace lutra
