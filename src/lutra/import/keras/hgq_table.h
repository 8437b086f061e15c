#pragma once

/// Tables of functions between two quantisers of HGQ: sum-of-tables layers and unary functions.

#include <functional>

#include "lutra/import/keras/hgq_quantizer.h"

namespace lutra::keras {

/// A value and how much of it single precision may have got wrong.
struct Estimate {
    double value = 0;
    double error = 0;
};

/// Tables as the op `table_sum` takes them, one per edge (input, output), and the entries that lie near a tie.
struct HgqTables {
    RealTensor steps{};
    RealTensor lows{};
    RealTensor counts{};
    RealTensor entries{{0}, {}};
    std::vector<bool> is_live{};  ///< of each edge: what it adds depends on its input
    std::vector<std::string> near_ties{};
};

/// HGQ leaves a sign to inputs that it has trained away: -2^i or 0. It never saw the former.
bool has_sign_only(const HgqQuantizer& quantizer, std::size_t edge);

/// The types of a quantiser for every element of a shape.
HgqQuantizer for_every_edge(const HgqQuantizer& quantizer, const Shape& edges);

/// Evaluates a function of each edge for every value of its input type and rounds to its output type; both quantisers have the shape of the edges.
Result<HgqTables> make_hgq_tables(const LayerContext& context, const HgqQuantizer& input, const HgqQuantizer& output,
                                  const std::function<Estimate(std::size_t edge, double x)>& evaluate);

/// The attributes of a `table_sum`.
AttributeMap attributes_of(const HgqTables& tables);

/// Says in the report which entries are near a tie.
void list_near_ties(LayerContext& context, const HgqTables& tables);

/// Appends y = output(f(x)) of one function, element by element, for an x that has gone through `input`.
Result<NodeId> add_hgq_function(LayerContext& context, std::string_view part, const HgqQuantizer& input, const HgqQuantizer& output, double (*function)(double),
                                NodeId x);

/// The same for a function with parameters.
Result<NodeId> add_hgq_function(LayerContext& context, std::string_view part, const HgqQuantizer& input, const HgqQuantizer& output,
                                const std::function<Estimate(double)>& function, NodeId x);

/// The real functions that tables are made of, by the names of Keras; null when there is none.
double (*find_real_function(std::string_view name))(double);

}  // namespace lutra::keras
