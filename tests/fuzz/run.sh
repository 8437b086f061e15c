#!/usr/bin/env bash
# Runs every fuzzer, or the named ones, for some seconds each: run.sh [--repeatable] SECONDS [NAME...]. Seeds are seeds/NAME and the recorded models
# of tests/golden/NAME, where there are any. What a fuzzer finds new is kept in build/fuzz/corpus, and it goes on from there the next time; with
# --repeatable each run tries the same inputs in the same order, so that a change is judged by what it changes.
# An input that fails is written to build/fuzz/failures. Skipped, with a word, where clang's libFuzzer is missing.
set -eu
cd "$(dirname "$0")/../.."
repeatable=
if [ "$1" = --repeatable ]; then
    repeatable=-seed=1
    shift
fi
seconds=$1
shift
clang=clang++-19
if ! command -v $clang >/dev/null || ! [ -f "$($clang -print-runtime-dir)/libclang_rt.fuzzer.a" ] &&
    ! [ -f "$($clang -print-file-name=libclang_rt.fuzzer-x86_64.a)" ]; then
    echo "fuzz: skipped, $clang with its runtime library is not installed"
    exit 0
fi
fuzzers=$(sed -n 's/^lutra_add_fuzzer(\([a-z_0-9]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)
names=$*
if [ -z "$names" ]; then
    names=$fuzzers
fi
for name in $names; do
    if ! printf '%s\n' $fuzzers | grep -qx "$name"; then
        echo "fuzz: there is no fuzzer '$name'; there are:" $fuzzers >&2
        exit 2
    fi
done
tools/build.sh fuzz fuzzers

mkdir -p build/fuzz/failures
fuzz() {
    corpus=build/fuzz/corpus/$1
    if [ -n "$repeatable" ]; then
        corpus=build/fuzz/repeated/$1
        rm -rf "$corpus"
    fi
    mkdir -p "$corpus"
    log=build/fuzz/fuzz_$1.log
    seeds=("tests/fuzz/seeds/$1")
    if [ -d "tests/golden/$1" ]; then seeds+=("tests/golden/$1"); fi
    if "build/fuzz/tests/fuzz/fuzz_$1" $repeatable -max_total_time="$2" -timeout=25 -rss_limit_mb=2048 -max_len=16384 -artifact_prefix="build/fuzz/failures/$1-" \
        "$corpus" "${seeds[@]}" >"$log" 2>&1; then
        echo "fuzz_$1: $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log") inputs, no failure"
    else
        tail -40 "$log"
        echo "fuzz_$1: failed; the input is in build/fuzz/failures"
        return 1
    fi
}
export -f fuzz
export repeatable
export ASAN_OPTIONS=${ASAN_OPTIONS:-allocator_may_return_null=0}
printf '%s\n' $names | xargs -P "$(nproc)" -I{} bash -euc "fuzz {} $seconds"
