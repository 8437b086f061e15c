#pragma once

/// Values of wires in a normal form: two wires of two circuits with one form are equal for all inputs.
///
///     a sum of atoms with exact integer coefficients, and a constant
///
///     wrap(x)                           => x, when its range fits
///     wrap(x) to w bits                 => x - 2^w * floor(x / 2^w); of two's complement x - 2^w * floor((x + 2^(w - 1)) / 2^w)
///     floor((2^k * a + b) / 2^k)        => a + floor(b / 2^k), with coefficients of least size left in b
///     floor((2^j * x + c) / 2^k)        => floor((x + floor(c / 2^j)) / 2^(k - j))
///     floor((floor(x / 2^j) + y) / 2^k) => floor((x + 2^j * y) / 2^(j + k))
///     max(x, y)                         => y + relu(x - y)
///     min(x, y)                         => y - relu(y - x)
///     less(x, y), equal(x, y)           => atoms of x - y; for less without the divisor that its coefficients have in common
///     relu(x)                           => x or 0, when its range says which
///     relu(c * x)                       => c * relu(x), c > 0
///     relu(x)                           => x + relu(-x), where that is an atom already
///     floor((c + a * relu(x)) / 2^k)    => floor(c / 2^k) + relu(floor((c + a * x) / 2^k) - floor(c / 2^k)), a > 0; and so for a < 0
///
/// Everything else is an atom named by its primitive and the forms of its operands.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// coefficient * atom + ... + constant; atoms ascend, no coefficient is 0.
struct LinearForm {
    std::vector<std::pair<std::uint32_t, Integer>> terms;
    Integer constant = 0;

    bool is_constant() const { return terms.empty(); }
    friend bool operator==(const LinearForm&, const LinearForm&) = default;
    friend LinearForm operator*(const LinearForm& a, const Integer& factor);
};

/// a * a_factor + b * b_factor
LinearForm combined(const LinearForm& a, const Integer& a_factor, const LinearForm& b, const Integer& b_factor);
inline LinearForm operator+(const LinearForm& a, const LinearForm& b) { return combined(a, 1, b, 1); }
inline LinearForm operator-(const LinearForm& a, const LinearForm& b) { return combined(a, 1, b, -1); }

/// What all coefficients have in common; 0 for a constant.
Integer common_divisor(const LinearForm& form);
/// Coefficients that are multiples of the divisor divided, and the constant, rounded down.
LinearForm divided(const LinearForm& form, const Integer& divisor);

/// Of equal forms, and of those only.
std::string text_of(const LinearForm& form);

/// What both say of one value.
inline Interval common_part(const Interval& a, const Interval& b) { return {std::max(a.low, b.low), std::min(a.high, b.high)}; }

/// Names atoms; circuits whose forms are to be compared share one.
class NormalForms {
public:
    /// The forms of all live wires, raw values. Inputs are named by their place in the ports.
    std::vector<LinearForm> of(const Circuit& circuit);

private:
    struct Atom {
        enum class Kind : std::uint8_t { Other, Floor, Relu } kind = Kind::Other;
        int amount = 0;  ///< Floor: shift
        LinearForm inside;
        Interval interval;
    };

    class Forming;

    struct TableAtom {
        LookupTable table;
        std::uint32_t number = 0;
    };
    LinearForm table(LookupTable table, const std::string& operand, const Interval& interval);
    LinearForm atom(const std::string& key, Atom atom);
    /// The narrower the longer it takes; the search ends where `suffices`.
    template <typename Suffices>
    Interval interval_of(const LinearForm& form, Suffices suffices) const {
        Interval interval = interval_of_whole(form);
        for (const auto better : {&NormalForms::interval_without_floors, &NormalForms::interval_by_shortest_parts, &NormalForms::interval_by_narrowest_parts}) {
            if (suffices(interval)) {
                break;
            }
            interval = common_part(interval, (this->*better)(form));
        }
        return interval;
    }
    Interval interval_of(const LinearForm& form) const {
        return interval_of(form, [](const Interval& interval) { return interval.is_constant(); });
    }
    Interval interval_of_whole(const LinearForm& form) const;
    Interval interval_without_floors(const LinearForm& form) const;
    Interval interval_of_terms(const LinearForm& form) const;
    /// Which part is taken out of a form: the first that leaves fewer terms, or that which leaves the narrowest interval.
    enum class Choice : std::uint8_t { Shortest, Narrowest };
    Interval interval_of_known_parts(LinearForm form, Choice choice) const;
    Interval interval_by_shortest_parts(const LinearForm& form) const { return interval_of_known_parts(form, Choice::Shortest); }
    Interval interval_by_narrowest_parts(const LinearForm& form) const { return interval_of_known_parts(form, Choice::Narrowest); }
    /// Remembers what a circuit proves of a value; the other circuit may not see it.
    void note(const LinearForm& form, const Interval& interval);
    /// `known`: an interval of the form by what stands in the circuit.
    LinearForm wrap(const LinearForm& form, const FixedPointType& type, const std::optional<Interval>& known = std::nullopt);
    LinearForm floor(const LinearForm& form, int shift);
    LinearForm matching_coefficients(LinearForm form, int shift) const;
    LinearForm relu(const LinearForm& form, const std::optional<Interval>& known = std::nullopt);
    /// constant + factor * relu(inside)
    struct OnlyRelu {
        LinearForm inside;
        Integer factor;
        Integer constant;
    };
    std::optional<OnlyRelu> only_relu(const LinearForm& form) const;

    /// A form of several terms whose interval is known.
    struct KnownPart {
        LinearForm form;
        std::string key;  ///< in intervals_
    };

    std::vector<Atom> atoms_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::unordered_map<std::uint32_t, std::vector<KnownPart>> parts_with_;  ///< by their last atom
    std::unordered_map<std::string, Interval> intervals_;                   ///< by the text of their form
    std::unordered_map<std::string, std::vector<TableAtom>> tables_;        ///< by their operand
};

}  // namespace lutra
