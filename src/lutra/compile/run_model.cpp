#include "lutra/compile/run_model.h"

#include <fmt/format.h>

#include <chrono>

#include "lutra/compile/model_runner.h"
#include "lutra/compile/read_events.h"
#include "lutra/stream/npy_writer.h"

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t events_per_block = 8192;

/// Adds the time until its end to a sum.
class Stopwatch {
public:
    explicit Stopwatch(double& seconds) : seconds_(seconds), begin_(Clock::now()) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { seconds_ += std::chrono::duration<double>(Clock::now() - begin_).count(); }

private:
    double& seconds_;
    Clock::time_point begin_;
};

/// The shape of an event's outputs: that of the only output, or all outputs in a row.
std::vector<std::uint64_t> output_shape(const Graph& graph) {
    if (graph.outputs().size() == 1) {
        const Shape& shape = graph[graph.outputs()[0].node].type.shape;
        return {shape.begin(), shape.end()};
    }
    std::uint64_t count = 0;
    for (const GraphOutput& output : graph.outputs()) {
        count += static_cast<std::uint64_t>(num_elements(graph[output.node].type.shape));
    }
    return {count};
}

class Run {
public:
    Run(const Graph& graph, const RunOptions& options, const Progress& progress) : graph_(graph), options_(options), progress_(progress) {
        result_.seconds = {{"read", 0}, {"quantise", 0}, {"emulate", 0}, {"scale", 0}, {"write", 0}};
        for (const GraphOutput& output : graph.outputs()) {
            result_.num_outputs += static_cast<std::size_t>(num_elements(graph[output.node].type.shape));
        }
    }

    Result<RunResult> run(const std::optional<ModelRunner>& runner) {
        {
            const Stopwatch total(result_.seconds["total"]);
            LUTRA_TRY(DataSource source, open_events(graph_, options_.input));
            if (auto opened = open_output(); !opened) {
                return std::unexpected(std::move(opened).error());
            }
            if (auto done = run_blocks(source, runner); !done) {
                return std::unexpected(std::move(done).error());
            }
            if (writer_) {
                if (auto finished = writer_->finish(); !finished) {
                    return std::unexpected(std::move(finished).error());
                }
            }
        }
        if (auto measured = measure(); !measured) {
            return std::unexpected(std::move(measured).error());
        }
        return std::move(result_);
    }

private:
    Result<void> open_output() {
        if (!options_.output.empty()) {
            LUTRA_TRY(writer_, NpyWriter::create(options_.output, options_.raw ? ElementType::Int64 : ElementType::Float64, output_shape(graph_)));
        }
        return {};
    }

    Result<void> run_blocks(DataSource& source, const std::optional<ModelRunner>& runner) {
        while (true) {
            std::optional<RealEvents> events;
            {
                const Stopwatch watch(result_.seconds["read"]);
                LUTRA_TRY(events, next_events(source, events_per_block));
            }
            if (events->num_events == 0) {
                return {};
            }
            if (auto done = runner ? run_exactly(*runner, *events) : run_in_doubles(*events); !done) {
                return done;
            }
            result_.num_events += events->num_events;
            if (progress_) {
                progress_({"running events", result_.num_events, source.num_events()});
            }
        }
    }

    Result<void> run_in_doubles(const RealEvents& events) {
        std::vector<double> values;
        {
            const Stopwatch watch(result_.seconds["emulate"]);
            values = run_reference(graph_, events.values, events.num_events, options_.jobs);
        }
        return take(values);
    }

    Result<void> run_exactly(const ModelRunner& runner, const RealEvents& events) {
        RawBatch inputs;
        {
            const Stopwatch watch(result_.seconds["quantise"]);
            inputs = runner.quantize(events.values, events.num_events, options_.jobs);
        }
        RawBatch outputs;
        {
            const Stopwatch watch(result_.seconds["emulate"]);
            outputs = runner.run(inputs, options_.jobs);
        }
        if (options_.raw && writer_) {
            if (auto written = write_raw(outputs); !written) {
                return written;
            }
        }
        std::vector<double> values;
        {
            const Stopwatch watch(result_.seconds["scale"]);
            values = runner.to_values(outputs, options_.jobs);
        }
        return take(values);
    }

    Result<void> write_raw(const RawBatch& outputs) {
        std::vector<std::int64_t> raws = outputs.small;
        for (const Integer& raw : outputs.large) {
            if (!raw.is_small()) {
                return fail(DiagnosticId::NpyUnsupportedType, options_.output.string(), "a raw output has more than 64 bits, which .npy cannot hold",
                            "leave --raw out to write values");
            }
            raws.push_back(raw.to_int64());
        }
        return writer_->append(std::span<const std::int64_t>(raws));
    }

    Result<void> take(const std::vector<double>& values) {
        if (!options_.labels.empty()) {
            scores_.insert(scores_.end(), values.begin(), values.end());
        }
        if (writer_ && !options_.raw) {
            const Stopwatch watch(result_.seconds["write"]);
            return writer_->append(std::span<const double>(values));
        }
        return {};
    }

    Result<void> measure() {
        if (options_.labels.empty()) {
            return {};
        }
        LUTRA_TRY(const std::vector<std::int64_t> labels, read_labels(options_.labels));
        if (labels.size() != result_.num_events) {
            return fail(DiagnosticId::LabelsMismatch, options_.labels.string(), fmt::format("{} labels for {} events", labels.size(), result_.num_events),
                        "give one label per event");
        }
        result_.accuracy = measure_accuracy(scores_, result_.num_outputs, labels, options_.class_order);
        if (!result_.accuracy) {
            return fail(DiagnosticId::LabelsMismatch, options_.labels.string(), fmt::format("a label has no output among the {}", result_.num_outputs),
                        "labels count from 0; --class-order names the output of each label");
        }
        return {};
    }

    const Graph& graph_;
    const RunOptions& options_;
    const Progress& progress_;
    std::optional<NpyWriter> writer_;
    std::vector<double> scores_;
    RunResult result_;
};

}  // namespace

Results<RunResult> run_model(const Graph& graph, const RunOptions& options, const Progress& progress) {
    std::optional<ModelRunner> runner;
    if (options.target == RunTarget::Interpreter) {
        auto created = ModelRunner::create(graph);
        if (!created) {
            return std::unexpected(std::move(created).error());
        }
        runner = *std::move(created);
    }
    auto result = Run(graph, options, progress).run(runner);
    return result ? Results<RunResult>(*std::move(result)) : std::unexpected(Diagnostics{std::move(result).error()});
}

}  // namespace lutra
