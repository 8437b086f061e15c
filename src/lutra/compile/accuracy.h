#pragma once

/// How well outputs agree with labels.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lutra {

/// Accuracy, and how well the score of each class separates it from all others.
struct Accuracy {
    std::size_t num_events = 0;
    double accuracy = 0;               ///< fraction of events whose best class is the label
    std::vector<double> auc_of_class;  ///< area under the ROC curve, one class against the rest; empty when there is one output only; NaN for a class without
                                       ///< events or with all of them
};

/// Compares scores (event-major, `num_outputs` each) with labels. `class_order[k]` is the output that holds the score of label k; empty: output k.
/// The lowest output wins ties. With one output the output itself is the class. AUC: Mann-Whitney U with half counts for ties
/// (Hanley and McNeil 1982). Nothing when a label has no output.
std::optional<Accuracy> measure_accuracy(std::span<const double> scores, std::size_t num_outputs, std::span<const std::int64_t> labels,
                                         std::span<const int> class_order);

}  // namespace lutra
