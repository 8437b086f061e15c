#pragma once

/// Truth tables of any number of inputs, 64 entries a word.

#include <cstdint>
#include <functional>
#include <vector>

namespace lutra {

/// A function of n bits: entry a of 2^n is its value for the inputs that are the bits of a, input 0 lowest.
class WideTruthTable {
public:
    /// The function that is 0.
    explicit WideTruthTable(int num_inputs);

    int num_inputs() const { return num_inputs_; }
    std::size_t size() const { return std::size_t{1} << num_inputs_; }
    bool operator[](std::size_t entry) const { return (words_[entry / 64] >> (entry % 64) & 1) != 0; }
    void set(std::size_t entry, bool value) { words_[entry / 64] |= std::uint64_t{value} << (entry % 64); }
    /// The first 64 entries, or all of them.
    std::uint64_t word() const { return words_[0]; }
    void flip();

    bool depends_on(int input) const;
    /// How many inputs it depends on.
    int support_size() const;
    /// The function of one input less that this is where an input has a value.
    WideTruthTable cofactor(int input, bool value) const;

    friend bool operator==(const WideTruthTable&, const WideTruthTable&) = default;
    friend auto operator<=>(const WideTruthTable&, const WideTruthTable&) = default;
    std::size_t hash() const;

private:
    int num_inputs_;
    std::vector<std::uint64_t> words_;  ///< entries beyond the last one are 0
};

struct WideTruthTableHash {
    std::size_t operator()(const WideTruthTable& table) const { return table.hash(); }
};

}  // namespace lutra
