#pragma once

/// What an assignment would cost in hardware, before anything is built.

#include <map>
#include <utility>

#include "lutra/quantize/precision_plan.h"

namespace lutra {

/// Number of nonzero digits of an integer in canonical signed-digit form: the adder rows that a multiplication by it needs.
int num_signed_digits(std::int64_t value);

/// Estimates look-up tables of six inputs. A product with constants costs half of the signed digits of the weights times the bits of the input, which has
/// predicted mapped networks within a fifth; a rounded result costs a look-up table per bit; a function of one value costs its truth
/// table: n * 2^(m - 6) for m input and n output bits, n * m / 10 for m below 5; a normalisation the products of its elements.
class PrecisionCost {
public:
    explicit PrecisionCost(const PrecisionPlan& plan) : plan_(plan) {}

    double operator()(const Assignment& assignment);

private:
    /// Signed digits of all weights of a node, for one position of the layer.
    double weight_digits(NodeId node, const Assignment& assignment);
    double node_cost(NodeId node, const Assignment& assignment, const std::vector<WidthEstimate>& widths);

    const PrecisionPlan& plan_;
    std::map<std::pair<std::size_t, SlotType>, double> digits_of_slot_;
    std::map<std::uint32_t, double> digits_of_node_;
};

}  // namespace lutra
