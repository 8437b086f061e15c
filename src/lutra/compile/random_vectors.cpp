#include "lutra/compile/random_vectors.h"

#include <random>

namespace lutra {

namespace {

/// Random raw integers that cover the interval of each input; the first two events are the bounds.
RawBatch random_inputs(const Circuit& circuit, std::size_t num_vectors, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RawBatch batch{.is_small = false, .small = {}, .large = {}};
    const auto wires = flat_wires(circuit.inputs());
    for (std::size_t event = 0; event < num_vectors; ++event) {
        for (const Wire wire : wires) {
            const Interval range = circuit.interval(wire);
            const Integer span = range.high - range.low + Integer(1);
            Integer bits = 0;
            for (int have = 0; have < span.bit_length() + 64; have += 64) {
                bits = (bits << 64) + Integer(static_cast<std::uint64_t>(random()));
            }
            const Integer offset = bits - floor_divide(bits, span) * span;
            batch.large.push_back(event == 0 ? range.low : (event == 1 ? range.high : range.low + offset));
        }
    }
    return batch;
}

std::vector<Integer> to_integers(const RawBatch& batch) {
    std::vector<Integer> integers;
    integers.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        integers.push_back(batch[i]);
    }
    return integers;
}

}  // namespace

BenchVectors vectors_for(const ModelRunner& runner, const RawBatch& inputs, int num_threads) {
    return {to_integers(inputs), to_integers(runner.run(inputs, num_threads))};
}

BenchVectors random_vectors(const ModelRunner& runner, std::size_t num_vectors, std::uint64_t seed, int num_threads) {
    return vectors_for(runner, random_inputs(runner.circuit(), num_vectors, seed), num_threads);
}

}  // namespace lutra
