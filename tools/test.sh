#!/usr/bin/env bash
# Builds and runs all tests: unit, golden, conformance and end-to-end ones through ctest, then every fuzzer for 60 seconds.
# A test that needs an FPGA tool fails here, instead of being skipped, when that tool is missing.
set -eu
cd "$(dirname "$0")/.."
tools/build.sh release
export LUTRA_REQUIRE_TOOLS=1
ctest --test-dir build/release --parallel "$(nproc)" --output-on-failure
if [ -x tests/fuzz/run.sh ]; then
    tests/fuzz/run.sh 60
fi
echo "all tests passed; logs are in build/release/Testing"
