#pragma once

/// The range of an exact form over all values of its variables that can occur.

#include <functional>

#include "lutra/prove/bit_ranges.h"
#include "lutra/prove/exact_form.h"

namespace lutra {

/// The word of a variable, and its place there.
struct RangedBit {
    std::uint32_t word_number = 0;
    std::uint32_t place = 0;
    const CutWord* word = nullptr;
};

/// Bounds of forms. Words are taken for independent of each other.
class FormRanges {
public:
    using BitOf = std::function<RangedBit(std::uint32_t variable)>;

    /// What `bit_of` shows must live as long as a range is being found.
    FormRanges(LocalFunctions& local, BitOf bit_of) : local_(local), bit_of_(std::move(bit_of)) {}

    Interval of(const ExactForm& form);
    /// Moves tables that share no word with a term, nor with another table that does, out of the form. The range of their sum.
    Interval take_tables(ExactForm& form, std::map<std::uint32_t, std::vector<Integer>>& taken);

private:
    struct Term {
        const Monomial* monomial = nullptr;
        const Integer* coefficient = nullptr;
        std::size_t first_bit = 0;  ///< its variables are those in bits_ from there on
        std::uint32_t part = 0;
    };
    struct Table {
        std::uint32_t domain = 0;
        const std::vector<Integer>* values = nullptr;
        std::uint32_t part = 0;
    };
    /// Terms and tables that have words in common.
    struct Part {
        std::span<const Term> terms;
        std::span<const Table> tables;
    };
    struct Branched;

    void find_terms(const ExactForm& form);
    std::vector<Part> find_parts();
    Interval range_of_part(const Part& part);
    Interval range_of_word(std::span<const Term> terms);
    std::optional<Interval> range_of_products(std::span<const Term> terms) const;
    Interval range_of_table(const Table& table);
    static Interval rough_range(const Part& part);
    std::vector<std::uint32_t> branch_variables(const Part& part) const;
    Branched branch_on(const Part& part, std::span<const std::uint32_t> branch) const;
    std::optional<Interval> range_at(const Branched& branched, std::uint64_t assignment);

    LocalFunctions& local_;
    BitOf bit_of_;
    Partition words_;
    std::vector<RangedBit> bits_;
    std::vector<Term> terms_;
    std::vector<Table> tables_;
    std::vector<WeightedBit> weights_;  ///< of the words of the part that is being looked at
};

}  // namespace lutra
