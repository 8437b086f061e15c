#pragma once

/// Random circuits with their vectors, and what a simulator has to say of them.

#include <gtest/gtest.h>

#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"
#include "lutra/flow/simulate.h"
#include "lutra/flow/tools_for_tests.h"

namespace lutra {

inline constexpr int num_circuits = 20;

/// Random combinational circuits side by side in one, so that one bench tests them all.
Circuit random_circuits(int count);

/// Random events, with what evaluate_scalar makes of them.
BenchVectors vectors_of(const Circuit& circuit, std::size_t num_events);

/// Writes an emitted file and gives its path.
std::string write_text(const std::filesystem::path& folder, const EmittedFile& file);

void expect_agreement(const Result<SimulationResult>& result, std::size_t num_events);

/// Declares `icarus`, or skips the test.
#define LUTRA_ICARUS_OR_SKIP                                 \
    const auto icarus = find_icarus(tool_paths_for_tests()); \
    if (!icarus && !tools_are_required()) {                  \
        GTEST_SKIP() << to_string(icarus.error());           \
    }                                                        \
    ASSERT_TRUE(icarus) << to_string(icarus.error())

}  // namespace lutra
