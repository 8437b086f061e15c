#include <gtest/gtest.h>

#include <random>
#include <set>

#include "cases.h"
#include "lutra/circuit/text.h"
#include "lutra/ir/text.h"
#include "lutra/lower/lower_graph.h"
#include "lutra/ops/builtin_ops.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/input.h"

namespace lutra::conformance {
namespace {

/// Calls `check` with raw inputs: all there are if these are few, else the extremes of the types and random ones.
void for_inputs(const Case& test, const std::function<void(std::span<const Integer>)>& check) {
    constexpr int most_exhaustive_bits = 10;
    constexpr int num_random = 60;
    std::vector<FixedPointType> types;
    int num_bits = 0;
    for (const TestInput& input : test.inputs) {
        const auto count = input.is_constant() ? 0 : static_cast<std::size_t>(num_elements(input.shape));
        types.insert(types.end(), count, input.type);
        num_bits += static_cast<int>(count) * input.type.width;
    }
    std::vector<Integer> raw(types.size());
    const auto check_bits = [&](const std::function<Integer(const FixedPointType&)>& bits_of) {
        for (std::size_t i = 0; i < types.size(); ++i) {
            const Integer bits = bits_of(types[i]);
            raw[i] = types[i].is_signed ? bits.low_bits_signed(types[i].width) : bits.low_bits(types[i].width);
        }
        check(raw);
    };
    if (num_bits <= most_exhaustive_bits) {
        for (std::int64_t all = 0; all < (std::int64_t{1} << num_bits); ++all) {
            Integer rest = all;
            check_bits([&](const FixedPointType& type) {
                const Integer bits = rest;
                rest = rest >> type.width;
                return bits;
            });
        }
        return;
    }
    check_bits([](const FixedPointType& type) { return type.min_raw(); });
    check_bits([](const FixedPointType& type) { return type.max_raw(); });
    check_bits([](const FixedPointType&) { return Integer(0); });
    std::mt19937_64 random(5);
    for (int i = 0; i < num_random; ++i) {
        const int shift = static_cast<int>(random() % 16);
        check_bits([&](const FixedPointType& type) {
            const Integer bits = Integer(static_cast<std::uint64_t>(random()));
            return i % 2 == 0 ? bits : bits.low_bits_signed(type.width) >> shift;
        });
    }
}

/// Types of the inputs as the op sees them, scale and offset applied.
std::vector<TensorType> types_of(const Case& test) {
    std::vector<TensorType> types;
    for (const TestInput& input : test.inputs) {
        CircuitBuilder builder;
        WireTensor tensor{input.shape, {}};
        for (std::int64_t i = 0; i < num_elements(input.shape); ++i) {
            const auto index = static_cast<std::size_t>(i);
            tensor.elements.push_back(input.is_constant() ? AffineWire{builder.constant(Dyadic::from_double(input.constants[index]))}
                                                          : AffineWire{builder.input(input.type), input.scale, input.offset});
        }
        types.push_back(type_of(builder, tensor));
    }
    return types;
}

bool holds(const FixedPointType& type, const Dyadic& value) {
    const Dyadic raw = value * Dyadic(Integer(1), type.fraction);
    return value.is_zero() || (raw.exponent() >= 0 && type.contains(raw.raw(0)));
}

/// The op as the last layer of a graph whose inputs are quantised to the case's types; nothing for scales and offsets that are no
/// quantiser's.
std::optional<Graph> graph_of(const Case& test) {
    Graph graph;
    std::vector<NodeId> inputs;
    for (const TestInput& input : test.inputs) {
        if (input.is_constant()) {
            inputs.push_back(graph.add("c", Constant{{input.shape, input.constants}}, {}).value());
            continue;
        }
        if (!input.offset.is_zero() || input.scale.sign() < 0) {
            return std::nullopt;
        }
        Quantize quantize = Quantize::from({input.type, Rounding::HalfToEven, Overflow::Saturate});
        quantize.scale = (input.scale * Dyadic(Integer(1), -input.type.fraction)).to_double();
        const NodeId x = graph.add("x", Input{input.shape}, {}).value();
        inputs.push_back(graph.add("q", quantize, {x}).value());
    }
    graph.add_output("y", graph.add("layer", test.op, inputs).value());
    return graph;
}

class OpConformance : public testing::TestWithParam<Case> {};

TEST(Conformance, HasCasesOfEveryOp) {
    std::set<std::string_view> with_cases;
    for (const Case& test : all_cases()) {
        with_cases.insert(test.op.name());
    }
    for (const OpFactory& factory : builtin_ops().all()) {
        EXPECT_TRUE(with_cases.contains(factory.info->name)) << "tests/conformance/cases has no file for the op " << factory.info->name;
    }
}

TEST_P(OpConformance, StaysWithinItsBoundOfTheReferenceAndWithinItsType) {
    const Case& test = GetParam();
    if (test.op.info().is_real) {
        return;
    }
    const LoweredOp lowered(test.op, test.inputs);
    const auto type = test.op.infer_type(types_of(test));
    ASSERT_TRUE(type) << to_string(type.error());
    EXPECT_EQ(type->shape, lowered.output_shape());
    for_inputs(test, [&](std::span<const Integer> raw) {
        const auto exact = lowered.evaluate(raw);
        const auto expected = lowered.reference(raw);
        ASSERT_EQ(exact.size(), expected.size());
        for (std::size_t i = 0; i < exact.size(); ++i) {
            const double tolerance = test.op.error_bound() + 1e-12 * (1 + std::abs(expected[i]));
            ASSERT_NEAR(exact[i].to_double(), expected[i], tolerance) << "element " << i;
            ASSERT_TRUE(holds(type->element(i), exact[i])) << format_as(exact[i]) << " is no " << to_string(type->element(i));
        }
    });
}

TEST_P(OpConformance, HasATextFormOfItsCircuit) {
    const Case& test = GetParam();
    if (test.op.info().is_real) {
        return;
    }
    const LoweredOp lowered(test.op, test.inputs);
    const auto parsed = parse_circuit(print(lowered.circuit()), "case");
    ASSERT_TRUE(parsed) << to_string(parsed.error());
    EXPECT_EQ(*parsed, lowered.circuit());
}

TEST_P(OpConformance, HasATextFormInAGraphAndTheSameCircuitBehindIt) {
    const auto graph = graph_of(GetParam());
    if (!graph) {
        return;
    }
    const std::string text = print(*graph);
    const auto parsed = parse_graph(text, "case", builtin_ops());
    ASSERT_TRUE(parsed) << text << to_string(parsed.error());
    EXPECT_EQ(*parsed, *graph);
    EXPECT_EQ(print(*parsed), text);
    if (GetParam().op.info().is_real) {
        return;
    }
    const auto first = lower_graph(*graph);
    const auto second = lower_graph(*parsed);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->circuit, second->circuit);
}

std::vector<Case> cases() { return all_cases(); }

std::string case_name(const testing::TestParamInfo<Case>& info) { return std::string(info.param.op.name()) + "_" + std::to_string(info.index); }

INSTANTIATE_TEST_SUITE_P(AllOps, OpConformance, testing::ValuesIn(cases()), case_name);

}  // namespace

void PrintTo(const Case& test, std::ostream* out) { *out << test.op.name(); }

}  // namespace lutra::conformance
