#!/usr/bin/env bash
# Configures a CMake preset once and builds it with all cores: tools/build.sh PRESET [TARGET...]. On a terminal the progress of
# the build is shown; elsewhere only its end and, on failure, the messages. CXX chooses another compiler than the newest usable g++.
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
folder=build/$preset

# Prints a g++ of version 12 or newer, the default one if it is.
choose_compiler() {
    for candidate in g++ g++-14 g++-13 g++-12; do
        if command -v $candidate >/dev/null && [ "$($candidate -dumpversion | cut -d. -f1)" -ge 12 ]; then
            echo $candidate
            return
        fi
    done
    echo "build: no g++ of version 12 or newer; run tools/install_packages.sh" >&2
    return 1
}

mkdir -p "$folder"
log=$folder/build.log
steps() {
    if [ ! -f "$folder/build.ninja" ]; then
        if [ "$preset" != fuzz ]; then
            CXX=${CXX:-$(choose_compiler)}
            export CXX
        fi
        cmake --preset "$preset"
    fi
    cmake --build "$folder" --parallel "$(nproc)" ${@:+--target "$@"}
}

if [ -t 1 ]; then
    steps "$@"
elif ! (steps "$@") >"$log" 2>&1; then
    grep -E -A 20 'error|FAILED|Error' "$log" | head -80 >&2 || tail -40 "$log" >&2
    echo "build: failed; the whole log is $log" >&2
    exit 1
fi
