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

/// From here on the function is taken as a constant; it differs from that by at most the allowed error.
struct Saturation {
    Dyadic at;
    Dyadic value;
};

/// What has to be known of a function.
struct RealFunction {
    std::function<Integer(const Dyadic& x, int fraction)> rounded;  ///< f(x) * 2^fraction to the nearest integer
    Dyadic max_slope;                                               ///< |f'| is nowhere larger
    Dyadic max_curvature;                                           ///< |f''| is nowhere larger
    Dyadic lowest;                                                  ///< bounds of f, which results keep
    Dyadic highest;
    std::optional<Saturation> left;   ///< for x <= left->at
    std::optional<Saturation> right;  ///< for x >= right->at
};

/// Lowers f(x) with an absolute error of at most 2^-error_bits for every x. Equal tables are computed once per object.
///
/// A value of few steps is looked up in one table of f rounded. Otherwise x is split into a segment and a place in it: tables give the
/// chord's base and slope in the segment, one multiplication the rest. With E = 2^-error_bits the errors are: rounding of the result E/2
/// (folded into the base), chord moved by half of its sagitta 3/8 E (h^2 * curvature / 8 <= E/2, see plan()), slope E/32, base E/64, bits
/// of x below the needed resolution E/32. Scale and offset of x are part of the tables, so they cost nothing.
class FunctionApproximation {
public:
    FunctionApproximation(RealFunction function, int error_bits) : function_(std::move(function)), error_bits_(error_bits) {}

    Wire lower(CircuitBuilder& builder, const AffineWire& x);

    /// The largest table that is not split into segments.
    static constexpr int max_direct_entries = 512;

private:
    /// x = slope * r + offset for the raw integer r of a wire. A segment has 2^place_bits places of 2^dropped_bits integers each.
    struct Plan {
        Dyadic slope;
        Dyadic offset;
        int dropped_bits = 0;
        int place_bits = 0;
        std::optional<Integer> first_segment;  ///< saturated, as all below it
        std::optional<Integer> last_segment;   ///< saturated, as all above it

        int segment_bits() const { return dropped_bits + place_bits; }
        auto operator<=>(const Plan&) const = default;
    };
    struct Segments {
        std::vector<Integer> bases;
        std::vector<Integer> slopes;
    };
    using Key = std::tuple<Plan, Integer, Integer>;

    Plan plan(const Dyadic& slope, const Dyadic& offset, bool is_direct) const;
    void add_saturation(Plan& plan) const;
    static Interval clamped(const Interval& range, const Plan& plan);
    static Wire clamped(CircuitBuilder& builder, Wire r, const Plan& plan);
    Wire lower_direct(CircuitBuilder& builder, Wire r, const Plan& plan);
    Wire lower_segments(CircuitBuilder& builder, Wire r, const Plan& plan);
    Integer value_at(const Dyadic& x, int fraction) const;
    Segments make_segments(const Plan& plan, const Interval& range) const;

    RealFunction function_;
    int error_bits_;
    std::map<Key, std::vector<Integer>> direct_tables_;
    std::map<Key, Segments> segment_tables_;
};

/// The smallest n with 2^-n <= max_error > 0.
int error_bits_of(double max_error);

/// InvalidAttribute of the op unless smallest <= max_error <= 1/4.
Result<void> check_max_error(std::string_view op, double max_error, double smallest);

/// n * ln 2 rounded up a little: from there on exp(-x) <= 2^-n.
Dyadic multiple_of_log_two(int n);

}  // namespace lutra
