// What is known of the values of normal forms.

#include <algorithm>

#include "lutra/prove/normal_form.h"

namespace lutra {

Interval NormalForms::interval_of_terms(const LinearForm& form) const {
    Interval interval{form.constant, form.constant};
    for (const auto& [atom, coefficient] : form.terms) {
        interval = interval + atoms_[atom].interval * coefficient;
    }
    return interval;
}

/// Terms by themselves; what a circuit proved of the form; and with x - 2^k * floor(x / 2^k) taken as a whole, which is in [0, 2^k - 1].
Interval NormalForms::interval_of(const LinearForm& form) const {
    Interval interval = interval_of_terms(form);
    if (const auto known = form.is_constant() ? intervals_.end() : intervals_.find(text_of(form)); known != intervals_.end()) {
        interval = common_part(interval, known->second);
    }
    LinearForm rest = form;
    Interval rests{0, 0};
    for (auto term = form.terms.rbegin(); term != form.terms.rend(); ++term) {
        const Atom& atom = atoms_[term->first];
        const auto found = std::ranges::lower_bound(rest.terms, term->first, {}, [](const auto& other) { return other.first; });
        if (atom.kind != Atom::Kind::Floor || found == rest.terms.end() || found->first != term->first || !found->second.low_bits(atom.amount).is_zero()) {
            continue;
        }
        const Integer factor = -(found->second >> atom.amount);
        rest = rest - (atom.inside - LinearForm{{{term->first, Integer::power_of_two(atom.amount)}}, 0}) * factor;
        rests = rests + Interval{0, Integer::power_of_two(atom.amount) - Integer(1)} * factor;
    }
    return common_part(common_part(interval, interval_of_terms(rest) + rests), interval_of_known_parts(form));
}

/// Takes forms that a circuit proved an interval of out of the form, as long as that leaves fewer terms.
Interval NormalForms::interval_of_known_parts(LinearForm form) const {
    Interval parts{0, 0};
    for (std::size_t i = form.terms.size(); i-- > 0;) {
        if (i >= form.terms.size()) {
            continue;
        }
        const auto known = parts_with_.find(form.terms[i].first);
        if (known == parts_with_.end()) {
            continue;
        }
        for (const LinearForm& part : known->second) {
            const Integer factor = floor_divide(form.terms[i].second, part.terms.back().second);
            LinearForm rest = form - part * factor;
            if (rest.terms.size() + 1 < form.terms.size() && part.terms.back().second * factor == form.terms[i].second) {
                parts = parts + intervals_.at(text_of(part)) * factor;
                form = std::move(rest);
                break;
            }
        }
    }
    return interval_of_terms(form) + parts;
}

void NormalForms::note(const LinearForm& form, const Interval& interval) {
    if (!form.is_constant()) {
        const auto [place, is_new] = intervals_.try_emplace(text_of(form), interval);
        place->second = is_new ? interval : common_part(place->second, interval);
        constexpr std::size_t max_parts = 8;
        if (std::vector<LinearForm>& parts = parts_with_[form.terms.back().first]; is_new && form.terms.size() > 1 && parts.size() < max_parts) {
            parts.push_back(form);
        }
    }
}

/// floor(x / 2^k) is (x - r) / 2^k with r in [0, 2^k - 1]: with all floors written so, the latest first, what is left is a fraction, and an integer that lies
/// between -1 and 1 is 0.
bool NormalForms::is_zero(LinearForm form) const {
    constexpr int max_scale = 256;
    const Integer divisor = greatest_common_divisor(common_divisor(form), form.constant);
    if (divisor.is_zero()) {
        return true;
    }
    form = divided(form, divisor);
    int scale = 0;
    Interval remainders{0, 0};
    for (auto next = form.terms.rbegin(); next != form.terms.rend();) {
        const auto [number, coefficient] = *next;
        const Atom& atom = atoms_[number];
        if (atom.kind != Atom::Kind::Floor) {
            ++next;
            continue;
        }
        // Where the coefficient is a multiple of 2^k nothing has to be scaled.
        const int divided = std::min(coefficient.trailing_zeros(), atom.amount);
        const int added = atom.amount - divided;
        if (scale += added; scale > max_scale) {
            return false;
        }
        const Integer factor = coefficient >> divided;
        form = (form - LinearForm{{{number, coefficient}}, 0}) * Integer::power_of_two(added) + atom.inside * factor;
        remainders = remainders * Integer::power_of_two(added) + Interval{0, Integer::power_of_two(atom.amount) - Integer(1)} * -factor;
        next = std::ranges::find_if(form.terms.rbegin(), form.terms.rend(), [before = number](const auto& term) { return term.first < before; });
    }
    const Interval range = interval_of(form) + remainders;
    return range.low > -Integer::power_of_two(scale) && range.high < Integer::power_of_two(scale);
}

}  // namespace lutra
