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

/// Term by term, and what a circuit proved of the form.
Interval NormalForms::interval_of_whole(const LinearForm& form) const {
    const Interval interval = interval_of_terms(form);
    const auto known = form.is_constant() ? intervals_.end() : intervals_.find(text_of(form));
    return known == intervals_.end() ? interval : common_part(interval, known->second);
}

/// x - 2^k * floor(x / 2^k) is taken as a whole, which is in [0, 2^k - 1].
Interval NormalForms::interval_without_floors(const LinearForm& form) const {
    LinearForm rest = form;
    Interval rests{0, 0};
    for (auto term = form.terms.rbegin(); term != form.terms.rend(); ++term) {
        const Atom& atom = atoms_[term->first];
        if (atom.kind != Atom::Kind::Floor) {
            continue;
        }
        const auto found = std::ranges::lower_bound(rest.terms, term->first, {}, [](const auto& other) { return other.first; });
        if (found == rest.terms.end() || found->first != term->first || !found->second.low_bits(atom.amount).is_zero()) {
            continue;
        }
        const Integer factor = -(found->second >> atom.amount);
        rest = combined(rest, 1, atom.inside - LinearForm{{{term->first, Integer::power_of_two(atom.amount)}}, 0}, -factor);
        rests = rests + Interval{0, Integer::power_of_two(atom.amount) - Integer(1)} * factor;
    }
    return interval_of_terms(rest) + rests;
}

/// Takes forms that a circuit proved an interval of out of the form, the latest atoms first. Where only a fraction of one can be taken out, the whole is
/// scaled.
Interval NormalForms::interval_of_known_parts(LinearForm form, Choice choice) const {
    const auto size = [](const Interval& interval) { return interval.high - interval.low; };
    constexpr int max_scale_bits = 64;
    Integer scale = 1;  // of form, terms and parts
    Interval terms = interval_of_terms(form);
    Interval parts{0, 0};
    for (std::size_t i = form.terms.size(); i-- > 0;) {
        const auto known = i < form.terms.size() ? parts_with_.find(form.terms[i].first) : parts_with_.end();
        if (known == parts_with_.end()) {
            continue;
        }
        struct Taken {
            LinearForm rest;
            Interval terms;
            Interval part;
            Integer scaled_by;
        };
        std::optional<Taken> best;
        for (const KnownPart& part : known->second) {
            const Integer& coefficient = part.form.terms.back().second;
            const Integer scaled_by = floor_divide(coefficient.abs(), greatest_common_divisor(coefficient, form.terms[i].second));
            const Integer factor = floor_divide(form.terms[i].second * scaled_by, coefficient);
            Taken taken{combined(form, scaled_by, part.form, -factor), {}, intervals_.at(part.key) * factor, scaled_by};
            if (choice == Choice::Shortest && (scaled_by != Integer(1) || taken.rest.terms.size() + 1 >= form.terms.size())) {
                continue;
            }
            taken.terms = interval_of_terms(taken.rest);
            const auto left = [&](const Taken& t, const Taken& other) { return (size(t.terms) + size(t.part)) * other.scaled_by; };
            const Taken nothing{{}, terms, {0, 0}, 1};
            const Taken& other = best ? *best : nothing;
            if (choice == Choice::Shortest ? !best : left(taken, other) < left(other, taken)) {
                best = std::move(taken);
            }
        }
        if (best && (scale * best->scaled_by).bit_length() <= max_scale_bits) {
            form = std::move(best->rest);
            terms = best->terms;
            parts = parts * best->scaled_by + best->part;
            scale = scale * best->scaled_by;
        }
    }
    const Interval whole = terms + parts;
    return {-floor_divide(-whole.low, scale), floor_divide(whole.high, scale)};
}

void NormalForms::note(const LinearForm& form, const Interval& interval) {
    if (!form.is_constant()) {
        if (form.terms.size() == 1 && form.terms[0].second == Integer(1)) {
            Interval& known = atoms_[form.terms[0].first].interval;
            known = common_part(known, interval + Interval{-form.constant, -form.constant});
        }
        const auto [place, is_new] = intervals_.try_emplace(text_of(form), interval);
        place->second = is_new ? interval : common_part(place->second, interval);
        constexpr std::size_t max_parts = 8;
        if (std::vector<KnownPart>& parts = parts_with_[form.terms.back().first]; is_new && form.terms.size() > 1 && parts.size() < max_parts) {
            parts.push_back({form, place->first});
        }
    }
}

}  // namespace lutra
