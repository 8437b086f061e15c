#include "lutra/compile/input_quantizer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace lutra {

namespace {

/// What a kernel leaves where the slow path has to decide; no result of a fast path is so low.
constexpr std::int64_t undecided = std::numeric_limits<std::int64_t>::min();

constexpr int max_fast_width = 46;  ///< so that a clamped quotient and a zero point stay far below 2^51
constexpr double largest_quotient = 1LL << 50;
constexpr double largest_zero = 1LL << 46;
constexpr int shortest_loop = 64;

enum class RangeRule { Clamp, Zero, Wrap, Other };
enum class ScaleRule { PowerOfTwo, Any };

/// 1.5 * 2^52: in this binade a double's last bit is 1, so adding it rounds |x| < 2^51 to an integer, ties to even.
constexpr double integer_binade = 6755399441055744.0;

double round_to_even(double x) { return (x + integer_binade) - integer_binade; }

double floor_of(double x) {
    const double nearest = round_to_even(x);
    return nearest - (nearest > x ? 1.0 : 0.0);
}

/// An integral |x| < 2^51 as an integer.
std::int64_t to_integer(double x) { return std::bit_cast<std::int64_t>(x + integer_binade) - std::bit_cast<std::int64_t>(integer_binade); }

template <Rounding rounding>
double rounded(double x) {
    const double floor = floor_of(x);
    const double rest = x - floor;
    const double up = floor + 1.0;
    switch (rounding) {
        case Rounding::Truncate: return floor;
        case Rounding::TruncateZero: return rest > 0 && x < 0 ? up : floor;
        case Rounding::HalfUp: return rest >= 0.5 ? up : floor;
        case Rounding::HalfDown: return rest > 0.5 ? up : floor;
        case Rounding::HalfToZero: return rest > 0.5 || (rest == 0.5 && x < 0) ? up : floor;
        case Rounding::HalfFromZero: return rest > 0.5 || (rest == 0.5 && x > 0) ? up : floor;
        case Rounding::HalfToEven: return round_to_even(x);
        case Rounding::Ceiling: return rest > 0 ? up : floor;
        case Rounding::FromZero: return rest > 0 && x > 0 ? up : floor;
    }
    std::unreachable();
}

/// Whether round(x + z) = round(x) + z for every even z; for odd z too, but for ties of HalfToEven.
bool commutes_with_integers(Rounding rounding) {
    switch (rounding) {
        case Rounding::Truncate:
        case Rounding::HalfUp:
        case Rounding::HalfDown:
        case Rounding::HalfToEven:
        case Rounding::Ceiling: return true;
        case Rounding::TruncateZero:
        case Rounding::HalfToZero:
        case Rounding::HalfFromZero:
        case Rounding::FromZero: return false;
    }
    std::unreachable();
}

RangeRule range_rule_of(const Quantization& quantization) {
    switch (quantization.overflow) {
        case Overflow::Saturate:
        case Overflow::SaturateSymmetric: return RangeRule::Clamp;
        case Overflow::SaturateZero: return RangeRule::Zero;
        case Overflow::Wrap: return quantization.saturation_bits == 0 ? RangeRule::Wrap : RangeRule::Other;
        case Overflow::WrapSignMagnitude: return RangeRule::Other;
    }
    std::unreachable();
}

}  // namespace

/// One kernel per rounding mode and rule.
struct InputQuantizer::Kernels {
    /// Fills `raws`; true when some are undecided.
    template <Rounding rounding, RangeRule range, ScaleRule scale_rule>
    static bool run(const double* values, std::size_t count, const Parameters& parameters, std::int64_t* raws) {
        const double* scale = parameters.scale.data();
        const double* zero = parameters.zero.data();
        const double* is_odd = parameters.is_odd.data();
        const double* low = parameters.low.data();
        const double* high = parameters.high.data();
        std::int64_t num_undecided = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double quotient = scale_rule == ScaleRule::PowerOfTwo ? values[i] * scale[i] : values[i] / scale[i];
            const double x = std::min(std::max(quotient, -largest_quotient), largest_quotient);
            bool is_undecided = is_unsure<scale_rule>(values[i], x);
            if constexpr (rounding == Rounding::HalfToEven) {
                is_undecided |= (x - floor_of(x) == 0.5) & (is_odd[i] != 0);
            }
            double result = rounded<rounding>(x) + zero[i];
            const bool is_outside = (result < low[i]) | (result > high[i]);
            if constexpr (range == RangeRule::Clamp) {
                result = std::min(std::max(result, low[i]), high[i]);
            } else if constexpr (range == RangeRule::Zero) {
                result = is_outside ? 0.0 : result;
            } else if constexpr (range == RangeRule::Wrap) {
                const double span = high[i] - low[i] + 1;
                result -= span * floor_of((result - low[i]) / span);
                is_undecided |= std::abs(quotient) >= largest_quotient;
            } else {
                is_undecided |= is_outside;
            }
            raws[i] = is_undecided ? undecided : to_integer(result);
            num_undecided += is_undecided ? 1 : 0;
        }
        return num_undecided > 0;
    }

    /// Whether a quotient in doubles may round to another integer than the exact one.
    template <ScaleRule scale_rule>
    static bool is_unsure(double value, double quotient) {
        if constexpr (scale_rule == ScaleRule::PowerOfTwo) {
            constexpr double smallest_normal = 1e-300;
            return (std::abs(quotient) < smallest_normal) & (value != 0);
        } else {
            constexpr double margin = 0x1p-50;
            const double halves = std::min(std::max(2 * quotient, -largest_quotient), largest_quotient);
            return (std::abs(halves - round_to_even(halves)) <= std::abs(halves) * margin) & (value != 0);
        }
    }

    template <Rounding rounding, ScaleRule scale_rule>
    static Kernel of_range(RangeRule range) {
        switch (range) {
            case RangeRule::Clamp: return run<rounding, RangeRule::Clamp, scale_rule>;
            case RangeRule::Zero: return run<rounding, RangeRule::Zero, scale_rule>;
            case RangeRule::Wrap: return run<rounding, RangeRule::Wrap, scale_rule>;
            case RangeRule::Other: return run<rounding, RangeRule::Other, scale_rule>;
        }
        std::unreachable();
    }

    template <Rounding rounding>
    static Kernel of(RangeRule range, ScaleRule scale_rule) {
        return scale_rule == ScaleRule::PowerOfTwo ? of_range<rounding, ScaleRule::PowerOfTwo>(range) : of_range<rounding, ScaleRule::Any>(range);
    }

    static Kernel find(Rounding rounding, RangeRule range, ScaleRule scale_rule) {
        switch (rounding) {
            case Rounding::Truncate: return of<Rounding::Truncate>(range, scale_rule);
            case Rounding::TruncateZero: return of<Rounding::TruncateZero>(range, scale_rule);
            case Rounding::HalfUp: return of<Rounding::HalfUp>(range, scale_rule);
            case Rounding::HalfDown: return of<Rounding::HalfDown>(range, scale_rule);
            case Rounding::HalfToZero: return of<Rounding::HalfToZero>(range, scale_rule);
            case Rounding::HalfFromZero: return of<Rounding::HalfFromZero>(range, scale_rule);
            case Rounding::HalfToEven: return of<Rounding::HalfToEven>(range, scale_rule);
            case Rounding::Ceiling: return of<Rounding::Ceiling>(range, scale_rule);
            case Rounding::FromZero: return of<Rounding::FromZero>(range, scale_rule);
        }
        std::unreachable();
    }
};

InputQuantizer::InputQuantizer(std::vector<Quantize::Element> elements) : elements_(std::move(elements)) {
    if (choose_kernel()) {
        fill_parameters();
    }
}

bool InputQuantizer::choose_kernel() {
    if (elements_.empty()) {
        return false;
    }
    const Quantization& first = elements_[0].quantization;
    const bool may_shift = commutes_with_integers(first.rounding);
    bool are_powers = true;
    for (const Quantize::Element& element : elements_) {
        const Quantization& one = element.quantization;
        const bool has_same_modes = one.rounding == first.rounding && range_rule_of(one) == range_rule_of(first);
        const bool has_fast_zero = element.zero_point.is_zero() || (may_shift && std::abs(element.zero_point.to_double()) <= largest_zero);
        if (!has_same_modes || !has_fast_zero || one.type.width > max_fast_width) {
            return false;
        }
        are_powers = are_powers && element.scale.mantissa() == Integer(1);
    }
    kernel_ = Kernels::find(first.rounding, range_rule_of(first), are_powers ? ScaleRule::PowerOfTwo : ScaleRule::Any);
    return true;
}

void InputQuantizer::fill_parameters() {
    const bool are_powers = std::ranges::all_of(elements_, [](const Quantize::Element& element) { return element.scale.mantissa() == Integer(1); });
    do {
        for (const Quantize::Element& element : elements_) {
            const double scale = element.scale.to_double();
            parameters_.scale.push_back(are_powers ? 1 / scale : scale);
            parameters_.zero.push_back(element.zero_point.to_double());
            parameters_.is_odd.push_back(element.zero_point.is_odd() ? 1.0 : 0.0);
            parameters_.low.push_back(element.range.low.to_double());
            parameters_.high.push_back(element.range.high.to_double());
        }
    } while (parameters_.scale.size() < shortest_loop);
}

void InputQuantizer::run_slowly(const double* values, std::size_t count, std::int64_t* raws, bool only_left) const {
    for (std::size_t i = 0; i < count; ++i) {
        if (!only_left || raws[i] == undecided) {
            raws[i] = quantize_value(Dyadic::from_double(values[i]), elements_[i % size()]).to_int64();
        }
    }
}

void InputQuantizer::run(const double* values, std::size_t num_events, std::int64_t* raws, std::size_t stride) const {
    const bool is_dense = stride == size();
    const std::size_t events_per_step = is_dense && kernel_ != nullptr ? parameters_.scale.size() / std::max<std::size_t>(size(), 1) : 1;
    for (std::size_t event = 0; event < num_events; event += events_per_step) {
        const std::size_t count = std::min(events_per_step, num_events - event) * size();
        const double* row = values + event * size();
        std::int64_t* row_raws = raws + event * stride;
        if (kernel_ == nullptr) {
            run_slowly(row, count, row_raws, false);
        } else if (kernel_(row, count, parameters_, row_raws)) {
            run_slowly(row, count, row_raws, true);
        }
    }
}

}  // namespace lutra
