#include "lutra/ir/reference.h"

namespace lutra {

std::vector<RealTensor> evaluate_reference(const Graph& graph, std::span<const RealTensor> inputs) {
    std::vector<RealTensor> values;
    values.reserve(graph.size());
    std::size_t input_index = 0;
    for (const Node& node : graph.nodes()) {
        if (node.op.info().is_real) {
            LUTRA_ASSERT(input_index < inputs.size() && inputs[input_index].shape == node.type.shape);
            values.push_back(inputs[input_index++]);
            continue;
        }
        std::vector<RealTensor> operands;
        for (const NodeId operand : node.inputs) {
            operands.push_back(values[operand.index]);
        }
        values.push_back(node.op.reference(operands));
    }
    return values;
}

}  // namespace lutra
