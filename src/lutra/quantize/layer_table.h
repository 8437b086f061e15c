#pragma once

/// The types of the layers of a model and what they cost in accuracy, as a table.

#include <optional>
#include <string>
#include <vector>

#include "lutra/quantize/calibrate.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// Types of one layer, and how far its result is from that of the float model.
struct LayerPrecision {
    std::string name;
    std::string op;
    std::optional<Quantization> weight;
    std::optional<Quantization> bias;
    std::optional<Quantization> result;
    double max_error = 0;  ///< largest difference to the float model over the events
    double rms_error = 0;  ///< root of the mean square of it

    friend bool operator==(const LayerPrecision&, const LayerPrecision&) = default;
};

/// The types that a spec (without `auto`) gives to the layers of a model, with errors over the events: every layer's values in the quantised model
/// against those in the float model. Layers that get no type are left out.
Results<std::vector<LayerPrecision>> measure_layers(const Graph& graph, const PrecisionSpec& spec, const CalibrationData& data, int num_threads = 0);

/// Lines of a table for people, with a heading.
std::vector<std::string> to_lines(const std::vector<LayerPrecision>& layers);

}  // namespace lutra
