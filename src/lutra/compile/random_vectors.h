#pragma once

/// Test vectors of a model's circuit.

#include <cstdint>

#include "lutra/compile/model_runner.h"
#include "lutra/flow/simulate.h"

namespace lutra {

/// Raw inputs, and what the emulator says of them.
BenchVectors vectors_for(const ModelRunner& runner, const RawBatch& inputs, int num_threads);

/// Random events that cover the interval of each input evenly; the first two are the bounds of all inputs.
BenchVectors random_vectors(const ModelRunner& runner, std::size_t num_vectors, std::uint64_t seed, int num_threads);

}  // namespace lutra
