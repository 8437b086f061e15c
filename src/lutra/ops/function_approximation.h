#pragma once

/// Real functions of one variable as tables with a proved error.

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/affine_wire.h"

namespace lutra {

/// From here on outwards the function is taken as the line value + slope * (x - at). It differs from a constant by at most the allowed error,
/// from a line with a slope by at most 1/8 of it. Only the right one may have a slope.
struct Asymptote {
    Dyadic at;
    Dyadic value;
    Dyadic slope = 0;
};

/// What has to be known of a function.
struct RealFunction {
    std::function<Integer(const Dyadic& x, int fraction)> rounded;  ///< f(x) * 2^fraction to the nearest integer
    Dyadic max_slope;                                               ///< |f'| is nowhere larger
    Dyadic max_curvature;                                           ///< |f''| is nowhere larger
    std::optional<Dyadic> lowest = {};                              ///< bounds of f, which results keep
    std::optional<Dyadic> highest = {};
    std::optional<Asymptote> left = {};   ///< for x <= left->at
    std::optional<Asymptote> right = {};  ///< for x >= right->at
    bool has_corner = false;              ///< f' jumps at right->at, which is 0
};

/// Lowers f(x) with an absolute error of at most 2^-error_bits for every x. Equal tables are computed once per object.
///
/// A value of few steps is looked up in one table of f rounded. Otherwise x is split into a segment and a place in it: tables give the
/// chord's base and slope in the segment, one multiplication the rest. With E = 2^-error_bits the errors are: rounding of the result E/2
/// (folded into the base), chord moved by half of its sagitta 3/8 E (h^2 * curvature / 8 <= E/2, see plan()), slope E/32, base E/64, bits
/// of x below the needed resolution E/32. Scale and offset of x are part of the tables, so they cost nothing.
///
/// Beyond an asymptote x is clamped. Where that has a slope, slope * (x - clamped x) is added, rounded to E/4; the tables' entries there are
/// off by E/2 only.
class FunctionApproximation {
public:
    FunctionApproximation(RealFunction function, int error_bits) : function_(std::move(function)), error_bits_(error_bits) {}

    Wire lower(CircuitBuilder& builder, const AffineWire& x);
    /// True when x is looked up in one table.
    bool is_table(const CircuitBuilder& builder, const AffineWire& x) const;

    /// The largest table that is not split into segments.
    static constexpr int max_direct_entries = 512;

private:
    /// x = slope * r + offset for the raw integer r of a wire. A segment has 2^place_bits places of 2^dropped_bits integers each.
    struct Plan {
        Dyadic slope;
        Dyadic offset;
        int dropped_bits = 0;
        int place_bits = 0;
        int table_fraction = 0;                     ///< bits behind the point of a single table's entries
        std::optional<Integer> first_segment = {};  ///< an asymptote's, as all below it
        std::optional<Integer> last_segment = {};   ///< an asymptote's, as all above it

        int segment_bits() const { return dropped_bits + place_bits; }
        auto operator<=>(const Plan&) const = default;
    };
    struct Segments {
        std::vector<Integer> bases;
        std::vector<Integer> slopes;
    };
    using Key = std::tuple<Plan, Integer, Integer>;

    /// How a wire is looked up: all of it in one table, what is left of it between the asymptotes in one table, or in segments.
    enum class Form { Table, ClampedTable, Segments };

    Form choose_form(const Interval& range, const Dyadic& slope, const Dyadic& offset) const;
    Plan plan(const Dyadic& slope, const Dyadic& offset, Form form) const;
    void add_asymptotes(Plan& plan) const;
    static Interval clamped(const Interval& range, const Plan& plan);
    static Wire clamped(CircuitBuilder& builder, Wire r, const Plan& plan);
    Wire lower_table(CircuitBuilder& builder, Wire r, const Plan& plan);
    Wire lower_segments(CircuitBuilder& builder, Wire r, const Plan& plan);
    Wire add_line(CircuitBuilder& builder, Wire y, Wire r, const Plan& plan) const;
    bool has_line() const { return function_.right && !function_.right->slope.is_zero(); }
    Integer value_at(const Dyadic& x, int fraction) const;
    Segments make_segments(const Plan& plan, const Interval& range) const;

    RealFunction function_;
    int error_bits_;
    std::map<Key, std::vector<Integer>> tables_;
    std::map<Key, Segments> segments_;
};

/// The smallest n with 2^-n <= max_error > 0.
int error_bits_of(double max_error);

/// The bounds of errors that functions take.
inline constexpr double smallest_max_error = 0x1p-20;
inline constexpr double largest_max_error = 0.25;

/// InvalidAttribute of the op unless max_error is within the bounds.
Result<void> check_max_error(std::string_view op, double max_error);

/// n * ln 2 rounded up a little: from there on exp(-x) <= 2^-n.
Dyadic multiple_of_log_two(int n);
/// The root of that, rounded up a little: from there on exp(-x^2) <= 2^-n.
Dyadic root_of_log_two(int n);

}  // namespace lutra
