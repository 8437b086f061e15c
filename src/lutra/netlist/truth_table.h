#pragma once

/// Truth tables of up to six inputs in one word: bit a of the table is the result for the inputs whose bits are those of a, input 0 lowest.

#include <array>
#include <bit>
#include <cstdint>

namespace lutra {

inline constexpr int max_table_inputs = 6;

/// The table of "input i".
inline constexpr std::array<std::uint64_t, max_table_inputs> input_tables = {0xAAAAAAAAAAAAAAAAU, 0xCCCCCCCCCCCCCCCCU, 0xF0F0F0F0F0F0F0F0U,
                                                                             0xFF00FF00FF00FF00U, 0xFFFF0000FFFF0000U, 0xFFFFFFFF00000000U};

/// The bits of a table that count for `num_inputs` inputs.
constexpr std::uint64_t table_mask(int num_inputs) { return num_inputs >= max_table_inputs ? ~std::uint64_t{0} : (std::uint64_t{1} << (1 << num_inputs)) - 1; }

/// The table with the entries of `num_inputs` inputs repeated, so that it says the same and reads no further input.
constexpr std::uint64_t repeated_table(std::uint64_t table, int num_inputs) {
    table &= table_mask(num_inputs);
    for (int i = num_inputs; i < max_table_inputs; ++i) {
        table |= table << (1 << i);
    }
    return table;
}

/// f with input i fixed; the result does not read it.
constexpr std::uint64_t cofactor(std::uint64_t table, int i, bool value) {
    const std::uint64_t high = input_tables[static_cast<std::size_t>(i)];
    const int distance = 1 << i;
    return value ? (table & high) | ((table & high) >> distance) : (table & ~high) | ((table & ~high) << distance);
}

constexpr bool depends_on(std::uint64_t table, int i) { return cofactor(table, i, false) != cofactor(table, i, true); }

/// f(inputs), where each of the words is one input of 64 independent evaluations.
constexpr std::uint64_t evaluate_table(std::uint64_t table, const std::uint64_t* inputs, int num_inputs) {
    // Shannon's expansion from the highest input down, on a table that halves with each.
    std::array<std::uint64_t, 64> values{};
    const int size = 1 << num_inputs;
    for (int a = 0; a < size; ++a) {
        values[static_cast<std::size_t>(a)] = (table >> a & 1) != 0 ? ~std::uint64_t{0} : 0;
    }
    for (int i = num_inputs - 1; i >= 0; --i) {
        const int half = 1 << i;
        for (int a = 0; a < half; ++a) {
            const std::uint64_t if_one = values[static_cast<std::size_t>(a + half)];
            const std::uint64_t if_zero = values[static_cast<std::size_t>(a)];
            values[static_cast<std::size_t>(a)] = if_zero ^ (inputs[i] & (if_zero ^ if_one));
        }
    }
    return values[0];
}

}  // namespace lutra
