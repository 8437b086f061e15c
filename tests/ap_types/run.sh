#!/usr/bin/env bash
# Compares our fixed-point conversions with the vendor's open ap_types headers, for all modes and all values of small types. The headers
# come inside the wheel of hls4ml, fetched once into the build folder. Usage: run.sh BUILD_FOLDER; exits with 77 when the wheel cannot be had.
set -eu
source_folder=$(cd "$(dirname "$0")/../.." && pwd)
cd "$1"
mkdir -p ap_types
headers=ap_types/hls4ml/templates/vivado/ap_types
cxx=${CXX:-g++}

if [ ! -f $headers/ap_fixed.h ]; then
    if ! python3 -m pip download --quiet --no-deps --dest ap_types hls4ml==1.3.0 >ap_types/pip.log 2>&1; then
        echo "ap_types: skipped, pip cannot download hls4ml 1.3.0: $(tail -1 ap_types/pip.log)"
        exit 77
    fi
    python3 -m zipfile -e ap_types/hls4ml-1.3.0-*.whl ap_types
fi

# sign, width, integer bits
targets="true:4:2 true:3:6 true:2:-2 true:1:0 false:3:1"
compare() {
    IFS=: read -r is_signed width integer_bits <<<"$1"
    name=ap_types/compare_${is_signed}_${width}_$integer_bits
    if [ ! $name.o -nt "$source_folder/tests/ap_types/compare.cpp" ]; then
        $cxx -std=c++23 -w -c -I$headers -I"$source_folder/src" -DCOMPARE_SIGNED="$is_signed" -DCOMPARE_WIDTH="$width" \
            -DCOMPARE_INTEGER_BITS="$integer_bits" "$source_folder/tests/ap_types/compare.cpp" -o $name.o
    fi
    $cxx $name.o liblutra_num.a liblutra_base.a -lfmt -lgmp -o $name
    $name
}
export -f compare
export headers source_folder cxx
printf '%s\n' $targets | xargs -P "$(nproc)" -I{} bash -euc 'compare {}'
