#pragma once

/// Values of cut points that can occur together. A form that does not vanish shows it for one of them as a rule.

#include <array>

#include "lutra/prove/exact_form.h"

namespace lutra {

class FormSamples {
public:
    /// Both must outlive this; words may be added.
    FormSamples(const Variables& variables, const LocalFunctions& local) : variables_(variables), local_(local) {}

    /// False only where the form is not 0 modulo 2^width for all values of its cut points that can occur.
    bool may_vanish(const ExactForm& form, int width);

private:
    static constexpr std::size_t num_samples = 8;
    /// Bit s belongs to sample s.
    using Bits = std::uint32_t;
    using Sums = std::array<std::uint64_t, num_samples>;

    static void add(Sums& sums, Bits where, const Integer& coefficient);
    void add_table(Sums& sums, const Support& cut_points, const std::vector<Integer>& values);
    Bits bits_of(std::uint32_t cut_point);
    const std::array<Integer, num_samples>& numbers_of(std::uint32_t word);

    const Variables& variables_;
    const LocalFunctions& local_;
    std::vector<std::array<Integer, num_samples>> numbers_;  ///< of each word
    std::vector<bool> has_numbers_;
    std::vector<std::optional<Bits>> bits_;  ///< of each cut point
};

}  // namespace lutra
