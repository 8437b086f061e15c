#include "lutra/flow/simulate.h"

#include "lutra/base/file.h"
#include "lutra/emit/verilog/testbench.h"
#include "lutra/emit/verilog/vectors.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

Result<fs::path> write_into(const fs::path& folder, const EmittedFile& file) {
    const fs::path path = folder / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) {
        return fail(DiagnosticId::FileUnwritable, path.parent_path().string(), "the folder cannot be made: " + error.message());
    }
    if (auto done = file.write(path); !done) {
        return std::unexpected(std::move(done).error());
    }
    return path;
}

}  // namespace

std::vector<EmittedFile> vector_files(const Circuit& circuit, const BenchVectors& vectors) {
    const auto widths_in = verilog::element_widths(circuit, circuit.inputs());
    const auto widths_out = verilog::element_widths(circuit, circuit.outputs());
    return {{std::string(vectors_in_name), verilog::vector_lines(widths_in, std::span<const Integer>(vectors.inputs))},
            {std::string(vectors_out_name), verilog::vector_lines(widths_out, std::span<const Integer>(vectors.outputs))}};
}

std::size_t num_events(const Circuit& circuit, const BenchVectors& vectors) {
    std::size_t elements = 0;
    for (const Port& port : circuit.outputs()) {
        elements += port.wires.size();
    }
    return elements == 0 ? 0 : vectors.outputs.size() / elements;
}

Result<void> write_vectors(const Circuit& circuit, const BenchVectors& vectors, const fs::path& folder) {
    for (const EmittedFile& file : vector_files(circuit, vectors)) {
        LUTRA_TRY([[maybe_unused]] const fs::path path, write_into(folder, file));
    }
    return {};
}

Result<SimulationRun> write_bench(const Circuit& circuit, const VerilogOptions& options, const BenchVectors& vectors, const fs::path& folder) {
    LUTRA_TRY(std::vector<EmittedFile> files, emit_verilog(circuit, options));
    const TestbenchFiles bench = emit_testbench(circuit, options);
    files.push_back(bench.bench);
    SimulationRun run{.files = {}, .top = bench.top, .work_folder = folder, .expected_vectors = num_events(circuit, vectors)};
    for (const EmittedFile& file : files) {
        LUTRA_TRY(fs::path path, write_into(folder, file));
        run.files.push_back(std::move(path));
    }
    if (auto written = write_vectors(circuit, vectors, folder); !written) {
        return std::unexpected(std::move(written).error());
    }
    return run;
}

}  // namespace lutra
