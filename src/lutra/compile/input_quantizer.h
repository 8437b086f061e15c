#pragma once

/// The quantisers of one input port, made ready for whole batches of events.

#include <cstdint>
#include <vector>

#include "lutra/ops/quantize.h"

namespace lutra {

/// Quantises rows of doubles to raw integers of at most 64 bits, with the results of quantize_value.
///
/// Almost every value takes a short path in doubles that is exact: a scale of 2^n multiplies without error; with another scale the quotient
/// is off by at most one part in 2^53, which matters only near an integer or half of one. Those values, and the rare modes beyond their
/// range, are left to quantize_value.
class InputQuantizer {
public:
    /// One quantiser per element of the port. All results must fit in 64 bits.
    explicit InputQuantizer(std::vector<Quantize::Element> elements);

    std::size_t size() const { return elements_.size(); }

    /// raws[event * stride + i] becomes the integer of values[event * size() + i], which are finite.
    void run(const double* values, std::size_t num_events, std::int64_t* raws, std::size_t stride) const;

private:
    struct Parameters {
        std::vector<double> scale;   ///< of element i; its inverse when all scales are powers of two
        std::vector<double> zero;    ///< zero point
        std::vector<double> is_odd;  ///< 1 when the zero point is odd
        std::vector<double> low;     ///< range of the result
        std::vector<double> high;
    };
    using Kernel = bool (*)(const double* values, std::size_t count, const Parameters& parameters, std::int64_t* raws);
    struct Kernels;

    bool choose_kernel();
    void fill_parameters();
    void run_slowly(const double* values, std::size_t count, std::int64_t* raws, bool only_left) const;

    std::vector<Quantize::Element> elements_;
    Parameters parameters_;    ///< of several events in a row, so that small ports make long loops too
    Kernel kernel_ = nullptr;  ///< none: every value takes the slow path
};

}  // namespace lutra
