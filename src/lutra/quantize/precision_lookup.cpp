#include "lutra/quantize/precision_lookup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/embedding.h"
#include "lutra/ops/quantize.h"
#include "lutra/quantize/layer_kind.h"
#include "lutra/quantize/layer_type.h"

namespace lutra {

namespace {

/// Levenshtein's distance, in two rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// Up to three names of layers and layer types that look most like the target.
std::string nearest_names(const Graph& graph, std::string_view target) {
    constexpr std::size_t num_shown = 3;
    constexpr std::size_t max_compared_length = 128;
    std::set<std::string> names;
    for (const Node& node : graph.nodes()) {
        if (node.op.as<Quantize>() == nullptr) {
            names.insert(node.name);
            names.insert(std::string(node.op.name()));
        }
    }
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& name : names) {
        ranked.emplace_back(edit_distance(std::string_view(name).substr(0, max_compared_length), target.substr(0, max_compared_length)), name);
    }
    std::ranges::sort(ranked);
    ranked.resize(std::min(ranked.size(), num_shown));
    std::vector<std::string> quoted;
    std::ranges::transform(ranked, std::back_inserter(quoted), [](const auto& entry) { return fmt::format("'{}'", entry.second); });
    return fmt::format("{}", fmt::join(quoted, ", "));
}

Diagnostic no_such_layer(const PrecisionEntry& entry, std::string message, std::string advice) {
    return {DiagnosticId::PrecisionNoSuchLayer, fmt::format("precision '{}'", to_string(entry)), std::move(message), std::move(advice)};
}

}  // namespace

bool has_variable(const Op& op, PrecisionVariable variable) {
    switch (variable) {
        case PrecisionVariable::Weight: return has_variable(op, PrecisionVariable::Bias) || op.as<Constant>() != nullptr || op.as<Embedding>() != nullptr;
        case PrecisionVariable::Bias: return op.as<Dense>() != nullptr || op.as<BatchNormalization>() != nullptr;
        case PrecisionVariable::Result: return op.as<Constant>() == nullptr && op.as<Quantize>() == nullptr;
    }
    LUTRA_UNREACHABLE("precision variable");
}

PrecisionLookup::PrecisionLookup(const Graph& graph, PrecisionSpec spec) : spec_(std::move(spec)) {
    for (const PrecisionEntry& entry : spec_.entries) {
        is_name_.push_back(!entry.target.empty() && graph.find(entry.target).has_value());
    }
    for (const Node& node : graph.nodes()) {
        if (node.op.as<Quantize>() != nullptr) {
            quantises_itself_ = true;
            quantised_inputs_.insert(graph[node.inputs[0]].name);
        }
    }
}

Results<PrecisionLookup> PrecisionLookup::create(const Graph& graph, PrecisionSpec spec) {
    PrecisionLookup lookup(graph, std::move(spec));
    Diagnostics problems;
    for (std::size_t i = 0; i < lookup.spec_.entries.size(); ++i) {
        if (auto problem = lookup.check(graph, i)) {
            problems.push_back(*std::move(problem));
        }
    }
    if (!problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    return lookup;
}

std::optional<Diagnostic> PrecisionLookup::check(const Graph& graph, std::size_t entry_index) const {
    const PrecisionEntry& entry = spec_.entries[entry_index];
    if (entry.target.empty()) {
        return std::nullopt;
    }
    const Node* matched = nullptr;
    for (const Node& node : graph.nodes()) {
        if (!level_of(entry_index, node)) {
            continue;
        }
        matched = &node;
        if (entry.variable ? has_variable(node.op, *entry.variable) : node.op.as<Quantize>() == nullptr) {
            return std::nullopt;
        }
    }
    if (matched == nullptr) {
        return no_such_layer(entry, fmt::format("the model has no layer and no layer type '{}'", entry.target),
                             fmt::format("the nearest are {}", nearest_names(graph, entry.target)));
    }
    if (matched->op.as<Quantize>() != nullptr) {
        return no_such_layer(entry, fmt::format("'{}' is a quantiser of the model itself", entry.target), "give a type to the layer before it");
    }
    return no_such_layer(entry, fmt::format("{} '{}' has no {}", matched->op.name(), matched->name, to_string(*entry.variable)),
                         fmt::format("write '{}=' for all that it has", entry.target));
}

std::optional<PrecisionLevel> PrecisionLookup::level_of(std::size_t entry_index, const Node& node) const {
    const PrecisionEntry& entry = spec_.entries[entry_index];
    if (entry.target.empty()) {
        return PrecisionLevel::Model;
    }
    if (is_name_[entry_index]) {
        return node.name == entry.target ? std::optional(PrecisionLevel::LayerName) : std::nullopt;
    }
    return is_layer_type(entry.target, node.op.name()) ? std::optional(PrecisionLevel::LayerType) : std::nullopt;
}

bool PrecisionLookup::is_left_alone(const Node& node, PrecisionVariable variable) const {
    const bool is_open_input = node.op.info().is_real && !quantised_inputs_.contains(node.name);
    return (quantises_itself_ && !is_open_input) || (variable == PrecisionVariable::Result && !has_own_values(node.op));
}

std::optional<PrecisionMatch> PrecisionLookup::find(const Node& node, PrecisionVariable variable) const {
    std::optional<PrecisionMatch> best;
    auto best_rank = std::tuple(PrecisionLevel::Model, false);
    if (!has_variable(node.op, variable)) {
        return best;
    }
    for (std::size_t i = 0; i < spec_.entries.size(); ++i) {
        const PrecisionEntry& entry = spec_.entries[i];
        const auto level = level_of(i, node);
        if (!level || (entry.variable && *entry.variable != variable)) {
            continue;
        }
        const auto rank = std::tuple(*level, entry.variable.has_value());
        if (!best || rank >= best_rank) {
            best = PrecisionMatch{entry.type, *level};
            best_rank = rank;
        }
    }
    if (!best || (best->level == PrecisionLevel::Model && is_left_alone(node, variable))) {
        return std::nullopt;
    }
    if (node.op.info().is_real) {
        PrecisionType& type = best->type;
        type.type.rounding = type.has_rounding ? type.type.rounding : Rounding::HalfToEven;
        type.type.overflow = type.has_overflow ? type.type.overflow : Overflow::Saturate;
    }
    return best;
}

}  // namespace lutra
