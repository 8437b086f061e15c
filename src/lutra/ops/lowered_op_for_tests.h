#pragma once

/// For tests: one op as a circuit of its own, with input wires of given types, scales and offsets.

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/ir/layer_op.h"

namespace lutra {

/// An input tensor of an op under test: every element is scale * (a value of the type) + offset, or a constant.
struct TestInput {
    Shape shape;
    FixedPointType type;
    Dyadic scale = 1;
    Dyadic offset = 0;
    std::vector<double> constants = {};  ///< row-major; empty: not constant

    bool is_constant() const { return !constants.empty(); }
};

/// Adds the input ports of an op under test, named `prefix`x0, `prefix`x1, ..., the op, and its output port `prefix`y.
inline void add_op_for_test(CircuitBuilder& builder, const Op& op, std::span<const TestInput> inputs, const std::string& prefix) {
    std::vector<WireTensor> operands;
    std::vector<Shape> shapes;
    for (const TestInput& input : inputs) {
        WireTensor tensor{input.shape, {}};
        for (const double constant : input.constants) {
            tensor.elements.push_back({builder.constant(Dyadic::from_double(constant))});
        }
        Port port{prefix + "x" + std::to_string(operands.size()), input.shape, {}};
        for (std::int64_t i = 0; i < num_elements(input.shape) && !input.is_constant(); ++i) {
            port.wires.push_back(builder.input(input.type));
            tensor.elements.push_back({port.wires.back(), input.scale, input.offset});
        }
        if (!input.is_constant()) {
            builder.add_input(std::move(port));
        }
        shapes.push_back(input.shape);
        operands.push_back(std::move(tensor));
    }
    EXPECT_TRUE(op.infer_shape(shapes));
    const auto lowered = op.lower(builder, operands);
    ASSERT_TRUE(lowered) << to_string(lowered.error());
    builder.add_output({prefix + "y", lowered->shape, materialize(builder, *lowered)});
}

/// A lowered op and what its raw inputs and outputs mean.
class LoweredOp {
public:
    LoweredOp(const Op& op, std::vector<TestInput> inputs) : op_(op), inputs_(std::move(inputs)) {
        CircuitBuilder builder;
        add_op_for_test(builder, op_, inputs_, "");
        circuit_ = builder.finish();
    }

    const Circuit& circuit() const { return circuit_; }
    const Shape& output_shape() const { return circuit_.outputs()[0].shape; }
    std::size_t num_inputs() const { return flat_wires(circuit_.inputs()).size(); }

    /// The exact outputs for raw input integers; checks every wire's proved interval on the way.
    std::vector<Dyadic> evaluate(std::span<const Integer> raw) const {
        const auto values = evaluate_wires(circuit_, raw);
        for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
            EXPECT_TRUE(circuit_.interval(wire).contains(values[wire.index])) << "wire " << wire.index;
        }
        std::vector<Dyadic> outputs;
        for (const Wire wire : flat_wires(circuit_.outputs())) {
            outputs.emplace_back(values[wire.index], -circuit_.type(wire).fraction);
        }
        return outputs;
    }

    /// What the op's reference says for the same inputs.
    std::vector<double> reference(std::span<const Integer> raw) const {
        std::vector<RealTensor> tensors;
        std::size_t next = 0;
        for (const TestInput& input : inputs_) {
            RealTensor tensor{input.shape, {}};
            for (std::int64_t i = 0; i < num_elements(input.shape); ++i) {
                if (input.is_constant()) {
                    tensor.values.push_back(input.constants[static_cast<std::size_t>(i)]);
                    continue;
                }
                tensor.values.push_back((input.scale * Dyadic(raw[next++], -input.type.fraction) + input.offset).to_double());
            }
            tensors.push_back(std::move(tensor));
        }
        return op_.reference(tensors).values;
    }

    /// The largest difference between the circuit and the reference for these inputs.
    double error(std::span<const Integer> raw) const {
        const auto exact = evaluate(raw);
        const auto expected = reference(raw);
        EXPECT_EQ(exact.size(), expected.size());
        double largest = 0;
        for (std::size_t i = 0; i < exact.size(); ++i) {
            largest = std::max(largest, std::abs(exact[i].to_double() - expected[i]));
        }
        return largest;
    }

private:
    Op op_;
    std::vector<TestInput> inputs_;
    Circuit circuit_;
};

}  // namespace lutra
