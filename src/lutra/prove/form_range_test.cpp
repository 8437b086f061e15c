#include "lutra/prove/form_range.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

constexpr std::uint32_t width = 4;

/// Two inputs of four bits: x in [-5, 6], nodes 1 to 4, and y in [3, 12], nodes 5 to 8.
Circuit two_inputs() {
    CircuitBuilder b;
    const Wire x = b.input({.is_signed = true, .width = width, .fraction = 0}, {-5, 6});
    const Wire y = b.input({.is_signed = false, .width = width, .fraction = 0}, {3, 12});
    b.add_input({.name = "x", .shape = {2}, .wires = {x, y}});
    b.add_output({.name = "y", .shape = {2}, .wires = {x, y}});
    return b.finish();
}

Interval range_by_trying(const Polynomial& polynomial) {
    std::optional<Interval> range;
    for (int x = -5; x <= 6; ++x) {
        for (int y = 3; y <= 12; ++y) {
            const auto bits = static_cast<unsigned>((x & 15) | y << 4);
            Integer value = 0;
            for (const auto& [monomial, coefficient] : polynomial.terms()) {
                const bool is_one = std::ranges::all_of(monomial.all(), [&](std::uint32_t node) { return (bits >> (node - 1) & 1) != 0; });
                value += is_one ? coefficient : Integer(0);
            }
            range = range ? hull(*range, {value, value}) : Interval{value, value};
        }
    }
    return *range;
}

TEST(FormRanges, AreThoseOfAllValuesThatCanOccur) {
    const Circuit circuit = two_inputs();
    const SpecNetwork spec = SpecNetwork::of(circuit);
    const FlatNetlist netlist;
    const Correspondence proved(0, spec);
    LocalFunctions local(circuit, spec, netlist, proved);
    FormRanges ranges(local, [&](std::uint32_t node) {
        const WordPlace place = local.place_of(node);
        return RangedBit{place.word, place.place, &local.word(place.word)};
    });
    std::mt19937 random(1);
    for (int i = 0; i < 600; ++i) {
        const std::uint32_t max_variables = 1 + random() % 3;
        const bool is_of_one_word = random() % 2 == 0;
        ExactForm form{Polynomial(static_cast<int>(random() % 9)), {}};
        for (int term = 0; term < 6; ++term) {
            Monomial product;
            for (std::uint32_t v = 0; v < max_variables; ++v) {
                product = *Monomial::product(product, Monomial::of(1 + random() % (is_of_one_word ? width : 2 * width)));
            }
            form.polynomial.add(product, Integer(static_cast<int>(random() % 41) - 20) << (i % 3 == 0 ? 70 : 0));
        }
        const Interval range = range_by_trying(form.polynomial);
        EXPECT_EQ(ranges.of(form), range) << i;
        form.tables[local.domain_of({5, 6})] = {0, 3, -2, 1};
        const Interval with_table = ranges.of(form);
        std::map<std::uint32_t, std::vector<Integer>> taken;
        const Interval of_table = ranges.take_tables(form, taken);
        EXPECT_EQ(taken.size() + form.tables.size(), 1U) << i;
        EXPECT_EQ(of_table, taken.empty() ? Interval({0, 0}) : Interval({-2, 3})) << i;
        EXPECT_EQ(ranges.of(form) + of_table, with_table) << i;
    }
}

}  // namespace
}  // namespace lutra
