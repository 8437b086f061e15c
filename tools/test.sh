#!/usr/bin/env bash
# Builds and runs all tests: unit, golden, conformance and end-to-end ones through ctest, then the fuzzers on inputs that are the same each time: the
# oldest and most exposed readers for up to 60 seconds each, the others for 20. New inputs are tried by make fuzz.
# A test that needs an FPGA tool fails here, instead of being skipped, when that tool is missing.
set -eu
cd "$(dirname "$0")/.."
tools/build.sh release
export LUTRA_REQUIRE_TOOLS=1
ctest --test-dir build/release --parallel "$(nproc)" --output-on-failure
tests/fuzz/run.sh --repeatable 60 circuit_text graph_text npy npz onnx
tests/fuzz/run.sh --repeatable 20 passes h5 keras_json keras_zip pt2 skops hls4ml_config verilog
echo "all tests passed; logs are in build/release/Testing"
