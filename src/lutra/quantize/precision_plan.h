#pragma once

/// Which types of a model are to be chosen, and what a choice means.

#include <optional>
#include <vector>

#include "lutra/ir/graph.h"
#include "lutra/quantize/calibrate.h"
#include "lutra/quantize/layer_constants.h"
#include "lutra/quantize/precision_lookup.h"

namespace lutra {

/// One variable whose type is chosen: the weights of a layer, or a result.
struct TypeSlot {
    NodeId node;
    PrecisionVariable variable = PrecisionVariable::Result;
    double low = 0;  ///< range of the values
    double high = 0;
};

/// What a candidate gives to a slot: all that matters of its type but the sign and the modes, which follow from the slot.
struct SlotType {
    int integer_bits = 0;
    int fraction = 0;

    friend auto operator<=>(const SlotType&, const SlotType&) = default;
};

/// One type per slot.
using Assignment = std::vector<SlotType>;

/// The slots of a graph. A result becomes one where it enters a product, a table or an output, or comes out of a table; in between (before a ReLU, a clip or
/// an argmax) all bits are kept, for they cost less than a rounding. Biases are no slots: a constant costs nothing, so it gets the grid of its accumulator.
struct PrecisionPlan {
    Graph graph;  ///< prepared, with the types that the user gave
    std::vector<TypeSlot> slots;
    std::vector<std::optional<std::size_t>> weight_slot;  ///< per node
    std::vector<std::optional<std::size_t>> result_slot;  ///< per node
    std::vector<bool> has_auto_bias;                      ///< per node
    std::vector<LayerConstants> constants;                ///< per node with a weight slot or an auto bias
};

/// The slots of every variable that is `auto`, with ranges over the events.
PrecisionPlan make_plan(Graph graph, const PrecisionLookup& lookup, const EventBatch& events, int num_threads);

/// The integer bits (with the sign) of the smallest type that holds [low, high] and an eighth more; fraction bits play no role.
int integer_bits_for(double low, double high);

/// The type that a slot gets: weights and results round half up and saturate, inputs round half to even and saturate.
Quantization slot_quantization(const PrecisionPlan& plan, std::size_t slot_index, const SlotType& type);

/// Estimated type of the widest element of a node.
struct WidthEstimate {
    int width = 0;
    int fraction = 0;
};

/// Widths of all nodes for an assignment.
std::vector<WidthEstimate> estimate_widths(const PrecisionPlan& plan, const Assignment& assignment);

/// The type of a bias on the grid of its accumulator.
Quantization bias_quantization(const PrecisionPlan& plan, NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths);

/// The assignment as entries of a spec, one for each variable.
std::vector<PrecisionEntry> entries_of(const PrecisionPlan& plan, const Assignment& assignment);

}  // namespace lutra
