#include "lutra/compile/accuracy.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace lutra {

namespace {

/// Area under the ROC curve of one score against a truth.
double area_under_curve(std::span<const double> score, const std::vector<bool>& is_signal) {
    std::vector<std::size_t> order(score.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return score[i]; });
    double pairs_won = 0;
    double num_background = 0;
    double num_signal = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double tied_signal = 0;
        while (end < order.size() && score[order[end]] == score[order[begin]]) {
            tied_signal += is_signal[order[end]] ? 1 : 0;
            ++end;
        }
        const double tied_background = static_cast<double>(end - begin) - tied_signal;
        pairs_won += tied_signal * (num_background + tied_background / 2);
        num_background += tied_background;
        num_signal += tied_signal;
        begin = end;
    }
    return num_signal > 0 && num_background > 0 ? pairs_won / (num_signal * num_background) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::optional<Accuracy> measure_accuracy(std::span<const double> scores, std::size_t num_outputs, std::span<const std::int64_t> labels,
                                         std::span<const int> class_order) {
    std::vector<int> order(class_order.begin(), class_order.end());
    if (order.empty()) {
        order.resize(num_outputs);
        std::iota(order.begin(), order.end(), 0);
    }
    const auto num_labels = static_cast<std::int64_t>(order.size());
    const bool has_output = num_outputs == 1 || std::ranges::all_of(labels, [&](std::int64_t label) { return label >= 0 && label < num_labels; });
    if (!has_output || std::ranges::any_of(order, [&](int output) { return output < 0 || output >= static_cast<int>(num_outputs); })) {
        return std::nullopt;
    }
    Accuracy result{labels.size(), 0, {}};
    std::size_t num_right = 0;
    for (std::size_t event = 0; event < labels.size(); ++event) {
        const auto row = scores.subspan(event * num_outputs, num_outputs);
        if (num_outputs == 1) {
            num_right += row[0] == static_cast<double>(labels[event]) ? 1 : 0;
        } else {
            const auto best = std::ranges::max_element(row) - row.begin();
            num_right += best == order[static_cast<std::size_t>(labels[event])] ? 1 : 0;
        }
    }
    result.accuracy = labels.empty() ? 0 : static_cast<double>(num_right) / static_cast<double>(labels.size());
    for (std::size_t k = 0; num_outputs > 1 && k < order.size(); ++k) {
        std::vector<double> score;
        std::vector<bool> is_signal;
        for (std::size_t event = 0; event < labels.size(); ++event) {
            score.push_back(scores[event * num_outputs + static_cast<std::size_t>(order[k])]);
            is_signal.push_back(labels[event] == static_cast<std::int64_t>(k));
        }
        result.auc_of_class.push_back(area_under_curve(score, is_signal));
    }
    return result;
}

}  // namespace lutra
