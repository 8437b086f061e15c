#pragma once

/// Specs of precision seen with a graph: which one holds for which variable of which layer.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lutra/ir/graph.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// True when the op has something of this kind that can get a type.
bool has_variable(const Op& op, PrecisionVariable variable);

/// How a spec addressed a layer, from the least specific to the most.
enum class PrecisionLevel { Model, LayerType, LayerName };

/// What holds for one variable of one layer.
struct PrecisionMatch {
    PrecisionType type;
    PrecisionLevel level = PrecisionLevel::Model;

    friend bool operator==(const PrecisionMatch&, const PrecisionMatch&) = default;
};

/// Finds the spec of each variable. Most specific wins: name before type before model, then with a variable before without, then the later one.
/// A target that is the exact name of a layer means that layer alone.
///
/// A type of the whole model does not hold for results of ops that only move elements nor for indices; and in a model that quantises by itself only
/// for inputs that no Quantize follows. Types of inputs round half to even and saturate where the modes were not written.
class PrecisionLookup {
public:
    /// Checks that every entry means something in the graph; reports all that do not, as PrecisionNoSuchLayer.
    static Results<PrecisionLookup> create(const Graph& graph, PrecisionSpec spec);

    /// The spec of a variable of a layer; none when nothing was said, or when the layer has no such variable.
    std::optional<PrecisionMatch> find(const Node& node, PrecisionVariable variable) const;

private:
    PrecisionLookup(const Graph& graph, PrecisionSpec spec);

    std::optional<PrecisionLevel> level_of(std::size_t entry_index, const Node& node) const;
    bool is_left_alone(const Node& node, PrecisionVariable variable) const;
    std::optional<Diagnostic> check(const Graph& graph, std::size_t entry_index) const;

    PrecisionSpec spec_;
    std::vector<bool> is_name_;  ///< per entry: its target is a layer's name
    bool quantises_itself_ = false;
    std::set<std::string, std::less<>> quantised_inputs_;  ///< inputs that a Quantize of the model follows
};

}  // namespace lutra
