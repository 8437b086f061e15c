#pragma once

/// The batch evaluator: many events through one circuit, in SIMD lanes and on all cores, with the bits of evaluate_scalar.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/circuit/lanes/isa.h"

namespace lutra {

struct LaneProgram;

/// A circuit compiled for batches of events. Results do not depend on the instruction set, the number of threads, or the size of the batch.
class Emulator {
public:
    /// Compiles a circuit in which every live Input stands in an input port. Tests choose the instruction set.
    static Emulator create(const Circuit& circuit, Isa isa = best_isa());

    /// Number of elements of all input and of all output ports.
    std::size_t num_inputs() const { return low_.size(); }
    std::size_t num_outputs() const { return num_outputs_; }
    /// True when the proved interval of every port element fits in 64-bit integers.
    bool fits_int64() const { return fits_int64_; }

    /// Evaluates inputs[event][element] to outputs[event][element], raw integers in the order of the ports' elements.
    /// fits_int64() must hold, and every input lie in its proved interval. num_threads 0: all cores.
    void run(std::span<const std::int64_t> inputs, std::span<std::int64_t> outputs, int num_threads = 0) const;
    /// The same for integers of any size.
    void run(std::span<const Integer> inputs, std::span<Integer> outputs, int num_threads = 0) const;

private:
    class Block;
    Emulator() = default;
    std::size_t num_events(std::size_t num_input_values, std::size_t num_output_values) const;

    std::shared_ptr<const Circuit> circuit_;  ///< wide operations look their primitives up
    std::shared_ptr<const LaneProgram> program_;
    const LaneKernels* kernels_ = nullptr;
    std::vector<Integer> low_;  ///< of every input element
    std::vector<Integer> high_;
    std::vector<std::int64_t> low_int64_;  ///< when fits_int64()
    std::vector<std::int64_t> high_int64_;
    std::size_t num_outputs_ = 0;
    bool fits_int64_ = true;
};

}  // namespace lutra
