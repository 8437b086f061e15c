#pragma once

/// The fixed-point quantisers of HGQ2: keep_negative, integer and fractional bits per element.

#include <span>

#include "lutra/import/keras/layer_context.h"
#include "lutra/ops/quantize.h"

namespace lutra::keras {

/// The trained type of each element. HGQ counts the sign (keep_negative) apart: a value has k + i + f bits, none if that is not positive.
struct HgqQuantizer {
    Shape shape{};                     ///< broadcasts to what is quantised; of activations without the batch axis
    std::vector<int> keep_negative{};  ///< 0 or 1
    std::vector<int> integer_bits{};   ///< without the sign
    std::vector<int> fraction_bits{};
    Rounding rounding = Rounding::HalfUp;
    Overflow overflow = Overflow::Wrap;
    bool only_rounds = false;  ///< HGQ leaves weights with overflow WRAP as they are after rounding
    bool is_dummy = false;     ///< leaves values as they are; then there are no types
    double scaler = 1;         ///< values are divided by it before, and multiplied with it after quantisation
    double factor = 1;         ///< then multiplied with this,
    double offset = 0;         ///< and moved by this

    std::size_t size() const { return keep_negative.size(); }
    bool is_pruned(std::size_t i) const { return keep_negative[i] + integer_bits[i] + fraction_bits[i] <= 0; }
    /// Bits of element i, the sign included.
    int width(std::size_t i) const { return is_pruned(i) ? 0 : keep_negative[i] + std::max(integer_bits[i] + fraction_bits[i], 0); }
};

/// What is to be quantised: weights know no batch axis; what stands before or behind a table has types only, without scaler and affine.
enum class HgqPlace { Weight, Activation, Table };

/// Reads the quantiser whose configuration is an option and whose types are the weights below, such as "iq".
Result<HgqQuantizer> read_hgq_quantizer(LayerContext& context, std::string_view option, std::string_view below, HgqPlace place);

/// The same from the configuration itself, which `what` names.
Result<HgqQuantizer> read_hgq_quantizer(const LayerContext& context, const Json& configuration, std::string_view what, std::string_view below, HgqPlace place);

/// Appends the quantiser to an activation.
Result<NodeId> add_hgq_quantizer(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input);

/// Appends the quantiser of the layer's input if the layer has one: option "iq_conf", types below "iq".
Result<NodeId> add_hgq_input_quantizer(LayerContext& context, NodeId input);
/// The same for the output: "oq_conf", "oq".
Result<NodeId> add_hgq_output_quantizer(LayerContext& context, NodeId output);

/// A constant through its quantiser, in the single precision that HGQ computes it in.
Result<RealTensor> quantize_hgq_constant(const LayerContext& context, const HgqQuantizer& quantizer, const RealTensor& values);

}  // namespace lutra::keras
