#include "lutra/circuit/evaluate.h"

#include <algorithm>
#include <cstring>

#include "lutra/base/assert.h"
#include "lutra/base/parallel.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/lanes/compile.h"
#include "lutra/circuit/lanes/plan.h"

namespace lutra {

namespace {

/// Events that one task of the thread pool evaluates: a multiple of the block, so that threads do not change what a block holds.
constexpr std::size_t events_per_task = 32 * lane_block;

struct alignas(64) CacheLine {
    std::byte bytes[64];
};

}  // namespace

/// The memory of one block, and its evaluation.
class Emulator::Block {
public:
    explicit Block(const Emulator& emulator)
        : emulator_(emulator),
          program_(*emulator.program_),
          memory_(program_.memory_size / sizeof(CacheLine) + 1),
          wide_(program_.num_wide_slots * lane_block) {
        for (const LaneConstant& constant : program_.constants) {
            for (int event = 0; event < lane_block; ++event) {
                write(constant.value, event, constant.raw);
            }
        }
    }

    /// Evaluates up to 64 events; a shorter block is filled with copies of its last event.
    void run(const std::int64_t* inputs, std::int64_t* outputs, std::size_t num_events) {
        const LaneKernels& kernels = *emulator_.kernels_;
        const std::size_t num_inputs = emulator_.num_inputs();
        LUTRA_ASSERT(kernels.is_within(inputs, num_events, num_inputs, emulator_.low_int64_.data(), emulator_.high_int64_.data()));
        const std::int64_t* rows = inputs;
        if (num_events < lane_block) {
            padded_.resize(lane_block * num_inputs);
            for (std::size_t event = 0; event < lane_block; ++event) {
                std::copy_n(inputs + std::min(event, num_events - 1) * num_inputs, num_inputs,
                            padded_.begin() + static_cast<std::ptrdiff_t>(event * num_inputs));
            }
            rows = padded_.data();
        }
        for (const auto& [element, value] : program_.inputs) {
            kernels.load_column(rows + element, num_inputs, value.lane, bytes() + value.slot);
        }
        evaluate();
        for (std::size_t i = 0; i < program_.outputs.size(); ++i) {
            const LaneValue& value = program_.outputs[i];
            if (value.lane == Lane::Wide) {
                for (std::size_t event = 0; event < num_events; ++event) {
                    outputs[event * program_.outputs.size() + i] = wide_[value.slot * lane_block + event].to_int64();
                }
            } else {
                kernels.store_column(bytes() + value.slot, value.lane, outputs + i, program_.outputs.size(), num_events);
            }
        }
    }

    void run(const Integer* inputs, Integer* outputs, std::size_t num_events) {
        const std::size_t num_inputs = emulator_.num_inputs();
        for (std::size_t event = 0; event < num_events; ++event) {
            for (std::size_t i = 0; i < num_inputs; ++i) {
                const Integer& value = inputs[event * num_inputs + i];
                LUTRA_ASSERT(emulator_.low_[i] <= value && value <= emulator_.high_[i]);
            }
        }
        for (const auto& [element, value] : program_.inputs) {
            for (std::size_t event = 0; event < lane_block; ++event) {
                write(value, static_cast<int>(event), inputs[std::min(event, num_events - 1) * num_inputs + element]);
            }
        }
        evaluate();
        for (std::size_t event = 0; event < num_events; ++event) {
            for (std::size_t i = 0; i < program_.outputs.size(); ++i) {
                outputs[event * program_.outputs.size() + i] = read(program_.outputs[i], static_cast<int>(event));
            }
        }
    }

private:
    std::byte* bytes() { return memory_.data()->bytes; }

    template <typename T>
    T* lanes(const LaneValue& value) {
        return reinterpret_cast<T*>(bytes() + value.slot);
    }

    Integer read(const LaneValue& value, int event) {
        switch (value.lane) {
            case Lane::Int32: return std::int64_t{lanes<std::int32_t>(value)[event]};
            case Lane::Int64: return lanes<std::int64_t>(value)[event];
            case Lane::Wide: return wide_[value.slot * lane_block + static_cast<std::size_t>(event)];
        }
        LUTRA_UNREACHABLE("lane");
    }

    /// Stores the bits of an integer that the lane holds.
    void write(const LaneValue& value, int event, const Integer& raw) {
        switch (value.lane) {
            case Lane::Int32: lanes<std::int32_t>(value)[event] = static_cast<std::int32_t>(raw.low_bits_signed(32).to_int64()); return;
            case Lane::Int64: lanes<std::int64_t>(value)[event] = raw.low_bits_signed(64).to_int64(); return;
            case Lane::Wide: wide_[value.slot * lane_block + static_cast<std::size_t>(event)] = raw; return;
        }
        LUTRA_UNREACHABLE("lane");
    }

    void evaluate() {
        const auto& chains = program_.chains;
        const auto num_chains = static_cast<std::uint32_t>(chains.size());
        for (std::uint32_t first = 0; first < num_chains;) {
            if (chains[first].lane == Lane::Wide) {
                evaluate_wide(program_.wide_operations[chains[first].first_step]);
                ++first;
                continue;
            }
            std::uint32_t last = first;
            while (last < num_chains && chains[last].lane != Lane::Wide) {
                ++last;
            }
            emulator_.kernels_->run_chains(program_.view(), first, last, bytes());
            first = last;
        }
    }

    void evaluate_wide(const WideOperation& operation) {
        std::vector<Integer> operands(operation.operands.size());
        for (int event = 0; event < lane_block; ++event) {
            for (std::size_t i = 0; i < operands.size(); ++i) {
                operands[i] = read(operation.operands[i], event);
            }
            write(operation.result, event, operation.is_conversion ? operands[0] : evaluate_primitive(*emulator_.circuit_, operation.wire, operands));
        }
    }

    const Emulator& emulator_;
    const LaneProgram& program_;
    std::vector<CacheLine> memory_;
    std::vector<Integer> wide_;
    std::vector<std::int64_t> padded_;
};

Emulator Emulator::create(const Circuit& circuit, Isa isa) {
    Emulator emulator;
    emulator.program_ = std::make_shared<const LaneProgram>(compile_lanes(circuit));
    emulator.kernels_ = &kernels_of(isa);
    if (!emulator.program_->wide_operations.empty()) {
        emulator.circuit_ = std::make_shared<const Circuit>(circuit);
    }
    for (const Wire wire : flat_wires(circuit.inputs())) {
        emulator.low_.push_back(circuit.interval(wire).low);
        emulator.high_.push_back(circuit.interval(wire).high);
        emulator.fits_int64_ = emulator.fits_int64_ && lane_of(circuit.interval(wire)) != Lane::Wide;
    }
    for (const Wire wire : flat_wires(circuit.outputs())) {
        emulator.fits_int64_ = emulator.fits_int64_ && lane_of(circuit.interval(wire)) != Lane::Wide;
    }
    if (emulator.fits_int64_) {
        std::ranges::transform(emulator.low_, std::back_inserter(emulator.low_int64_), [](const Integer& x) { return x.to_int64(); });
        std::ranges::transform(emulator.high_, std::back_inserter(emulator.high_int64_), [](const Integer& x) { return x.to_int64(); });
    }
    emulator.num_outputs_ = emulator.program_->outputs.size();
    return emulator;
}

std::size_t Emulator::num_events(std::size_t num_input_values, std::size_t num_output_values) const {
    LUTRA_ASSERT(num_inputs() > 0 || num_outputs_ > 0);
    const std::size_t events = num_inputs() > 0 ? num_input_values / num_inputs() : num_output_values / num_outputs_;
    LUTRA_ASSERT(num_input_values == events * num_inputs() && num_output_values == events * num_outputs_);
    return events;
}

void Emulator::run(std::span<const std::int64_t> inputs, std::span<std::int64_t> outputs, int num_threads) const {
    LUTRA_ASSERT(fits_int64_);
    parallel_for(num_events(inputs.size(), outputs.size()), events_per_task, num_threads, [&](std::size_t begin, std::size_t end) {
        Block block(*this);
        for (std::size_t event = begin; event < end; event += lane_block) {
            block.run(inputs.data() + event * num_inputs(), outputs.data() + event * num_outputs_, std::min<std::size_t>(lane_block, end - event));
        }
    });
}

void Emulator::run(std::span<const Integer> inputs, std::span<Integer> outputs, int num_threads) const {
    parallel_for(num_events(inputs.size(), outputs.size()), events_per_task, num_threads, [&](std::size_t begin, std::size_t end) {
        Block block(*this);
        for (std::size_t event = begin; event < end; event += lane_block) {
            block.run(inputs.data() + event * num_inputs(), outputs.data() + event * num_outputs_, std::min<std::size_t>(lane_block, end - event));
        }
    });
}

}  // namespace lutra
