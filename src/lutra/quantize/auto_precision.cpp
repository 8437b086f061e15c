#include "lutra/quantize/auto_precision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/batch.h"
#include "lutra/quantize/bit_polish.h"

namespace lutra {

namespace {

/// Of few events each second one is held back, of many each fourth.
std::size_t held_back_step(std::size_t num_events) { return num_events < 4000 ? 2 : 4; }

/// Multiplications that one event costs, to bound the time and the memory of a search.
double work_per_event(const Graph& graph) {
    double work = 0;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        work += work_per_event(graph, {i});
    }
    return work;
}

/// Indices of events: evenly spread ones out of those that are held back, or of the others.
std::vector<std::size_t> choose_events(std::size_t num_events, bool is_held_back, std::size_t most_events) {
    std::vector<std::size_t> all;
    const std::size_t step = held_back_step(num_events);
    for (std::size_t i = 0; i < num_events; ++i) {
        if ((i % step == step - 1) == is_held_back || num_events == 1) {
            all.push_back(i);
        }
    }
    const std::size_t count = std::min(all.size(), most_events);
    std::vector<std::size_t> chosen;
    for (std::size_t k = 0; k < count; ++k) {
        chosen.push_back(all[k * all.size() / count]);
    }
    return chosen;
}

/// One run of choose_precision.
class Choice {
public:
    Choice(const Graph& graph, const PrecisionSpec& request, const CalibrationData& data, const AutoPrecisionOptions& options)
        : graph_(graph), request_(request), data_(data), options_(options) {}

    Results<AutoPrecision> run() {
        LUTRA_TRY(const Graph prepared, prepare_graph(graph_, request_));
        LUTRA_TRY(const PrecisionLookup lookup, PrecisionLookup::create(prepared, request_));
        LUTRA_TRY(Graph given, apply_given_types(prepared, lookup));
        constexpr double most_work = 1.2e7;
        constexpr std::size_t times_held_back = 4;
        const auto most_events = static_cast<std::size_t>(std::max(most_work / std::max(work_per_event(prepared), 1.0), 64.0));
        EventBatch search = select_events(data_, choose_events(data_.num_events(), false, most_events));
        const auto held_back_events = choose_events(data_.num_events(), true, times_held_back * most_events);
        EventBatch held_back = select_events(data_, held_back_events);
        chosen_.num_search_events = search.num_events;
        chosen_.num_held_back_events = held_back.num_events;
        plan_ = make_plan(std::move(given), lookup, search, options_.num_threads);
        CandidateEvaluator search_evaluator = evaluator(prepared, std::move(search));
        CandidateEvaluator held_back_evaluator = evaluator(prepared, std::move(held_back));
        const Assignment assignment = choose(search_evaluator, held_back_evaluator);
        chosen_.search = search_evaluator.evaluate(assignment);
        chosen_.cost = PrecisionCost(plan_)(assignment);
        return finish(assignment, lookup, held_back_events);
    }

private:
    CandidateEvaluator evaluator(const Graph& prepared, EventBatch events) const {
        auto values = evaluate_batch(prepared, events.inputs, events.num_events, options_.num_threads);
        Batch expected = std::move(values[compared_output(prepared, !data_.labels.empty()).node.index]);
        return {plan_, std::move(events), std::move(expected), options_.num_threads};
    }

    /// The cheaper one of what two starts come to: the budget as it is on the events of the search, and a part of it. The work that is left goes on
    /// with it.
    Assignment choose(CandidateEvaluator& search_evaluator, CandidateEvaluator& held_back_evaluator) {
        constexpr std::array parts = {1.0, 0.6};
        constexpr double most_work = 1.6e10;  // 8 s of one core, of which there are mostly more
        const double budget = options_.accuracy_budget;
        BitSearch search(plan_, search_evaluator, options_.progress);
        const bool has_started = search.start(budget);
        BitPolish polish(plan_, search, held_back_evaluator, budget);
        PrecisionCost cost(plan_);
        std::optional<Assignment> best;
        for (std::size_t i = 0; has_started && i < parts.size(); ++i) {
            const double part_of_work = (static_cast<double>(i) + 1) / (parts.size() + 1);
            auto found = polish.repair(search.find(parts[i] * budget));
            found = found ? std::optional(polish.polish(*std::move(found), part_of_work * most_work)) : std::nullopt;
            if (found && (!best || cost(*found) < cost(*best))) {
                best = std::move(found);
            }
        }
        if (best) {
            best = polish.polish(*std::move(best), most_work);
        }
        const bool is_met = best.has_value();
        best = best ? std::move(best) : search.generous();
        chosen_.held_back = held_back_evaluator.evaluate(*best);
        if (!is_met) {
            chosen_.warnings.push_back(
                {DiagnosticId::AccuracyBudgetMissed, "precision 'auto'",
                 fmt::format("the best types found lose {:.4f} of accuracy on {} events, with an uncertainty of {:.4f}; the budget is {:.4f}",
                             chosen_.held_back.expected_loss, held_back_evaluator.num_events(), chosen_.held_back.uncertainty, budget),
                 "allow a larger loss with --accuracy-budget, give more events, or give wider types yourself"});
        }
        chosen_.num_evaluations = search.num_evaluations();
        chosen_.front = search.front();
        return *best;
    }

    Results<AutoPrecision> finish(const Assignment& assignment, const PrecisionLookup& lookup, const std::vector<std::size_t>& held_back_events) {
        for (const PrecisionEntry& entry : request_.entries) {
            if (entry.type.kind != PrecisionType::Kind::Auto) {
                chosen_.spec.entries.push_back(entry);
            }
        }
        for (const Node& node : plan_.graph.nodes()) {
            const auto match = lookup.find(node, PrecisionVariable::Result);
            if (match && match->type.kind == PrecisionType::Kind::Auto) {
                chosen_.spec.entries.push_back({node.name, PrecisionVariable::Result, {.kind = PrecisionType::Kind::Exact, .type = {}}});
            }
        }
        const auto entries = entries_of(plan_, assignment);
        chosen_.spec.entries.insert(chosen_.spec.entries.end(), entries.begin(), entries.end());
        CalibrationData held_back;
        for (const NodeId id : graph_.inputs()) {
            held_back.inputs.push_back({graph_[id].type.shape, {}});
        }
        EventBatch events = select_events(data_, held_back_events);
        for (std::size_t i = 0; i < events.inputs.size(); ++i) {
            Shape& shape = held_back.inputs[i].shape;
            shape.insert(shape.begin(), static_cast<std::int64_t>(events.num_events));
            held_back.inputs[i].values = std::move(events.inputs[i].values);
        }
        LUTRA_TRY(chosen_.layers, measure_layers(graph_, chosen_.spec, held_back, options_.num_threads));
        return std::move(chosen_);
    }

    const Graph& graph_;
    const PrecisionSpec& request_;
    const CalibrationData& data_;
    const AutoPrecisionOptions& options_;
    PrecisionPlan plan_;
    AutoPrecision chosen_;
};

/// At most so many points as a person reads, the ends among them.
std::vector<FrontPoint> thinned(const std::vector<FrontPoint>& front) {
    constexpr std::size_t most_points = 16;
    if (front.size() <= most_points) {
        return front;
    }
    std::vector<FrontPoint> result;
    for (std::size_t k = 0; k < most_points; ++k) {
        result.push_back(front[k * (front.size() - 1) / (most_points - 1)]);
    }
    return result;
}

}  // namespace

Results<AutoPrecision> choose_precision(const Graph& graph, const PrecisionSpec& request, const CalibrationData& data, const AutoPrecisionOptions& options) {
    Diagnostics problems = check_calibration(graph, data);
    if (graph.outputs().empty()) {
        problems.push_back({DiagnosticId::CalibrationData, "precision 'auto'", "the model has no outputs to compare", ""});
    }
    if (!problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    return Choice(graph, request, data, options).run();
}

std::vector<std::string> to_lines(const AutoPrecision& chosen) {
    std::vector<std::string> lines = to_lines(chosen.layers);
    const OutputLoss& loss = chosen.held_back;
    std::string line = fmt::format("on {} events held back: expected loss {:.3f} %, {:.2f} % decided alike, relative error {:.3g}", chosen.num_held_back_events,
                                   100 * loss.expected_loss, 100 * loss.agreement, loss.relative_error);
    if (loss.accuracy) {
        line += fmt::format(", accuracy {:.2f} % (float {:.2f} %)", 100 * *loss.accuracy, 100 * *loss.float_accuracy);
    }
    lines.push_back(std::move(line));
    lines.push_back(
        fmt::format("estimated look-up tables: {:.0f} ({} candidates on {} events)", chosen.cost, chosen.num_evaluations, chosen.num_search_events));
    lines.emplace_back("the front that the search walked, on its own events:");
    lines.emplace_back("  look-up tables  expected loss");
    for (const FrontPoint& point : thinned(chosen.front)) {
        lines.push_back(fmt::format("  {:>14.0f}  {:>11.3f} %", point.cost, 100 * point.expected_loss));
    }
    return lines;
}

}  // namespace lutra
