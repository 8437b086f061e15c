#include "lutra/prove/exact_form.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/prove/form_samples.h"

namespace lutra {
namespace {

/// Forms of the bits of two inputs of four bits each: nodes 1 to 4 and 5 to 8.
class ExactFormsOfTwoInputs : public testing::Test {
protected:
    static Circuit two_inputs() {
        CircuitBuilder b;
        const FixedPointType type{.is_signed = false, .width = 4, .fraction = 0};
        const Wire first = b.input(type);
        const Wire second = b.input(type);
        b.add_input({.name = "x", .shape = {2}, .wires = {first, second}});
        b.add_output({.name = "y", .shape = {2}, .wires = {first, second}});
        return b.finish();
    }

    /// The value of the form where bit n - 1 of `bits` is node n.
    Integer value_at(const ExactForm& form, std::uint64_t bits) {
        Integer value = 0;
        for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
            const bool is_one = std::ranges::all_of(monomial.all(), [&](std::uint32_t node) { return (bits >> (node - 1) & 1) != 0; });
            value += is_one ? coefficient : Integer(0);
        }
        for (const auto& [domain, values] : form.tables) {
            std::size_t assignment = 0;
            for (std::size_t i = 0; i < local_.cut_points(domain).size(); ++i) {
                assignment |= (bits >> (local_.cut_points(domain)[i] - 1) & 1) << i;
            }
            value += values[assignment];
        }
        return value;
    }

    Circuit circuit_ = two_inputs();
    SpecNetwork spec_ = SpecNetwork::of(circuit_);
    FlatNetlist netlist_;
    Correspondence proved_{0, spec_};
    Variables variables_{spec_, netlist_};
    LocalFunctions local_{circuit_, spec_, netlist_, proved_};
    ExactForms forms_{spec_, netlist_, proved_, variables_, local_};
};

TEST_F(ExactFormsOfTwoInputs, KeepTheirValuesWhenTwoWordsFindTheSameDomain) {
    const std::uint32_t both = local_.domain_of({1, 2, 3, 5, 6});
    std::mt19937 random(1);
    for (int i = 0; i < 100; ++i) {
        ExactForm form;
        for (int term = 0; term < 6; ++term) {
            const std::uint32_t word = random() % 2 * 4;
            const auto product = Monomial::product(Monomial::of(word + 1 + random() % 2), Monomial::of(word + 1 + random() % 2));
            form.polynomial.add(*product, static_cast<int>(random() % 9) - 4);
        }
        ExactForm folded = form;
        forms_.fold(folded, Folded::All);
        EXPECT_TRUE(folded.polynomial.is_zero());
        EXPECT_LE(folded.tables.size(), 1U);
        for (std::uint64_t bits = 0; bits < 256; ++bits) {
            ASSERT_EQ(value_at(folded, bits), value_at(form, bits)) << i << " in domain " << both;
        }
    }
}

TEST_F(ExactFormsOfTwoInputs, AreToldFromZeroBySamplesAndNeverWhereTheyVanish) {
    FormSamples samples(variables_, local_);
    std::mt19937 random(2);
    for (int i = 0; i < 100; ++i) {
        ExactForm form;
        for (int term = 0; term < 4; ++term) {
            form.polynomial.add(*Monomial::product(Monomial::of(1 + random() % 8), Monomial::of(1 + random() % 8)), static_cast<int>(random() % 200) + 1);
        }
        ExactForm difference = form;  // the same twice, once as tables
        forms_.fold(difference, Folded::All);
        difference.add(form, -1);
        EXPECT_TRUE(samples.may_vanish(difference, 70)) << i;
        difference.polynomial.add(Monomial{}, 32);
        EXPECT_TRUE(samples.may_vanish(difference, 5)) << i;
        EXPECT_FALSE(samples.may_vanish(difference, 6)) << i;
        form.polynomial.add(Monomial::of(1 + random() % 8), 1000);
        EXPECT_FALSE(samples.may_vanish(form, 70)) << i;
    }
}

}  // namespace
}  // namespace lutra
